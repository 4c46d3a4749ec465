"""Edit: the second pass over a copy. Rules and models propose, the gates decide."""

from service.writing.edit.decisions import decide_edits
from service.writing.edit.diff import segments, unified
from service.writing.edit.edit import edit
from service.writing.edit.meta import Meta, Piece
from service.writing.edit.request import MAX_CUT, EditRequest, Intensity
from service.writing.edit.result import EditResult, Judged, Scores

__all__ = [
    "MAX_CUT",
    "EditRequest",
    "EditResult",
    "Intensity",
    "Judged",
    "Meta",
    "Piece",
    "Scores",
    "decide_edits",
    "edit",
    "segments",
    "unified",
]
