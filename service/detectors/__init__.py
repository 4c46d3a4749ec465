"""Detectors: one kind of finding a file, registered in DETECTORS."""

from service.detectors.finding import Detector, Example, Finding, Level, Subject

__all__ = ["Detector", "Example", "Finding", "Level", "Subject"]
