"""Documents: an immutable parse with exact offsets, edits, and how they are applied."""

from service.document.edit import Edit, Operation, apply
from service.document.fold import fold, fold_with_map
from service.document.model import (
    EDITABLE,
    PROSE,
    PROTECTED,
    Block,
    BlockKind,
    Document,
    Format,
    Location,
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
from service.document.reading import decode, detect_format
from service.document.tokens import tokenize

__all__ = [
    "EDITABLE",
    "PROSE",
    "PROTECTED",
    "Block",
    "BlockKind",
    "Document",
    "Edit",
    "Format",
    "Location",
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
    "decode",
    "detect_format",
    "fold",
    "fold_with_map",
    "parse",
    "tokenize",
]
