"""Reviews: the structured article and the notes it is made from."""

from service.reviews.notes import parse_notes
from service.reviews.review import Note, Review, ReviewSentence, Section, SectionName

__all__ = ["Note", "Review", "ReviewSentence", "Section", "SectionName", "parse_notes"]
