"""`repetition`: no finding is new, and at the end the score has not fallen.

Findings are held against each other by what they flag and by their count, not by the share of the
text that they make up: whoever cuts filler must not be refused for the density of what is left. The
score, which is a rate, is judged on the way from the first text to the last alone (`Change.closing`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from service.detectors import Finding, Level, score
from service.detectors.lexicon import markers
from service.document import Document, Edit, Span, fold
from service.gates.gate import Change, Rule
from service.gates.ledger.words import is_function, stem

RATES = frozenset({"overused_word", "keyword_stuffing", "repeated_phrase", "repeated_structure"})
DOUBLED = 2  # words of a sentence that may not follow upon themselves
COPIED = 8  # words in a row that an edit may not bring from elsewhere
BY_LEVEL = (Level.MUST, Level.SHOULD, Level.MAY)
WORD = re.compile(r"[^\W_]+")


def refuses(change: Change) -> str:
    """Return the first new finding, or how far the score would fall."""
    fresh = new_findings(change)
    if twice := _twice(change):
        return f"{twice[:60]!r} would stand twice"
    if fresh:
        return f"new finding {fresh[0].kind}: {fresh[0].message}"
    if not change.whole or not change.closing:
        return ""
    before = score(change.before, change.subject, change.findings_before).score
    after = score(change.after, change.subject, change.findings_after).score
    return f"the score would fall from {before:g} to {after:g}" if after < before else ""


def _twice(change: Change) -> str:
    """Return a sentence of the new text that stands more often than before, and more than once."""
    old, new = (
        Counter(tuple(_words(s.text)) for s in d.all_sentences) for d in (change.before, change.after)
    )
    if copied := _copied(change):
        return copied
    for sentence in (s for r in change.regions for s in r.after):
        key = tuple(_words(sentence.text))
        if new[key] > max(1, old[key]) or _doubled(key):
            return sentence.text
    return ""


def _copied(change: Change) -> str:
    """Return a run of words that an edit takes from elsewhere in the text."""
    runs = [run for e in change.edits for run in _runs(e.after) - _runs(e.before)]
    if not runs:
        return ""
    old, new = (Counter(r for b in d.prose for r in _runs(b.text)) for d in (change.before, change.after))
    return next((r for r in sorted(set(runs)) if 0 < old[r] < new[r]), "")


def _runs(text: str) -> Counter[str]:
    words = _words(text)
    return Counter(" ".join(words[i : i + COPIED]) for i in range(len(words) - COPIED + 1))


def _doubled(words: tuple[str, ...]) -> bool:
    half = len(words) // 2
    return half >= DOUBLED and len(words) == 2 * half and words[:half] == words[half:]


def new_findings(change: Change) -> list[Finding]:
    """Return the findings of the text after that the text before did not have.

    Where no edit wrote its words, a finding is the same if they were flagged for the same before;
    where one did, if the same family, or most of its words, were flagged before, and as often. A
    finding that depends on a rate is not new where its words stand no more often than before; nor
    is one that takes the place of another of its kind in words that stood there.
    """
    earlier = _Earlier.of(change)
    fresh = [f for f in change.findings_after if any(earlier.lacks(f, s) for s in f.spans)]
    texts = _Texts(change)
    return [f for f in fresh if not (_as_often(texts, f) or _instead(texts, f))]


@dataclass(frozen=True)
class _Texts:
    """A change with what is read of its texts once, when a finding first asks."""

    change: Change

    @cached_property
    def landing(self) -> _Landing:
        """Lead from the text after to the text before."""
        return _Landing(self.change.edits)

    @cached_property
    def stems(self) -> tuple[str, str]:
        """Return the stems of the text before and of the text after."""
        return _stems(self.change.before), _stems(self.change.after)

    @cached_property
    def openings(self) -> tuple[_Openings, _Openings]:
        """Return how the sentences of the text before open, and those of the text after."""
        return _Openings.of(self.change.before), _Openings.of(self.change.after)

    @cached_property
    def stood(self) -> frozenset[str]:
        """Return the words of the sentences that the edits touch, as they were."""
        return frozenset(w for r in self.change.regions for s in r.before for w in _words(s.text))

    @cached_property
    def counts(self) -> tuple[Counter[tuple[str, Level]], Counter[tuple[str, Level]]]:
        """Return how many findings of each kind and level there were, and how many there are."""
        found = self.change.findings_before, self.change.findings_after
        before, after = (Counter((f.kind, f.level) for f in some) for some in found)
        return before, after


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The findings of the text before, by what a later one may be recognised by."""

    after: Document
    landing: _Landing
    flagged: Mapping[str, list[Span]]
    words: Mapping[str, frozenset[str]]
    more: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, change: Change) -> _Earlier:
        families = _families(change.findings_before)
        return cls(
            change.after,
            _Landing(change.edits),
            _flagged(change.findings_before),
            _words_flagged(change.before, change.findings_before),
            frozenset(k for k, n in _families(change.findings_after).items() if n > families[k]),
        )

    def lacks(self, finding: Finding, span: Span) -> bool:
        """Tell whether nothing of the kind was found there before."""
        origin = self.landing.origin(span)
        if origin is not None:
            return not _covered(origin, self.flagged.get(finding.kind, ()))
        family = _family(finding)
        if family[1]:
            return family in self.more
        own = [w for w in _words(span.of(self.after.source)) if not is_function(w)]
        known = self.words.get(finding.kind, frozenset())
        return sum(w in known for w in own) < len(own) / 2


