"""Detectors: one kind of finding a file, registered in DETECTORS."""

from service.detectors.analysis import Analysis, SentenceWords, Word, analyse
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level, Subject
from service.detectors.registry import DETECTORS, detect
from service.detectors.score import Part, Score, score

__all__ = [
    "DETECTORS",
    "Analysis",
    "Detector",
    "Example",
    "Finding",
    "Level",
    "Part",
    "Score",
    "SentenceWords",
    "Subject",
    "Word",
    "analyse",
    "detect",
    "score",
]
