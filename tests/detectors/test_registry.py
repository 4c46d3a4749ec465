"""The registry is complete, and every detector proves its examples."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import service.detectors
from service.detectors import DETECTORS, Detector, Example, analyse, detect
from service.document import parse

CASES = [(d, e) for d in DETECTORS for e in d.examples]


def test_every_detector_in_the_folder_is_registered_once_under_its_own_name() -> None:
    found = {}
    for module in pkgutil.iter_modules(service.detectors.__path__):
        detector = getattr(importlib.import_module(f"service.detectors.{module.name}"), "DETECTOR", None)
        if detector is not None:
            found[module.name] = detector
    assert {d.kind: d for d in DETECTORS} == found
    assert len({d.kind for d in DETECTORS}) == len(DETECTORS)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.kind)
def test_every_detector_has_flagged_examples_and_near_misses(detector: Detector) -> None:
    assert any(e.flagged for e in detector.examples)
    assert any(not e.flagged for e in detector.examples)


@pytest.mark.parametrize(
    ("detector", "example"), CASES, ids=[f"{d.kind}-{i}" for i, (d, _) in enumerate(CASES)]
)
def test_an_example_is_flagged_as_it_says(detector: Detector, example: Example) -> None:
    document = parse(example.text)
    findings = detector(analyse(document, example.subject))
    assert {f.kind for f in findings} <= {detector.kind}
    assert {s.of(example.text) for f in findings for s in f.spans} == set(example.flagged)


def test_findings_are_numbered_in_order_of_their_first_span() -> None:
    text = "Min-ho waits. A testament to hope. Min ho waits. It is a testament to hope and Min-ho."
    findings = detect(parse(text), service.detectors.Subject())
    assert [f.id for f in findings] == [f"f{i}" for i in range(1, len(findings) + 1)]
    assert [f.spans for f in findings] == sorted(f.spans for f in findings)
    assert findings
