"""Precision and recall of the detectors against an editor's annotation.

    python -m evals.annotation [--split dev|measure|…|canonical] [--misses] [--kind KIND]

How a finding and an annotation match, by overlapping spans:

- kinds that link places (`repeated_phrase`, `repeated_idea`, `repeated_opening`, `name_variant`,
  `restated_opening`, `overused_word`): at least two spans of the one overlap two different spans of the
  other;
- kinds that point at places (`cliche`, `repeated_structure`, `leaked_instruction`, …): every span counts by
  itself, and an annotation is found where any of its spans overlaps one of a finding of that kind.

Recall is told by level: what an editor must not overlook first. `recall` itself counts annotations of level
`must` and `should`; those marked `may` are neither asked for nor wrong when found. Precision counts findings
of level `must` and `should` that match any annotation of their kind; `of all` counts those of level `may`,
too. A cliché within an annotation of another kind is not thereby right. `repeated_word` (one word again,
not a phrase) is not asked
for, but a `repeated_phrase` or `overused_word` that links it is right, and so is an `overused_word` that
links two places of a `repeated_phrase`: the editor heard that word twice.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from evals.derive.corpora import ANNOTATIONS, data_folder
from service.detectors import Finding, Subject, detect
from service.detectors.encoder import sentence_encoder
from service.document import Document, Span, parse
from service.films import Film

LINKED = frozenset(
    {
        "repeated_phrase",
        "repeated_idea",
        "repeated_opening",
        "name_variant",
        "restated_opening",
        "overused_word",
    }
)
WORD = "repeated_word"
SAME = {
    "repeated_phrase": {"repeated_phrase", WORD},
    "overused_word": {"overused_word", WORD, "repeated_phrase"},
}  # the kinds of annotation that make a finding right
ASKED = ("must", "should")
LEVELS = (*ASKED, "may")
SPLITS = ("dev", "measure", "measure2", "measure3", "measure4", "canonical")
ARTICLE = "miracle-in-cell-no-7"
Detect = Callable[[Document, Subject], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the editor marked: kind, level, a label in the editor's words, the spans."""

    kind: str
    level: str
    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its annotations; `kinds` are those that were looked for, all where it is empty."""

    id: str
    split: str
    text: str
    annotations: tuple[Annotation, ...]
    kinds: frozenset[str] = frozenset()


@dataclass(slots=True)
class Score:
    """Annotations and those found by level, findings made and right, those of level may among them, and what
    was missed or wrong.
    """

    marked: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    made: int = 0
    right: int = 0
    made_may: int = 0
    right_may: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """Return how many annotations were asked for."""
        return sum(self.marked[level] for level in ASKED)

    @property
    def found(self) -> int:
        """Return how many of those were found."""
        return sum(self.met[level] for level in ASKED)

    @property
    def recall(self) -> float:
        """Return the share of annotations that were found, 1 where none was asked for."""
        return self.found / self.asked if self.asked else 1.0

    @property
    def precision(self) -> float:
        """Return the share of findings that were right, 1 where none was made."""
        return self.right / self.made if self.made else 1.0


def annotated_texts(folder: Path | None = None) -> list[AnnotatedText]:
    """Return the annotated texts. Raises ValueError where a text is not the one that was annotated."""
    data = folder or data_folder()
    texts = {ARTICLE: (data / "articles" / f"{ARTICLE}.txt").read_text("utf-8")}
    for path in sorted((data / "corpora").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            texts |= {row["id"]: row["text"] for row in map(json.loads, lines)}
    return [_read(path, texts) for path in sorted(ANNOTATIONS.glob("*.json"))]


def _read(path: Path, texts: dict[str, str]) -> AnnotatedText:
    row = json.loads(path.read_text("utf-8"))
    text = texts.get(row["id"], "")
    if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
        raise ValueError(f"{path.name} annotates a text that differs from the one found as {row['id']!r}.")
    marks = tuple(
        Annotation(f["kind"], f["level"], f["label"], tuple(Span(*s) for s in f["spans"]))
        for f in row["findings"]
    )
    return AnnotatedText(row["id"], row["split"], text, marks, frozenset(row.get("kinds", ())))


def linked(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Tell whether two spans of the one overlap two different spans of the other."""
    pairs = {(i, j) for i, a in enumerate(one) for j, b in enumerate(other) if a.overlaps(b)}
    return any(i != k and j != m for i, j in pairs for k, m in pairs)


