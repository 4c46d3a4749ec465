"""Recall and precision on the canonical article, against an editor's annotation made before tuning.

A finding is right where this annotation or that of a second reader (`evals/annotations`) has it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from service.detectors import Finding, Subject, detect
from service.document import Span, parse

ANNOTATION = Path(__file__).parent / "annotations" / "canonical.json"
SECOND = Path(__file__).parents[2] / "evals" / "annotations" / "miracle-in-cell-no-7.json"
SAME = {"repeated_phrase": {"repeated_phrase", "repeated_word"}}
# kind -> least recall of what an editor must or should see, least precision
FLOORS = {
    "repeated_phrase": (1.0, 0.85),
    "name_variant": (1.0, 1.0),
    "repeated_opening": (1.0, 0.9),
    "repeated_structure": (0.9, 0.9),
    "leaked_instruction": (1.0, 1.0),
    "keyword_stuffing": (1.0, 1.0),
    "restated_opening": (1.0, 1.0),
}


@pytest.fixture(scope="module")
def findings(data: Path) -> tuple[Finding, ...]:
    text = (data / "articles" / "miracle-in-cell-no-7.txt").read_text("utf-8")
    return detect(parse(text), Subject())


def meets(finding: Finding, spans: Sequence[Sequence[int]]) -> bool:
    """Tell whether the finding touches two of the annotated spans, or the only one."""
    touched = sum(any(Span(a, b).overlaps(s) for s in finding.spans) for a, b in spans)
    return touched >= min(2, len(spans))


@pytest.mark.data
@pytest.mark.parametrize("kind", FLOORS)
def test_recall_and_precision_reach_their_floors(kind: str, findings: tuple[Finding, ...]) -> None:
    items = [item for item in json.loads(ANNOTATION.read_text("utf-8")) if item["kind"] == kind]
    second = json.loads(SECOND.read_text("utf-8"))["findings"]
    others = [item for item in second if item["kind"] in SAME.get(kind, {kind})]
    wanted = [item for item in items if item["level"] != "may"]
    found = [f for f in findings if f.kind == kind]
    recalled = sum(any(meets(f, item["spans"]) for f in found) for item in wanted)
    right = sum(any(meets(f, item["spans"]) for item in (*items, *others)) for f in found)
    recall, precision = FLOORS[kind]
    assert recalled >= recall * len(wanted)
    assert right >= precision * len(found)
