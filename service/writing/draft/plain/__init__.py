"""Plain drafts: a review from notes and record by rules; a small model only chooses among them."""

from service.writing.draft.plain.compose import compose
from service.writing.draft.plain.sentence import sentence_of

__all__ = ["compose", "sentence_of"]
