"""What a note's words are grammatically: a clause, a verb without its subject, a noun phrase, …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from service.writing.draft.plain.lists import column, is_craft
from service.writing.draft.plain.nouns import predicative
from service.writing.draft.plain.tagging import COLLECTIVE, Word, could_be, needs_object

FINITE = ("VBZ", "VBD", "VBB", "VHZ", "VHD", "VHB", "VDZ", "VDD", "VDB", "VM0", "VVZ", "VVD", "VVB")
NOUN = ("NN", "NP", "PNP", "PNI", "EX0", "DT0", "CRD")
ADVERB = ("AV0", "XX0", "ITJ")
ADJECTIVE = ("AJ",)
DETERMINER = ("AT0", "DPS", "DT0", "DTQ", "CRD")
_SUBORDINATE = ("CJS", "CJT", "PNQ", "DTQ", "AVQ")
_ALSO_ADJECTIVES = frozenset(
    {"long", "short", "slow", "fast", "early", "late", "hard", "loud", "deep", "much", "better", "worse"}
)
_QUANTITIES = frozenset({"much", "many", "little", "most", "everything", "everyone", "everybody", "all"})
_SHARES = frozenset({"some", "most", "much", "half", "all", "none", "parts"})
_NOMINATIVE = frozenset({"i", "you", "we", "he", "she", "they"})
_RELATIVE = ("PNQ", "DTQ", "CJT")


class Shape(StrEnum):
    """The shapes of a note, by what has to be supplied to make a sentence of it."""

    CLAUSE = "clause"  # nothing
    VERB_PHRASE = "verb_phrase"  # a subject
    IMPERATIVE = "imperative"  # nothing
    ADJECTIVE_PHRASE = "adjective_phrase"  # a subject and a copula
    SMALL_CLAUSE = "small_clause"  # a copula
    NOUN_PHRASE = "noun_phrase"  # a frame
    PARTICIPLE = "participle"  # a subject and a copula: `shot on film`
    PREPOSITION_PHRASE = "preposition_phrase"  # a subject and a copula
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Analysis:
    """A shape, and the index of the word where the predicate begins (0 where there is no subject)."""

    shape: Shape
    predicate: int = 0


def analyse(words: Sequence[Word]) -> Analysis:  # noqa: PLR0911 - one line a construction of English
    """Return the shape of a note's words, which hold no header and one sentence."""
    if not words:
        return Analysis(Shape.OTHER)
    if _participle(words):
        return Analysis(Shape.PARTICIPLE)
    if _about(words):
        return Analysis(Shape.PREPOSITION_PHRASE)
    if words[0].tag in {"VVD", "VVN", "VVZ"}:
        return Analysis(Shape.VERB_PHRASE)
    main = main_verb(words)
    if main is not None:
        return _verbal(words, main)
    split = small_clause(words)
    if split is not None:
        return Analysis(Shape.SMALL_CLAUSE, split)
    return Analysis(_verbless(words))


def _participle(words: Sequence[Word]) -> bool:
    """Tell whether the words begin with a participle that has no object: `shot through glass`."""
    at = 1 if words[0].among("AV0", "AJS") and len(words) > 1 else 0
    advised = at == 1 and words[0].low in {"best", "better"} and words[1].tag == "VVD"
    if words[at].low in column("participles.tsv", "-"):
        return False
    if words[at].tag != "VVN" and words[at].low not in column("participles.tsv") and not advised:
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    often = words[at].tag == "VVN" and any(w.low == "times" for w in words[at + 2 : at + 4])
    return after is None or often or after.among("PRP", "PRF", "AV", "PUN", "CJ", "TO0")


def _about(words: Sequence[Word]) -> bool:
    """Tell whether the words are `(really) about how …`, `about growing up`."""
    at = next((i for i, w in enumerate(words) if w.low == "about" or not w.among("AV0", "ITJ", "XX0")), 0)
    after = words[at + 1] if at + 1 < len(words) else None
    return (
        (words[at].among("PRP") or words[at].low == "about")
        and after is not None
        and after.among("AVQ", "DTQ", "PNQ", "VVG")
    )


def _verbal(words: Sequence[Word], main: int) -> Analysis:
    first = next((i for i in range(main + 1) if not words[i].among("AV0", "XX0")), main)
    if main > 1 and words[main - 1].low in _QUANTITIES:
        return Analysis(Shape.CLAUSE, main)
    if first == main:
        shape = Shape.IMPERATIVE if words[main].among("VVB", "VDB") else Shape.VERB_PHRASE
        return Analysis(shape, 0)
    return Analysis(Shape.CLAUSE, main)


def broken_subject(words: Sequence[Word]) -> bool:
    """Tell whether a comma parts the main verb from what stands before it: `170 minutes, could lose …`."""
    main = main_verb(words)
    if main is None:
        return False
    at = main - 1
    while at > 0 and words[at].among("AV0", "XX0"):
        at -= 1
    commas = sum(w.text == "," for w in words[:main])
    nameless = not any(w.among("NN", "NP", "PNP", "PNI", "DT0") for w in words[:main])
    return at > 0 and words[at].text == "," and (commas % 2 == 1 or nameless)


