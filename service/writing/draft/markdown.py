"""A review as Markdown, and where each of its sentences stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.document import Span
from service.reviews import Review, ReviewSentence, SectionName

HEADINGS: Mapping[str, Mapping[SectionName, str]] = {
    "en": dict(zip(SectionName, ("Plot", "Characters", "Themes", "Legacy"), strict=True)),
    "es": dict(zip(SectionName, ("Argumento", "Personajes", "Temas", "Legado"), strict=True)),
    "fr": dict(zip(SectionName, ("Intrigue", "Personnages", "Thèmes", "Héritage"), strict=True)),
    "de": dict(zip(SectionName, ("Handlung", "Figuren", "Themen", "Wirkung"), strict=True)),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence of the review at `span` of the Markdown text."""

    span: Span
    section: SectionName
    paragraph: int
    sentence: ReviewSentence


@dataclass(frozen=True, slots=True)
class Rendered:
    """The Markdown text and the place of each sentence in it, in order."""

    text: str
    places: tuple[Placed, ...]


def render(review: Review, language: str = "en") -> Rendered:
    """Return the review as Markdown with each sentence's place: `text[place.span]` is the sentence."""
    out: list[str] = [f"# {review.title}\n"]
    places: list[Placed] = []
    at = len(out[0])

    def put(text: str) -> None:
        nonlocal at
        out.append(text)
        at += len(text)

    for section in (s for s in review.sections if s.sentences):
        put(f"\n## {HEADINGS[language][section.name]}\n")
        for number, paragraph in enumerate(section.paragraphs):
            put("\n")
            for i, sentence in enumerate(paragraph):
                put(" " if i else "")
                places.append(Placed(Span(at, at + len(sentence.text)), section.name, number, sentence))
                put(sentence.text)
            put("\n")
    return Rendered("".join(out), tuple(places))


def to_markdown(review: Review, language: str = "en") -> str:
    """Return the review as Markdown: its title, a heading a section, its paragraphs."""
    return render(review, language).text
