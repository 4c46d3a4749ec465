"""Documents: an immutable parse with exact offsets, edits, and how they are applied."""

from service.document.edit import Edit, Operation, apply
from service.document.fold import fold
from service.document.model import (
    EDITABLE,
    PROSE,
    Block,
    BlockKind,
    Document,
    Format,
    Mark,
    MarkKind,
    OffsetMap,
    Part,
    PartKind,
    Sentence,
    Span,
    Token,
    TokenKind,
)
from service.document.parse import parse

__all__ = [
    "EDITABLE",
    "PROSE",
    "Block",
    "BlockKind",
    "Document",
    "Edit",
    "Format",
    "Mark",
    "MarkKind",
    "OffsetMap",
    "Operation",
    "Part",
    "PartKind",
    "Sentence",
    "Span",
    "Token",
    "TokenKind",
    "apply",
    "fold",
    "parse",
]
