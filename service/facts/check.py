"""Check a text against a film's record: find its claims, decide each, or decide one claim as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from service.document import PROSE, Block, BlockKind, Document, OffsetMap, Sentence, Span
from service.facts.alternatives import reconciled
from service.facts.claim import Claim, ClaimReport, Coverage, Evidence, Suggestion, SuggestionKind, Verdict
from service.facts.content import uncovered
from service.facts.discourse import after, paragraph, section
from service.facts.elsewhere import told_of_others
from service.facts.in_view import NOTHING
from service.facts.kind import Assertion, ClaimKind, Context
from service.facts.kinds import CLAIM_KINDS
from service.facts.labelled import sentences_of, stated
from service.facts.lexicon import lexicon_of
from service.facts.reading import Mood, Reading, about, read
from service.facts.whole_text import WholeText
from service.films import Film
from service.films.names import People


@dataclass(frozen=True, slots=True)
class Decided:
    """One claim decided as a whole: the verdict that its assertions add up to, the first suggestion
    that would mend it, the evidence, and the assertions found.
    """

    verdict: Verdict
    suggestion: Suggestion | None = None
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()


def check(document: Document, film: Film, people: People | None = None) -> ClaimReport:
    """Return every claim that `document` makes about `film`, with ids `c1`, `c2`, … in order."""
    text = WholeText(tuple(readings(document, film)))
    context = Context(people, text)
    found = [a.claim for reading in text.readings for a in _all(reading, context)]
    found.sort(key=lambda c: (c.span, c.kind))
    claims = tuple(replace(c, id=f"c{i}") for c, i in zip(found, count(1), strict=False))
    decided = sum(c.verdict is not Verdict.NOT_IN_METADATA for c in claims)
    return ClaimReport(claims, Coverage(len(claims), decided))


READ = PROSE | {BlockKind.TABLE}
OF_OTHERS = frozenset({"related_film", "source_work", "made_count"})  # kinds that speak of other works


def readings(document: Document, film: Film) -> Iterator[Reading]:
    """Yield the readings of the document's sentences in order, each with what the text before it leaves in
    view.
    """
    lexicon, view = lexicon_of(film), NOTHING
    for block in document.blocks:
        if block.kind not in READ:
            continue
        if block.kind is BlockKind.HEADING and stated(block.text, block.offsets) is None:
            view = section(view, read(_whole(block), lexicon))
            continue
        view = paragraph(view)
        for sentence in sentences_of(block):
            reading = read(sentence, lexicon, view)
            yield reading
            view = after(view, reading)


def _whole(block: Block) -> Sentence:
    return Sentence(block.span, block.text, block.offsets, ())


def _all(reading: Reading, context: Context) -> list[Assertion]:
    """Return the assertions of a sentence, held against the values of all sources."""
    found = list(_found(reading, context, CLAIM_KINDS))
    undecided = {a.claim.kind for a in found if a.claim.verdict is not Verdict.SUPPORTED}
    kinds = [k for k in CLAIM_KINDS if k.name in undecided]

    def asserting(other: Film) -> list[Assertion]:
        return list(_found(about(reading, other, lexicon_of(other)), context, kinds))

    return reconciled(found, reading.film, asserting)


def _found(reading: Reading, context: Context, kinds: Sequence[ClaimKind]) -> Iterator[Assertion]:
    if reading.mood is not Mood.STATEMENT:
        return
    for kind in kinds:
        for a in kind(reading, context):
            wrong = a.claim.verdict is Verdict.CONTRADICTED and kind.name not in OF_OTHERS
            if not (wrong and _of_another(a, reading)):
                yield a


def _of_another(assertion: Assertion, reading: Reading) -> bool:
    """Tell whether what the assertion is read from begins where the sentence speaks of another work."""
    at = assertion.covers[0][0]
    ranges = (reading.word_range(*r) for r in told_of_others(reading) if r[1] > r[0])
    return any(start <= at < end for start, end in ranges)


def decide(text: str, film: Film, people: People | None = None) -> Decided:
    """Return the verdict on `text` as one claim about `film`.

    Contradicted if any of its assertions is; supported only if all are and no word that carries
    content is left unread; else not in the metadata. Spans refer to `text`.
    """
    sentence = Sentence(Span(0, len(text)), text, OffsetMap.shifted(0, len(text)), ())
    reading = read(sentence, lexicon_of(film))
    found = _all(reading, Context(people))
    return _combined(reading, found)


def _combined(reading: Reading, found: Sequence[Assertion]) -> Decided:
    claims = tuple(sorted((a.claim for a in found), key=lambda c: (c.span, c.kind)))
    verdict = Verdict.NOT_IN_METADATA
    deciding: tuple[Claim, ...] = ()
    wrong = tuple(c for c in claims if c.verdict is Verdict.CONTRADICTED)
    if wrong:
        verdict, deciding = Verdict.CONTRADICTED, wrong
    elif claims and all(c.verdict is Verdict.SUPPORTED for c in claims) and not uncovered(reading, found):
        verdict, deciding = Verdict.SUPPORTED, claims
    suggestions = [c.suggestion for c in (deciding or claims) if c.suggestion is not None]
    return Decided(
        verdict,
        _first(suggestions, by_spelling=not wrong),
        tuple(e for c in deciding for e in c.evidence),
        claims,
    )


def _first(suggestions: Sequence[Suggestion], *, by_spelling: bool) -> Suggestion | None:
    """Return the suggestion to name first: a value for a contradiction, a spelling otherwise."""
    wanted = SuggestionKind.SPELLING if by_spelling else SuggestionKind.VALUE
    return next((s for s in suggestions if s.kind is wanted), suggestions[0] if suggestions else None)