def _as_often(texts: _Texts, finding: Finding) -> bool:
    """Tell whether a finding that depends on a rate flags what stands no more often than before."""
    if finding.kind == "repeated_opening":
        return _opens_as_often(texts, finding)
    if finding.kind not in RATES:
        return False
    if all(texts.landing.origin(s) is not None for s in finding.spans):
        return True
    old, new = texts.stems
    flagged = {_stemmed(s.of(texts.change.after.source)) for s in finding.spans}
    return all(old.count(f) >= new.count(f) for f in flagged)


def _opens_as_often(texts: _Texts, finding: Finding) -> bool:
    """Tell whether no more sentences open so than before, or so many did that the same was found. A finding
    of several openings is about the word that too great a share of the sentences open with.
    """
    change = texts.change
    opened = _opened(finding, change.after)
    first = {o[:1] for o in opened}
    said = first if len(opened) > 1 == len(first) else opened
    before, after = texts.openings
    if all(before.times(o) >= after.times(o) for o in said):
        return True
    worse = BY_LEVEL[: BY_LEVEL.index(finding.level) + 1]
    return any(
        f.kind == finding.kind
        and f.level in worse
        and _about(f, change.before) == _about(finding, change.after)
        for f in change.findings_before
    )


def _about(finding: Finding, document: Document) -> frozenset[str]:
    """Return the first words of the openings that a finding shows; of one about the film, however it is
    named, nothing but that.
    """
    if finding.evidence.get("film"):
        return frozenset({"the film"})
    return frozenset(w for o in _opened(finding, document) for w in o[:1])


def _opened(finding: Finding, document: Document) -> set[tuple[str, ...]]:
    """Return the words of the openings that a finding shows."""
    return {tuple(_words(s.of(document.source))) for s in finding.spans}


@dataclass(frozen=True, slots=True)
class _Openings:
    """The words of each sentence, and those after a discourse marker at its beginning."""

    sentences: tuple[tuple[tuple[str, ...], ...], ...]
    counts: dict[int, Counter[tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> _Openings:
        sentences = document.all_sentences
        return cls(tuple(tuple(tuple(_words(part)) for part in _openings(s.text)) for s in sentences))

    def times(self, words: tuple[str, ...]) -> int:
        """Return how many sentences open with the words, a discourse marker before them aside."""
        length = len(words)
        if length not in self.counts:
            self.counts[length] = Counter(
                opening for parts in self.sentences for opening in {part[:length] for part in parts}
            )
        return self.counts[length][words]


def _openings(sentence: str) -> tuple[str, ...]:
    """Return the sentence, and what follows a discourse marker ("In the end, …") at its beginning."""
    marker, comma, rest = sentence.partition(",")
    return (sentence, rest) if comma and fold(marker) in markers() else (sentence,)


def _stems(document: Document) -> str:
    return "".join(_stemmed(b.text) for b in document.prose)


def _stemmed(text: str) -> str:
    return "".join(f" {stem(w)} " for w in _words(text))


def _instead(texts: _Texts, finding: Finding) -> bool:
    """Tell whether the edits wrote none of its words and its kind is found no more often."""
    if finding.kind == "repeated_opening":
        return False
    levels = BY_LEVEL[: BY_LEVEL.index(finding.level) + 1]
    old, new = (sum(count[finding.kind, level] for level in levels) for count in texts.counts)
    if new > old:
        return False
    source = texts.change.after.source
    written = [s for s in finding.spans if texts.landing.origin(s) is None]
    return all(w in texts.stood or is_function(w) for s in written for w in _words(s.of(source)))


def _family(finding: Finding) -> tuple[str, str]:
    return finding.kind, str(finding.evidence.get("family", ""))


def _families(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for f in findings:
        counts[_family(f)] += len(f.spans)
    return counts


def _words(text: str) -> list[str]:
    return WORD.findall(fold(text))


def _words_flagged(document: Document, findings: Iterable[Finding]) -> dict[str, frozenset[str]]:
    by_kind: dict[str, set[str]] = {}
    for f in findings:
        for s in f.spans:
            by_kind.setdefault(f.kind, set()).update(_words(s.of(document.source)))
    return {k: frozenset(v) for k, v in by_kind.items()}


def _flagged(findings: Iterable[Finding]) -> dict[str, list[Span]]:
    by_kind: dict[str, list[Span]] = {}
    for f in findings:
        by_kind.setdefault(f.kind, []).extend(f.spans)
    return {k: sorted(v) for k, v in by_kind.items()}


def _covered(span: Span, flagged: Sequence[Span]) -> bool:
    """Tell whether a flagged span overlaps at least half of `span`."""
    length = max(1, span.end - span.start)
    at = bisect_right(flagged, Span(span.end, span.end))
    return any(
        min(f.end, span.end) - max(f.start, span.start) >= length / 2 for f in flagged[max(0, at - 40) : at]
    )


class _Landing:
    """Leads from the text after back to the text before, outside of edits."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._starts: list[int] = [0]
        self._shifts: list[int] = [0]
        self._edited: list[Span] = []
        shift = 0
        for e in sorted(edits, key=lambda e: e.span):
            start = e.span.start + shift
            self._edited.append(Span(start, start + len(e.after)))
            shift += len(e.after) - len(e.before)
            self._starts.append(start + len(e.after))
            self._shifts.append(shift)

    def origin(self, span: Span) -> Span | None:
        """Return where the span stood before; None where an edit wrote or joined its characters."""
        at = bisect_right(self._starts, span.start) - 1
        nearest = self._edited[at : at + 1] if at < len(self._edited) else []
        if any(e.start < span.end and span.start < e.end for e in nearest):
            return None
        if any(span.start < e.start < span.end for e in nearest):
            return None
        shift = self._shifts[at]
        return Span(span.start - shift, span.end - shift)


GATE = Rule("repetition", refuses)
