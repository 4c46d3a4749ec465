"""Noun phrases: the article that one takes, and the frame of one that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wordfreq import zipf_frequency

from service.reviews import SectionName
from service.writing.draft.plain.clause import Shape, is_plural
from service.writing.draft.plain.english import article
from service.writing.draft.plain.frames import Draft, Frame, lowered
from service.writing.draft.plain.lists import column, ideas, is_craft
from service.writing.draft.plain.nouns import ORDER, abstract, determiner, head_of, predicative
from service.writing.draft.plain.segments import split
from service.writing.draft.plain.tagging import Word, could_be

KNOWN = 4.0  # Zipf frequency of a noun that is no name
POINTED = re.compile(
    r"(?:the|my|your|his|her|their|this|that|these|those) |[A-Z][\w-]+(?: [A-Z][\w-]+)*['’]s? "
)
POINTING = frozenset({"this", "that", "these", "those", "what", "such"})
_PAIRED = frozenset({"as", "vs", "vs.", "versus"})  # what makes one idea of two


def with_article(text: str, words: Sequence[Word]) -> str:
    """Return a subject, with the article that it needs."""
    quoted = re.match(r"[\"“][^\"”]+[\"”] ([a-z]+)", text)
    if quoted is not None and is_craft(quoted[1]):
        return f"the {text[0]}{text[1].lower()}{text[2:]}"
    if words[0].tag == "VVG" and is_craft(words[0].low):
        return f"the {lowered(text, words)}"  # `editing`
    if words[0].low not in ORDER and words[0].among("AV0", "PRP", "CJ", "AVQ", "VVG", "PUN", "EX0", "TO0"):
        return text
    owner = len(words) > 2 and words[1].among("POS") and words[0].text[:1].isupper()
    if owner and not is_craft(words[0].low) and zipf_frequency(words[0].text, "en") < KNOWN:
        return text  # `Scorsese's remake`
    if len(words) == 2 and words[0].among("NN1") and words[1].among("CRD"):
        return text  # `act one`
    det = determiner(words, role="subject")
    head = head_of(words)
    if det == "the" and head is not None and words[0].among("AJ", "NN", "NP") and _of_story(head):
        det = article(words[0].text)
    return f"{det} {lowered(text, words)}" if det else text


def with_inner_articles(text: str, words: Sequence[Word]) -> str:
    """Return the text with the article that an ordinal takes behind a preposition.

    >>> text = "slow in second act"
    >>> with_inner_articles(text, tag(text))
    'slow in the second act'
    """
    for i in range(len(words) - 3, -1, -1):
        before, ordinal, after = words[i : i + 3]
        led = before.among("PRP") or before.low in {"especially", "particularly", "notably", "until"}
        noun = words[i + 3] if after.among("CRD") and i + 3 < len(words) else after
        part = is_craft(noun.low) or is_craft(noun.lemma) or noun.lemma in _PARTS
        if led and part and (ordinal.tag == "ORD" or ordinal.low in ORDER or ordinal.low == "opening"):
            text = f"{text[: ordinal.start]}the {text[ordinal.start :]}"
    return text


_PARTS = frozenset(
    {"hour", "minute", "reel", "part", "stretch", "quarter", "moment", "chapter", "line", "section"}
)


def _of_story(noun: Word) -> bool:
    """Tell whether a noun names a person whom the story brings in by it: a banker, an FBI trainee."""
    return (
        noun.tag == "NN1"
        and (
            noun.lemma in column("roles.tsv")
            or re.fullmatch(r"[a-z]{3,}(?:er|ist|ee|man|woman)", noun.low) is not None
        )
        and not is_craft(noun.low)
        and noun.low not in _OF_FILMS
    )


_OF_FILMS = frozenset(
    {"director", "writer", "composer", "editor", "hero", "heroine", "villain", "camera", "killer"}
)


def noun_phrase(text: str, words: Sequence[Word], section: SectionName | None) -> Draft | None:  # noqa: C901, PLR0911, PLR0912 - one line a construction of English
    """Return the frame for a noun phrase that stands alone."""
    head = head_of(words)
    first = words[0]
    alone = len(words) == 1 and first.lemma in column("roles.tsv")
    if head is None or alone or first.low in POINTING:
        return Draft(text, shape=Shape.NOUN_PHRASE)
    low = lowered(text, words)
    counted = first.among("ORD") and head.lemma in _SITTINGS
    if words[1:2] and words[1].text == "," and first.low in column("genres.tsv"):
        return Draft.film(f"is {low}", Shape.NOUN_PHRASE)  # `noir, but wet`
    if counted or (len(words) <= 3 and first.among("NN") and words[-1].among("CRD")):
        return Draft(text, shape=Shape.OTHER)  # `third time`, `age 41`
    if first.low in {"more", "less"} and any(w.low == "than" for w in words):
        return Draft.film(f"is {low}", Shape.NOUN_PHRASE)  # `more nightmare than story`
    if head.among("NP") and first.low in _OF_WORK:
        return Draft.film(f"is {low}", Shape.NOUN_PHRASE)  # `minor Lang`
    if len(words) > 2 and words[-3].among("AJ") and words[-2].tag == "CJC" and could_be(words[-1].low, "AJ0"):
        return Draft.film(f"is {low}", Shape.ADJECTIVE_PHRASE)
    if first.low == "not" and head.low in {"fan", "admirer"}:
        return Draft(f"I am {low}", Frame.WRITER, f"am {low}")
    if first.low == "not":
        return _none_of(text, words) or Draft.film(f"is {low}", Shape.NOUN_PHRASE)
    if all(w.among("NP", "CRD", "PUN") or w.low == "times" for w in words) or (
        first.among("NP") and len(split(text)) > 2
    ):
        return Draft(text, shape=Shape.OTHER)
    if section is SectionName.THEMES and any(w.low in _PAIRED for w in words[1:-1]):
        return Draft.film(f"is about {low}", Shape.NOUN_PHRASE)
    superlative = (
        any(w.tag == "AJS" or w.low == "most" for w in words[:3]) or first.low == "one" or first.among("ORD")
    )
    measured = re.match(r"\d+\s?(?:h(?:rs?|ours?)?\s?\d*|min(?:ute)?s)\b", low) is not None or (
        first.among("CRD") and head.lemma in {"hour", "minute", "year", "day", "page"}
    )
    craft = is_craft(head.low) or is_craft(head.lemma)
    if re.search(r"\bfor \w+ (?:years|decades|weeks|months)\b", low) and (
        predicative(head.lemma) or superlative
    ):
        return Draft.film("was " + determined(low, words, "predicate"), Shape.NOUN_PHRASE)
    several = head.tag == "NN2" and not first.among("CRD") and head.lemma not in column("kinds.tsv")
    if first.low == "no":
        return Draft(
            f"there {'are' if is_plural(words) else 'is'} {low}", Frame.THERE, low, shape=Shape.NOUN_PHRASE
        )
    if (
        (predicative(head.lemma) and not several)
        or (head.lemma in _TALES and words.index(head) > 0 and not first.among("AT0", "DPS"))
        or measured
        or (superlative and (not craft or first.low == "one"))
    ):
        return Draft.film("is " + determined(low, words, "predicate"), Shape.NOUN_PHRASE)
    phrase = determined(low, words, "existential")
    if (
        craft
        and first.low != "no"
        and (
            superlative
            or first.among("AJ", "AV0")
            or first.low in {"a", "an"}
            or (words[1:2] and words[1].low == "with")
        )
    ):
        return Draft.film(f"has {phrase}", Shape.NOUN_PHRASE)
    if _placed(words) and first.among("NN1") and (could_be(first.low, "AJ0", 3) or first.lemma in ideas()):
        return Draft(f"there is {low}", Frame.THERE, low, shape=Shape.NOUN_PHRASE)
    if (
        section is SectionName.THEMES
        and first.low != "no"
        and not craft
        and not _evaluates(words)
        and _is_idea(words, head)
    ):
        compound = words.index(head) > 0 and not any(w.tag == "CJC" for w in words)
        about = determined(low, words, "subject") if compound else low
        return Draft.film(f"is about {about}", Shape.NOUN_PHRASE)
    if (
        first.among("NP")
        and (len(words) == 1 or words[1].among("NP"))
        and not (any(w.among("POS") for w in words) or head.among("NN"))
    ):
        return Draft(text, shape=Shape.OTHER)
    if (
        re.match(r"[\w'’-]+ for ", low)
        and len(words) > 2
        and words[2].among("NN2")
        and first.among("NN", "NP")
    ):
        return Draft.film(f"is {low}", Shape.NOUN_PHRASE)  # `Hamlet for children`
    mass_first = first.among("NN1") and len(words) > 1 and (words[1].text == "," or words[1].tag == "CJC")
    copula = "are" if is_plural(words) and not mass_first else "is"
    return Draft(f"there {copula} {phrase}", Frame.THERE, phrase, shape=Shape.NOUN_PHRASE)


_SITTINGS = frozenset({"time", "viewing", "watch", "rewatch", "go", "try"})
_OF_WORK = frozenset(
    {"minor", "major", "early", "late", "vintage", "lesser", "prime", "pure", "peak", "classic"}
)
_TALES = frozenset({"story", "tale"})  # with its kind it says what the film is: `love story`
_EDGES = frozenset({"background", "foreground", "corner", "corners", "margins", "edges", "frame"})


def _placed(words: Sequence[Word]) -> bool:
    """Tell whether the words say where in the picture or the story something is: `red everywhere`."""
    return any(w.low in _EDGES or w.low in {"everywhere", "throughout"} for w in words[1:])


def _is_idea(words: Sequence[Word], head: Word) -> bool:
    """Tell whether a film can be about what the noun phrase names: an idea, or an idea's part."""
    after = words[words.index(head) + 1 :]
    of = after[1:4] if after and after[0].among("PRF") else ()
    return any(w.low in ideas() or w.lemma in ideas() or abstract(w.low) for w in (head, *of))


def determined(low: str, words: Sequence[Word], role: str) -> str:
    """Return a noun phrase with the article that it needs in its role."""
    det = determiner(words, role=role)
    return f"{det} {low}" if det else low


def _none_of(text: str, words: Sequence[Word]) -> Draft | None:
    """Return `not a word is wasted on him` for `not a word wasted on him`."""
    at = next((i for i, w in enumerate(words) if w.tag == "VVN"), 0)
    counted = at > 1 and words[1].low in {"a", "an", "one"}  # `not a word`
    if not counted or not words[at - 1].among("NN"):
        return None
    return Draft(f"{text[: words[at].start]}is {text[words[at].start :]}", shape=Shape.SMALL_CLAUSE)


def _evaluates(words: Sequence[Word]) -> bool:
    return any(w.tag in {"AJC", "AJS"} or w.low in {"too", "very", "so"} for w in words)