def main_verb(words: Sequence[Word]) -> int | None:
    """Return the index of the first finite verb that no relative or subordinate clause takes."""
    taken = 0
    for i, word in enumerate(words):
        if word.among(*_SUBORDINATE) and not (i == 0 and word.low in {"what", "who"}):
            after = words[i + 1] if i + 1 < len(words) else None
            if (
                word.among(*_RELATIVE)
                or after is None
                or after.tag not in FINITE
                or not _is_verb(words, i + 1)
            ):
                taken += 1
        elif word.tag == "PNP" and word.low in _NOMINATIVE and i and words[i - 1].among("NN"):
            taken += 1
        elif word.tag in FINITE and _is_verb(words, i):
            if not taken:
                return i
            if not (i + 1 < len(words) and word.among("VM0", "VD", "VH", "VB") and _continues(words, i)):
                taken -= 1
    return None


def _continues(words: Sequence[Word], at: int) -> bool:
    return any(w.tag in FINITE for w in words[at + 1 : at + 2])


def _is_verb(words: Sequence[Word], at: int) -> bool:
    """Tell whether the tag can be trusted: a base form needs a plural subject or none."""
    word = words[at]
    left = [w for w in words[:at] if not w.among("AV0", "XX0", "PUN")]
    if word.tag == "VVB" and left:
        return left[-1].among("NN2", "PNP", "NP0", "PNI", "PNQ", "CJC", "DT0", "EX0") or (
            _plural(left) or left[-1].low in COLLECTIVE
        )
    if word.tag == "VVD" and left and left[-1].among("NN", "NP"):
        return not _passive_like(words, at)
    return True


