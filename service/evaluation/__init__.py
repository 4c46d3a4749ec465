"""Evaluation: measures of articles, their means with intervals, comparisons, gates, reports."""

from service.evaluation.comparison import Comparison, compare
from service.evaluation.measures import MEASURES, Measure
from service.evaluation.results import load_results, summarise
from service.evaluation.run import evaluate

__all__ = [
    "MEASURES",
    "Comparison",
    "Measure",
    "compare",
    "evaluate",
    "load_results",
    "summarise",
]
