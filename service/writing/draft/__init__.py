"""Draft a review: from a film and notes to checked sections of sourced sentences."""

from service.writing.draft.markdown import HEADINGS, Placed, Rendered, render, to_markdown
from service.writing.draft.request import DraftRequest
from service.writing.draft.result import DraftResult, Outcome, Step
from service.writing.draft.use_case import draft

__all__ = [
    "HEADINGS",
    "DraftRequest",
    "DraftResult",
    "Outcome",
    "Placed",
    "Rendered",
    "Step",
    "draft",
    "render",
    "to_markdown",
]