def _passive_like(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word tagged past tense reads as a participle: `separated by …`, `her talent wasted`."""
    if not could_be(words[at].low, "VVN"):
        return False
    after = next((w for w in words[at + 1 :] if not w.among("AV0")), None)
    if after is None or after.among("PUN", "DTQ", "CJS", "CJC"):
        return needs_object(words[at].lemma)
    return after.low == "by" or (after.among("TO0") and needs_object(words[at].lemma))


def _plural(words: Sequence[Word]) -> bool:
    return any(w.tag == "CJC" for w in words) or words[-1].tag in {"NN2", "NN0"}


def _nominal_end(words: Sequence[Word], start: int = 0) -> int:
    """Return the index after the noun phrase that begins at `start`, `of` phrases within it."""
    at = start
    while at < len(words):
        word = words[at]
        inside = word.among("AT0", "DPS", "DT0", "AJ", "NN", "NP", "CRD", "ORD", "POS", "PNP", "PNI", "VVG")
        joins = word.tag in {"PRF", "CJC"} and at > start and at + 1 < len(words)
        if not inside and not joins and not (word.among("AV0", "VVN") and _before_noun(words, at)):
            break
        at += 1
    return at


def _before_noun(words: Sequence[Word], at: int) -> bool:
    later = next((w for w in words[at + 1 :] if not w.among("AV0", "AJ", "VVN")), None)
    return later is not None and later.among("NN", "NP")


def small_clause(words: Sequence[Word]) -> int | None:  # noqa: PLR0911 - one line a construction of English
    """Return where the predicate begins in `cinematography cold in prison`, or None."""
    if _craft_first(words):
        return 1
    head = _subject_head(words)
    if head is None or head + 1 >= len(words):
        return None
    at = head + 1
    while at < len(words) - 1 and words[at].among("AV0", "XX0") and not _ends_as_adjective(words, at):
        at += 1
    follows = words[at]
    named = words[head].among("NP") and head + 1 == at and follows.low.endswith("ing") and len(words) > at + 1
    if named and words[at + 1].among("PUN", "PRP", "AV", "AT0", "DPS", "NP", "PNP"):
        return at
    if words[head].lemma == "year" and follows.low == "old":
        return None
    indefinite = words[0].low in {"a", "an"} or words[0].among("CRD")
    if indefinite and (follows.tag != "VVN" or predicative(words[head].lemma)):
        return None
    if follows.tag == "AJS" and at + 1 < len(words) and words[at + 1].among("NN"):
        return head + 1  # `night scenes strongest part`
    if follows.among("AJ", "VVN", "VVD") or follows.low in _ALSO_ADJECTIVES:
        return head + 1 if not _before_noun(words, at) or follows.tag == "VVN" else None
    best = follows.low == "at" and len(words) > at + 2 and words[at + 1].among("DPS")
    return head + 1 if best or (follows.low == "like" and words[head].tag != "NN0") else None


def _ends_as_adjective(words: Sequence[Word], at: int) -> bool:
    """Tell whether what is tagged an adverb is the predicate itself: `pacing slow in the middle`."""
    return words[at].low in _ALSO_ADJECTIVES and words[at + 1].among("PRP", "PUN", "CJ")


def _craft_first(words: Sequence[Word]) -> bool:
    """Tell whether the words are `editing razor sharp`: the noun between says how sharp."""
    if len(words) < 3 or not is_craft(words[0].low) or words[1].tag != "NN1" or not words[2].among("AJ"):
        return False
    if is_craft(words[1].low):
        return False  # `fight choreography graceful`
    return len(words) == 3 or words[3].among("PUN", "PRP", "CJ")


def _subject_head(words: Sequence[Word]) -> int | None:
    """Return the index of the noun that can be a subject: bare, named, or with the, my, this."""
    if words[0].among("PRP", "AJS"):
        return None
    if words[0].low in _SHARES and len(words) > 3 and words[1].among("PRF") and words[2].among("PNP", "NN2"):
        return 2
    at = 0
    head = None
    while at < len(words):
        word = words[at]
        if word.tag == "AJS" and head is not None:
            break  # `night scenes strongest part`
        if at and words[at - 1].among("NP") and word.low.endswith("ing") and not word.among("NP"):
            break
        if word.among("NN", "NP", "PNI") or (word.tag == "VVG" and at == 0):
            head = at
        elif word.among("PRP") and head is not None and _place_before_participle(words, at):
            at += 1
            continue
        elif not (
            word.among("AT0", "DPS", "DT0", "ORD", "POS", "AJ", "CRD") and _before_noun(words, at)
        ) and not (
            word.tag in {"CJC", "PRF"} and head is not None and _before_noun(words, _past_article(words, at))
        ):
            break
        at += 1
    return head


def _past_article(words: Sequence[Word], at: int) -> int:
    """Return `at`, or the place of the article behind it: `geography of the village`."""
    article = words[at].tag == "PRF" and at + 1 < len(words) and words[at + 1].among("AT0", "DPS")
    return at + 1 if article else at


def _place_before_participle(words: Sequence[Word], at: int) -> bool:
    """Tell whether `in Rio told in …` goes on from `at`."""
    end = at + 1
    while end < len(words) and words[end].among("AT0", "NP", "NN"):
        end += 1
    if end == at + 1 or end + 1 >= len(words):
        return False
    said = words[end].tag == "VVN" or (words[end].tag == "AJ0" and words[at + 1].among("AT0"))
    return said and words[end + 1].among("PRP")


def _verbless(words: Sequence[Word]) -> Shape:
    first = next((w for w in words if not w.among("XX0", "ITJ", "AV0")), words[0])
    phrase = _until_break(words)
    counted = words[0].low == "one" and len(words) > 2 and words[1].among("PRF")
    has_noun = counted or any(w.among("NN", "NP", "PNI", "PNP") for w in phrase)
    if first.among("PRP", "PRF", "TO0"):
        return Shape.PREPOSITION_PHRASE
    adjectival = any(w.among("AJ", "VVN") or w.low in _ALSO_ADJECTIVES for w in phrase)
    if first.tag == "AJS" and any(w.among("NN") for w in words):
        return Shape.NOUN_PHRASE
    if not has_noun and (adjectival or first.low in {"too", "so", "very"}):
        return Shape.ADJECTIVE_PHRASE
    if first.low in {"worth", "full", "more", "less"} and first.among("AJ", "PRP", "AV0"):
        return Shape.ADJECTIVE_PHRASE
    if has_noun:
        return Shape.NOUN_PHRASE
    return Shape.OTHER


def _until_break(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words up to the first preposition, conjunction before a clause, or mark."""
    for i, word in enumerate(words):
        if i and word.among("PRP", "PRF", "CJS", "CJT", "TO0", "PUN", "PNQ", "DTQ", "AVQ"):
            return words[:i]
    return words


def is_plural(words: Sequence[Word]) -> bool:
    """Tell whether a noun phrase takes a plural verb."""
    if len(words) > 1 and words[0].tag == "VVG" and words[1].among("AT0", "DPS", "DT0", "PNP", "NP"):
        return False  # `translating the orders`
    heads = [w for w in words if w.among("NN", "NP", "PNI", "PNP")]
    before_of: list[Word] = []
    for word, after in zip_longest(words, words[1:]):
        doing = word.tag == "VVG" and not (after and after.among("NN", "AJ"))  # `women rescuing themselves`
        if word.among("PRF", "PRP", "PUN") or (doing and any(w.among("NN", "NP") for w in before_of)):
            break
        before_of.append(word)
    joined = any(w.tag == "CJC" and w.low == "and" for w in before_of)
    nouns = [w for w in before_of if w.among("NN", "NP", "PNI", "PNP", "UNC")]
    return joined or (bool(heads) and (nouns or heads)[-1].tag in {"NN2"})
