"""A search page's title and description for a copy: from the record, and from what the copy states.

Nothing is written that neither of them says, and no praise: a sentence of the copy is taken whole, if nothing
in it is flagged and the record contradicts nothing in it. What does not fit its length is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.detectors import Finding, Level
from service.document import EDITABLE, Document, Sentence, Span, fold
from service.facts import ClaimReport, Verdict
from service.films import Film
from service.gates.ledger.entry import HARD
from service.gates.ledger.reading import read
from service.gates.ledger.tokens import split_words
from service.gates.ledger.words import is_function
from service.writing.edit.reference import depends_on

LONGEST_TITLE = 60  # characters that a result page shows
LONGEST_DESCRIPTION = 155
FEWEST_WORDS = 7  # of a sentence that stands alone in a description
ENGLISH = 0.25  # of a text's words that are English grammar: our own words may stand beside them


@dataclass(frozen=True, slots=True)
class Piece:
    """A proposed text with what each part rests on: fields of the record (`film.year`), `heading`, or
    `sentence` where a sentence of the copy is in it. `keyphrase` tells whether it holds the phrase asked for.
    """

    text: str
    sources: tuple[str, ...]
    keyphrase: bool | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """A title of at most 60 and a description of at most 155 characters; None where nothing fits."""

    title: Piece | None
    description: Piece | None


def proposed(
    document: Document,
    findings: Sequence[Finding],
    report: ClaimReport | None,
    film: Film | None,
    keyphrase: str = "",
) -> Meta:
    """Return the title and the description for an edited copy with its findings and claims."""
    flagged = [s for f in findings if f.level is not Level.MAY for s in f.spans]
    wrong = [c.span for c in report.claims if c.verdict is Verdict.CONTRADICTED] if report else []
    title = _first_within(LONGEST_TITLE, _titles(document, flagged, film, keyphrase), keyphrase)
    credited = film if _english(document) else None
    named = " ".join(text for text, _ in _credits(credited)) if credited else ""
    sentences = _telling(document, [*flagged, *wrong], keyphrase, named)
    description = _described(credited, sentences, keyphrase)
    return Meta(title, description)


def _first_within(most: int, offered: Iterable[Piece], keyphrase: str) -> Piece | None:
    """Return the first piece that is short enough, one with the keyphrase before others."""
    fit = [_marked(p, keyphrase) for p in offered if 0 < len(p.text) <= most]
    return min(fit, key=lambda p: p.keyphrase is False, default=None)


def _marked(piece: Piece, keyphrase: str) -> Piece:
    held = fold(keyphrase) in fold(piece.text) if keyphrase else None
    return Piece(piece.text, piece.sources, held)


def _titles(
    document: Document, flagged: Sequence[Span], film: Film | None, keyphrase: str
) -> Iterator[Piece]:
    """Yield titles, the one that says most first."""
    if film is not None:
        yield from _of_record(film, keyphrase)
    for block in document.blocks:
        if block.kind == "heading":
            yield from _of_heading(block.text.strip(), block.span, flagged)
            return


def _of_record(film: Film, keyphrase: str) -> Iterator[Piece]:
    dated = f"{film.title} ({film.year})" if film.year else film.title
    named = ("film.title", *(("film.year",) if film.year else ()))
    if keyphrase and fold(film.title) in fold(keyphrase):
        phrase = keyphrase[:1].upper() + keyphrase[1:]
        if film.year and str(film.year) not in keyphrase:
            yield Piece(f"{phrase} ({film.year})", ("keyphrase", "film.year"))
        yield Piece(phrase, ("keyphrase",))
    elif keyphrase:
        yield Piece(f"{dated}: {keyphrase}", (*named, "keyphrase"))
    if film.directors:
        yield Piece(f"{dated}, {_joined(film.directors[:2])}", (*named, "film.directors"))
    yield Piece(dated, named)


def _of_heading(text: str, span: Span, flagged: Sequence[Span]) -> Iterator[Piece]:
    """Yield the heading, or what stands before its colon, where nothing in it is flagged."""
    if not any(span.overlaps(f) for f in flagged):
        yield Piece(text, ("heading",))
    head, colon, _ = text.partition(": ")
    if colon and not any(f.start < span.start + len(head) and span.start <= f.start for f in flagged):
        yield Piece(head, ("heading",))


def _described(film: Film | None, sentences: Sequence[Sentence], keyphrase: str) -> Piece | None:
    """Return who made the film and who is in it, then what the copy states, as far as there is room."""
    text: str = ""
    sources: tuple[str, ...] = ()
    if film is not None:
        text, sources = next((c for c in _credits(film) if len(c[0]) <= LONGEST_DESCRIPTION), ("", ()))
    for sentence in sentences:
        longer = f"{text} {sentence.text}".strip()
        if len(longer) <= LONGEST_DESCRIPTION and not _said_already(sentence.text, text):
            text, sources = longer, (*sources, "sentence")
    if film is not None and film.runtime_minutes and text:
        longer = f"{text} It runs {film.runtime_minutes} minutes."
        if len(longer) <= LONGEST_DESCRIPTION and str(film.runtime_minutes) not in text:
            text, sources = longer, (*sources, "film.runtime_minutes")
    return _marked(Piece(text, tuple(dict.fromkeys(sources))), keyphrase) if text else None


def _credits(film: Film) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield sentences about who made the film, the fullest first."""
    dated = f"{film.title} ({film.year})" if film.year else film.title
    named = ("film.title", *(("film.year",) if film.year else ()))
    cast, makers = [m.name for m in film.cast[:2]], _joined(film.directors[:2])
    documentary = any("documentary" in fold(g) for g in film.genres)
    if makers and cast and not documentary:
        yield (
            f"{dated}, directed by {makers}, stars {_joined(cast)}.",
            (*named, "film.directors", "film.cast"),
        )
    if makers:
        yield f"{dated} was directed by {makers}.", (*named, "film.directors")
    if cast and not documentary:
        yield f"{dated} stars {_joined(cast)}.", (*named, "film.cast")


def _joined(names: Sequence[str]) -> str:
    return " and ".join(names)


def _telling(document: Document, barred: Sequence[Span], keyphrase: str, named: str) -> list[Sentence]:
    """Return the sentences that may stand alone, those that say most besides what is `named` first; one with
    the keyphrase leads.
    """
    found: list[tuple[float, Sentence]] = []
    for block in document.blocks:
        for sentence in block.sentences if block.kind in EDITABLE else ():
            if _stands_alone(sentence) and not any(sentence.span.overlaps(b) for b in barred):
                reading = read(sentence.text)
                fresh = sum(e.kind in HARD and fold(e.text) not in fold(named) for e in reading.entries)
                said = 2 * fresh + len(reading.concrete)
                led = 100 * bool(keyphrase and fold(keyphrase) in fold(sentence.text))
                found.append((led + said, sentence))
    return [s for _, s in sorted(found, key=lambda f: (-f[0], f[1].span))]


def _stands_alone(sentence: Sentence) -> bool:
    text = sentence.text
    whole = len(text.split()) >= FEWEST_WORDS and text[:1].isupper() and text.endswith(".")
    return whole and not depends_on(text, "")


def _said_already(sentence: str, text: str) -> bool:
    """Tell whether most of what the sentence says stands in the text."""
    own = {w.stem for w in split_words(sentence) if not is_function(w.fold)}
    return 2 * len(own & {w.stem for w in split_words(text)}) > len(own)


def _english(document: Document) -> bool:
    words = [w.fold for b in document.prose for w in split_words(b.text)]
    return sum(is_function(w) for w in words) >= ENGLISH * max(1, len(words))
