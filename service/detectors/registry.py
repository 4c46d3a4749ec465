"""The detectors, one line each, and `detect`, which runs them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.detectors import (
    cliche,
    echo,
    keyword_stuffing,
    leaked_instruction,
    name_variant,
    overused_word,
    repeated_opening,
    repeated_phrase,
    repeated_structure,
    restated_opening,
)
from service.detectors.analysis import Analysis, analyse
from service.detectors.detector import Detector
from service.detectors.finding import Finding, Subject
from service.document import Document

if TYPE_CHECKING:
    from service.detectors.encoder import SentenceEncoder

DETECTORS: tuple[Detector, ...] = (
    cliche.DETECTOR,
    echo.DETECTOR,
    keyword_stuffing.DETECTOR,
    leaked_instruction.DETECTOR,
    name_variant.DETECTOR,
    overused_word.DETECTOR,
    repeated_opening.DETECTOR,
    repeated_phrase.DETECTOR,
    repeated_structure.DETECTOR,
    restated_opening.DETECTOR,
)


def detect(
    document: Document,
    subject: Subject,
    *,
    analysis: Analysis | None = None,
    ideas: SentenceEncoder | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of all detectors, numbered f1, f2, … in order of their first span.

    `analysis` spares making it again where the caller already has it; with an encoder as `ideas`, repeated
    ideas are looked for too (about 100 ms an article).
    """
    analysis = analysis or analyse(document, subject)
    findings = [f for detector in DETECTORS for f in detector(analysis)]
    if ideas is not None:
        from service.detectors import repeated_idea  # noqa: PLC0415 - numpy, which no other detector needs

        findings += repeated_idea.find(analysis, ideas)
    ordered = sorted(findings, key=lambda f: (f.spans, f.kind))
    return tuple(
        Finding(f.kind, f.message, f.spans, f.level, f.evidence, f"f{i}") for i, f in enumerate(ordered, 1)
    )