def touching(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Tell whether any span of the one overlaps any of the other."""
    return any(a.overlaps(b) for a in one for b in other)


def compare(text: AnnotatedText, findings: Sequence[Finding], scores: dict[str, Score]) -> None:
    """Add what the findings on one text found, missed and got wrong to `scores`, by kind."""
    for mark in text.annotations:
        same = [f for f in findings if f.kind == mark.kind]
        match = linked if mark.kind in LINKED else touching
        if mark.kind == WORD:
            continue
        score = scores[mark.kind]
        score.marked[mark.level] += 1
        if any(match(f.spans, mark.spans) for f in same):
            score.met[mark.level] += 1
        elif mark.level in ASKED:
            score.missed.append(f"{text.id}: {mark.label} ({mark.level})")
    for finding in findings:
        if text.kinds and finding.kind not in text.kinds:
            continue
        may = finding.level == "may"
        kinds = SAME.get(finding.kind, {finding.kind})
        marks = [m for m in text.annotations if m.kind in kinds]
        score = scores[finding.kind]
        places = [finding.spans] if finding.kind in LINKED else [(s,) for s in finding.spans]
        match = linked if finding.kind in LINKED else touching
        for spans in places:
            right = any(match(spans, m.spans) for m in marks)
            if may:
                score.made_may, score.right_may = score.made_may + 1, score.right_may + right
                continue
            score.made, score.right = score.made + 1, score.right + right
            if not right:
                score.wrong.append(f"{text.id}: " + " | ".join(s.of(text.text) for s in spans))


def run(texts: Sequence[AnnotatedText], how: Detect) -> dict[str, Score]:
    """Return the scores by kind of the detectors `how` on `texts`."""
    scores: dict[str, Score] = defaultdict(Score)
    for text in texts:
        film = Film(id="annotated", title="Miracle in Cell No. 7") if text.id == ARTICLE else None
        compare(text, how(parse(text.text), Subject(film=film)), scores)
    return dict(scores)


def table(scores: dict[str, Score]) -> str:
    """Return the scores as lines of text."""
    levels = " ".join(f"{level:>7}" for level in LEVELS)
    head = f"{'kind':<20} {levels} {'recall':>7} {'precision':>10} {'':>9} {'of all':>9}"
    return "\n".join((head, *(_row(kind, s) for kind, s in sorted(scores.items()))))


def _row(kind: str, s: Score) -> str:
    met = " ".join(f"{f'{s.met[level]}/{s.marked[level]}':>7}" for level in LEVELS)
    right = f"{f'{s.right}/{s.made}':>9} {f'{s.right + s.right_may}/{s.made + s.made_may}':>9}"
    return f"{kind:<20} {met} {s.recall:7.2f} {s.precision:10.2f} {right}"


def main(how: Callable[..., Sequence[Finding]] = detect) -> None:
    """Print the scores of each split; with --misses what was missed and wrong."""
    parser = argparse.ArgumentParser(description="Precision and recall against an editor's annotation.")
    parser.add_argument("--split", choices=SPLITS)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--kind")
    parser.add_argument("--ideas", action="store_true", help="look for repeated ideas too")
    options = parser.parse_args()
    texts = annotated_texts()
    encoder = sentence_encoder() if options.ideas else None
    for split in (options.split,) if options.split else SPLITS:
        scores = run([t for t in texts if t.split == split], partial(how, ideas=encoder))
        if options.kind:
            scores = {options.kind: scores.get(options.kind, Score())}
        lines = [f"== {split}", table(scores)]
        if options.misses:
            lines += [f"missed {kind} {m}" for kind, s in scores.items() for m in s.missed]
            lines += [f"wrong {kind} {w}" for kind, s in scores.items() for w in s.wrong]
        sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
