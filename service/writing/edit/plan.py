"""The plan: which stretches are to be mended, and which occurrence of a repetition stays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from service.detectors import Finding, Level
from service.document import EDITABLE, Block, Document, Sentence, Span
from service.gates.ledger import read
from service.gates.ledger.entry import HARD
from service.writing.edit.operations.title import naming
from service.writing.edit.place import Place, Target, weight
from service.writing.edit.reference import depends_on
from service.writing.edit.request import Intensity

NEEDED = 6.0  # of what a sentence says, where the next one leans on it
REPEATED = frozenset(
    {"repeated_phrase", "repeated_idea", "restated_opening", "repeated_opening", "overused_word"}
)
MENDED_APART = frozenset({"name_variant"})
Site = tuple[Block, int, Sentence]  # a sentence with its block and its place there

COPY_FAMILIES = 3  # different families of clichés; 0.3% of published human reviews hold as many


def is_copy(findings: Sequence[Finding]) -> bool:
    """Tell whether the text reads as copy: several families of clichés, or a leaked instruction."""
    families = {f.evidence.get("family") for f in findings if f.kind == "cliche" and f.level is not Level.MAY}
    return len(families) >= COPY_FAMILIES or any(f.kind == "leaked_instruction" for f in findings)


def wanted(findings: Sequence[Finding], intensity: Intensity, *, copy: bool) -> list[Finding]:
    """Return the findings that cuts may answer."""
    if intensity is Intensity.STRONG or (intensity is Intensity.NORMAL and copy):
        return [f for f in findings if f.kind not in MENDED_APART]
    return []


def places(
    document: Document,
    findings: Sequence[Finding],
    known: frozenset[str],
    *,
    titles: tuple[str, ...] = (),
    headings: bool = False,
    price: float = 1.0,
) -> list[Place]:
    """Return the editable sentences in order, each with the targets that stand in it."""
    sites = [
        (b, i, s)
        for b in document.blocks
        if b.kind in EDITABLE or (headings and b.kind == "heading")
        for i, s in enumerate(b.sentences)
    ]
    around = dict(zip((b.span for b in document.blocks), _neighbours(document.blocks), strict=True))
    named = _named(sites, titles)
    starts, ends = [s.span.start for _, _, s in sites], [s.span.end for _, _, s in sites]
    targets: dict[int, list[Target]] = {}
    for finding in findings:
        stays = _keeper(finding, sites, starts, ends, known)
        for span in finding.spans:
            for k in range(bisect_right(ends, span.start), bisect_left(starts, span.end)):
                target = _target(finding, span, sites[k][2], frozen=span == stays)
                targets.setdefault(k, []).extend([target] if target else [])
    return [
        Place(document, b, i, tuple(targets.get(k, ())), known, titles, price, around[b.span], named[k])
        for k, (b, i, _) in enumerate(sites)
    ]


def _neighbours(blocks: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Yield, for each block, the one before and the one after it."""
    return zip((None, *blocks), (*blocks[1:], None), strict=False)


def _named(sites: Sequence[Site], titles: Sequence[str]) -> list[frozenset[str]]:
    """Return, for each sentence, the titles that running text before it names."""
    found: list[frozenset[str]] = []
    now: frozenset[str] = frozenset()
    for block, _, sentence in sites:
        found.append(now)
        if block.kind in EDITABLE and len(now) < len(titles):
            now |= {t for t in titles if t not in now and naming(t).search(sentence.text)}
    return found


def _target(finding: Finding, span: Span, sentence: Sentence, *, frozen: bool) -> Target | None:
    """Return the span as visible offsets of the sentence."""
    start = bisect_right(sentence.offsets.ends, span.start)
    end = bisect_left(sentence.offsets.starts, span.end)
    return Target(finding, start, end, weight(finding), frozen) if start < end else None


def _keeper(
    finding: Finding,
    sites: Sequence[Site],
    starts: Sequence[int],
    ends: Sequence[int],
    known: frozenset[str],
) -> Span | None:
    """Return the occurrence of a repetition that stays: one that no edit may touch (a heading's), else
    the one whose sentence says most; the first of equals.
    """
    if finding.kind not in REPEATED or len(finding.spans) < 2:
        return None
    if finding.kind == "repeated_opening":  # what a sentence says is no reason to open it alike
        return finding.spans[0]
    best: tuple[float, Span] | None = None
    for span in finding.spans:
        k = bisect_right(ends, span.start)
        if k >= len(sites) or starts[k] >= span.end:
            return span
        said = _says(sites[k][2], known) + (NEEDED if _needed(*sites[k][:2]) else 0.0)
        if best is None or said > best[0]:
            best = (said, span)
    return best[1] if best else None


def _needed(block: Block, index: int) -> bool:
    """Tell whether the next sentence leans on this one, so that it cannot be dropped."""
    following = block.sentences[index + 1 : index + 2]
    return bool(following) and depends_on(following[0].text, block.sentences[index].text)


def _says(sentence: Sentence, known: frozenset[str]) -> float:
    reading = read(sentence.text, known)
    hard = sum(e.kind in HARD for e in reading.entries)
    return 2 * hard + len(reading.concrete)
