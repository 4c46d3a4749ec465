"""Stored reviews and edits as Markdown, HTML, JSON-LD and Word documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from service import resources
from service.errors import InputError
from service.reviews import SectionName
from service.web.word import word
from service.writing.draft import HEADINGS

Stored = Mapping[str, Any]
T = TypeVar("T")


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(resources.folder("templates") / "exports")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


def markdown(review: Stored) -> str:
    """Return the review as Markdown, as it was checked and stored."""
    return str(review["content"])


def html(review: Stored) -> str:
    """Return the review as one semantic HTML page with the film's box."""
    template = _templates().get_template("review.html.j2")
    linked = json.dumps(linked_data(review), ensure_ascii=False) if _publishable(review) else ""
    # JSON inside a script element: the one sequence that could end it is written as an escape.
    safe = linked.replace("<", "\\u003c")
    script = Markup(safe)  # noqa: S704 - escaped just above
    return template.render(
        review=review, sections=list(_sections(review)), box=list(_box(review)), jsonld=script
    )


def _sections(review: Stored) -> Iterator[dict[str, Any]]:
    headings = HEADINGS[review["language"]]
    for section in review["sections"]:
        texts = [s["text"] for s in section["sentences"]]
        yield {
            "name": section["name"],
            "heading": headings[SectionName(section["name"])],
            "paragraphs": [" ".join(held) for held in in_paragraphs(texts, section["paragraphs"])],
        }


def in_paragraphs(sentences: Sequence[T], lengths: Sequence[int]) -> Iterator[Sequence[T]]:
    """Yield a section's sentences by paragraphs, of which `lengths` tells how many each has."""
    for start, end in pairwise(accumulate(lengths, initial=0)):
        yield sentences[start:end]


def _box(review: Stored) -> Iterator[tuple[str, str]]:
    film = review["film"]
    labels = (
        ("Title", film["title"]),
        ("Original title", film.get("original_title")),
        ("Year", film.get("year")),
        ("Directed by", _listed(film.get("directors"))),
        ("With", _listed(film.get("cast"))),
        ("Country", _listed(film.get("countries"))),
        ("Runtime", f"{film['runtime_minutes']} minutes" if film.get("runtime_minutes") else None),
    )
    yield from ((label, str(value)) for label, value in labels if value)


def _listed(names: Sequence[str] | None) -> str:
    return ", ".join(names or ())


def _publishable(review: Stored) -> bool:
    return bool(review.get("rating") and review.get("author"))


def linked_data(review: Stored) -> dict[str, Any]:
    """Return the review as schema.org JSON-LD.

    Raises InputError without a real rating and author: neither is ever invented.
    """
    if not _publishable(review):
        raise InputError(
            "JSON-LD needs a rating and an author, and this review was drafted without both.",
            field="rating",
            remedy="Draft it with `rating` and `author`; Finecut never invents them.",
        )
    value, best = (part.strip() for part in str(review["rating"]).split("/"))
    film = review["film"]
    movie: dict[str, Any] = {"@type": "Movie", "name": film["title"]}
    if film.get("year"):
        movie["dateCreated"] = str(film["year"])
    if film.get("directors"):
        movie["director"] = [{"@type": "Person", "name": name} for name in film["directors"]]
    if film.get("cast"):
        movie["actor"] = [{"@type": "Person", "name": name} for name in film["cast"]]
    return {
        "@context": "https://schema.org",
        "@type": "Review",
        "name": review["title"],
        "itemReviewed": movie,
        "author": {"@type": "Person", "name": review["author"]},
        "reviewRating": {"@type": "Rating", "ratingValue": value, "bestRating": best, "worstRating": "0"},
        "datePublished": str(review["created"])[:10],
        "inLanguage": review["language"],
        "reviewBody": "\n\n".join(p for s in _sections(review) for p in s["paragraphs"]),
    }


def jsonld(review: Stored) -> str:
    """Return the review as JSON-LD text."""
    return json.dumps(linked_data(review), ensure_ascii=False, indent=2)


def docx(review: Stored) -> bytes:
    """Return the review as a Word document."""
    return word(review, _box(review), _sections(review))


@dataclass(frozen=True, slots=True)
class Export:
    """A form in which a review leaves: its media type and how it is made."""

    media_type: str
    render: Callable[[Stored], str | bytes]


EXPORTS: Mapping[str, Export] = {
    "md": Export("text/markdown; charset=utf-8", markdown),
    "html": Export("text/html; charset=utf-8", html),
    "jsonld": Export("application/ld+json", jsonld),
    "docx": Export("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
}


DECLARED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The review in that form.",
        "content": {e.media_type.partition(";")[0]: {"schema": {"type": "string"}} for e in EXPORTS.values()},
    }
}


def marked_copy(edit: Stored) -> str:
    """Return an edit as a page: the copy with each edit marked, linked to its reason and its gates."""
    accepted = [e for e in edit["edits"] if edit["decisions"].get(e["id"], True)]
    pieces = list(with_edits(edit["source"], accepted))
    return (
        _templates()
        .get_template("edit.html.j2")
        .render(
            pieces=pieces,
            accepted=accepted,
            refused=edit["refused"],
            before=edit["scores"]["before"]["score"],
            after=edit["scores"]["after"]["score"],
        )
    )


def with_edits(source: str, edits: Sequence[Stored]) -> Iterator[dict[str, Any]]:
    """Yield the source in pieces: `text` between edits, and each `edit` at its place."""
    at = 0
    for edit in sorted(edits, key=lambda e: e["span"]):
        start, end = edit["span"]
        yield {"text": source[at:start], "edit": None}
        yield {"text": source[start:end], "edit": edit}
        at = end
    yield {"text": source[at:], "edit": None}
