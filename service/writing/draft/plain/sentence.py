"""One note to one or more plain sentences, by rules: no content word added or lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from service.films import Film
from service.reviews import Note, ReviewSentence, SectionName
from service.writing.draft.plain.clause import Analysis, Shape, analyse, is_plural, main_verb
from service.writing.draft.plain.content import faithful
from service.writing.draft.plain.lists import column
from service.writing.draft.plain.nouns import determiner, head_of, is_craft, predicative
from service.writing.draft.plain.tagging import Word, tag
from service.writing.draft.plain.tidy import named, tidy
from service.writing.draft.plain.split import parts

FILM = "The film"
_RATING = re.compile(
    r"(?:(?:my )?(?:rating|score|grade|verdict)\s*[:=]?\s*)?"
    r"(\d+(?:\.\d+)?\s*(?:/|out of)\s*\d+(?:\s*stars?)?|\d+(?:\.\d+)?½?\s*stars?|[★☆]+½?)[.!]*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"""^(["“'‘])[^"”]{3,}(["”'’])[.!]?$""")
_HEADER = re.compile(r"^(?P<head>[^:–?!]{1,60}?)\s*(?::|\s–)\s+(?P<rest>\S.*)$")


class Frame(StrEnum):
    """What a sentence's subject is, where the rules supplied it; joins read it."""

    OWN = "own"
    FILM = "film"
    WRITER = "writer"
    THERE = "there"
    HAS = "has"


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence without its full stop; `predicate` is what follows the supplied subject."""

    text: str
    frame: Frame = Frame.OWN
    predicate: str = ""
    end: str = "."
    shape: Shape = Shape.CLAUSE

    @property
    def sentence(self) -> str:
        """Return the sentence with its capital and its end mark."""
        text = capitalised(self.text)
        if text.endswith((".", "!", "?", "…", '."', ".”", "!”", "?”", '!"', '?"')):
            return text
        return text + self.end


def capitalised(text: str) -> str:
    """Return the text with its first letter as a capital."""
    at = next((i for i, c in enumerate(text) if c.isalnum()), None)
    if at is None or not text[at].isalpha() or re.match(r"[a-z]+[A-Z]", text[at:]):
        return text
    return text[:at] + text[at].upper() + text[at + 1 :]


def sentence_of(note: Note, film: Film) -> ReviewSentence:
    """Return the note as a plain sentence (several where the note has several) with its source.

    >>> film = Film(id="f", title="Heat")
    >>> sentence_of(Note("n1", "great chemistry between the leads"), film).text
    'There is great chemistry between the leads.'
    >>> sentence_of(Note("n2", "too long by 20 minutes"), film).text
    'The film is too long by 20 minutes.'
    """
    text = " ".join(d.sentence for d in drafts(note.text, film, note.section))
    return ReviewSentence(text, (note.id,))


def drafts(text: str, film: Film, section: SectionName | None = None) -> tuple[Draft, ...]:
    """Return the note's sentences."""
    names = name_words(film)
    return tuple(complete(part, names, section) for part in parts(tidy(text, film), film))


def name_words(film: Film) -> frozenset[str]:
    """Return the capitalised words of the record's names, which are proper nouns in a note."""
    return frozenset(w for n in named(film) for w in re.findall(r"\w+(?:-\w+)*", n) if w[0].isupper())


def complete(text: str, names: frozenset[str], section: SectionName | None = None) -> Draft:
    """Return one sentence's text completed; the tidied words where no completion is faithful."""
    body, end = _end(text)
    tried = _completed(body, end, names, section)
    if tried is not None and faithful(body, tried.sentence):
        return replace(tried, end=end)
    return Draft(body, end=end, shape=Shape.OTHER)


def _end(text: str) -> tuple[str, str]:
    body = text.rstrip(" .;,:–")
    for mark in ("?!", "!?", "?", "!"):
        if body.endswith(mark):
            return body[: -len(mark)].rstrip(), mark[0]
    return body, "."


def _completed(text: str, end: str, names: frozenset[str], section: SectionName | None) -> Draft | None:
    rating = _RATING.fullmatch(text)
    if rating:
        return Draft(f"{FILM} gets {rating[1]}", Frame.FILM, f"gets {rating[1]}")
    if _QUOTED.match(text):
        return Draft(text)
    if end == "?":
        return Draft(text)
    text = re.sub(r"^(?:and|but|also|plus|so|or)\b,?\s+(?=\w)", "", text, flags=re.IGNORECASE)
    headed = _HEADER.match(text)
    if headed:
        return _headed(headed["head"], headed["rest"], names, section)
    return plain(text, names, section)


def plain(text: str, names: frozenset[str], section: SectionName | None) -> Draft | None:
    """Return a sentence made of a text that has no header."""
    words = tag(text, names)
    analysis = analyse(words)
    if analysis.shape is Shape.CLAUSE:
        return Draft(_clause(text, words, analysis))
    if analysis.shape is Shape.IMPERATIVE or analysis.shape is Shape.VERB_PHRASE:
        return _with_subject(text, words, analysis.shape)
    if analysis.shape is Shape.SMALL_CLAUSE:
        return _small(text, words, analysis, names)
    if analysis.shape in {Shape.ADJECTIVE_PHRASE, Shape.PREPOSITION_PHRASE}:
        return Draft(f"{FILM} is {lowered(text, words)}", Frame.FILM, f"is {lowered(text, words)}", shape=analysis.shape)
    if analysis.shape is Shape.NOUN_PHRASE:
        return _noun_phrase(text, words, section)
    return None


def lowered(text: str, words: Sequence[Word]) -> str:
    """Return the text with a small first letter, unless its first word is a name or `I`."""
    first = words[0]
    if first.among("NP") or first.text == "I" or first.text.isupper() and len(first.text) > 1:
        return text
    return text[0].lower() + text[1:]


def _clause(text: str, words: Sequence[Word], analysis: Analysis) -> str:
    subject = words[: analysis.predicate]
    det = determiner(subject, role="subject") if not subject[0].among("AV0", "PRP", "CJ", "AVQ", "VVG", "PUN") else ""
    return _and_last(f"{det} {lowered(text, words)}" if det else text)


def _and_last(text: str) -> str:
    """Return the text as it is; a list of verbs without `and` gets one."""
    return text


def _with_subject(text: str, words: Sequence[Word], shape: Shape) -> Draft | None:
    verb_at = main_verb(words) or 0
    verb = words[verb_at]
    low = lowered(text, words)
    if _by_writer(words, verb_at):
        return Draft(f"I {low}", Frame.WRITER, low, shape=Shape.VERB_PHRASE)
    if shape is Shape.IMPERATIVE:
        return Draft(text, shape=shape)
    return Draft(f"{FILM} {low}", Frame.FILM, low, shape=shape)


def _by_writer(words: Sequence[Word], at: int) -> bool:
    verb = words[at]
    if verb.tag in {"VVZ", "VBZ", "VHZ", "VDZ"}:
        return False
    lemmas = [w.lemma for w in words[at : at + 4] if w.among("VV", "VD", "VM", "VB", "VH", "XX0", "AV0")]
    own = any(w.low in {"my", "myself"} for w in words)
    feeling = column("experiencers.tsv")
    return own or any(lemma in feeling for lemma in lemmas[:3])


def _small(text: str, words: Sequence[Word], analysis: Analysis, names: frozenset[str]) -> Draft:
    at = analysis.predicate
    subject, rest = words[:at], text[words[at].start :]
    det = determiner(subject, role="subject")
    head = text[: subject[-1].end]
    head = f"{det} {lowered(head, subject)}" if det else head
    copula = "are" if is_plural(subject) else "is"
    rest = re.sub(r", (?=\w+(?: \w+){0,3}$)", " and ", rest, count=1)
    return Draft(f"{head} {copula} {rest}", shape=Shape.SMALL_CLAUSE)


def _noun_phrase(text: str, words: Sequence[Word], section: SectionName | None) -> Draft | None:
    head = head_of(words)
    if head is None:
        return None
    low = lowered(text, words)
    if words[0].low in {"this", "that", "these", "those", "what", "such"}:
        return Draft(text, shape=Shape.NOUN_PHRASE)
    if head.among("NP") and not words[0].among("AT0"):
        return None
    if predicative(head.lemma) or any(w.tag == "AJS" for w in words[:2]) or words[0].low == "one":
        det = determiner(words, role="predicate")
        predicate = f"is {det} {low}" if det else f"is {low}"
        return Draft(f"{FILM} {predicate}", Frame.FILM, predicate, shape=Shape.NOUN_PHRASE)
    det = determiner(words, role="existential")
    phrase = f"{det} {low}" if det else low
    if is_craft(head.lemma) and not words[0].low == "the" and words[0].among("AJ", "AT0", "AV0"):
        return Draft(f"{FILM} has {phrase}", Frame.HAS, f"has {phrase}", shape=Shape.NOUN_PHRASE)
    copula = "are" if is_plural(words) else "is"
    return Draft(f"there {copula} {phrase}", Frame.THERE, phrase, shape=Shape.NOUN_PHRASE)


def _headed(head: str, rest: str, names: frozenset[str], section: SectionName | None) -> Draft | None:
    """Complete `Lee Yong-gu: childlike father, …`."""
    subject, words = tag(head, names), tag(rest, names)
    if not subject or not words or main_verb(subject) is not None:
        return None
    analysis = analyse(words)
    det = determiner(subject, role="subject")
    topic = f"{det} {lowered(head, subject)}" if det else head
    copula = "are" if is_plural(subject) else "is"
    low = lowered(rest, words)
    if analysis.shape is Shape.VERB_PHRASE and words[0].tag in {"VVZ", "VBZ", "VHZ", "VDZ", "VVD", "VBD", "VHD", "VM0"}:
        return Draft(f"{topic} {low}")
    if analysis.shape in {Shape.ADJECTIVE_PHRASE, Shape.PREPOSITION_PHRASE}:
        return Draft(f"{topic} {copula} {low}")
    if analysis.shape is Shape.NOUN_PHRASE and not words[0].low in {"this", "that", "such"}:
        predicate = determiner(words, role="predicate")
        return Draft(f"{topic} {copula} {predicate} {low}" if predicate else f"{topic} {copula} {low}")
    return Draft(f"{head}: {low}")
