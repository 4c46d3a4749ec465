"""A stored review as a Word document: real styles for title and headings, the film's box as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

BOX = "Light Grid Accent 1"


def word(
    review: Mapping[str, Any], box: Iterable[tuple[str, str]], sections: Iterable[Mapping[str, Any]]
) -> bytes:
    """Return the review as the bytes of a `.docx` file.

    `box` holds what is said of the film, label and value; a section has `heading` and `paragraphs`.
    """
    document = Document()
    _describe(document, review)
    document.add_heading(_sayable(review["title"]), level=0)
    byline = " · ".join(t for t in (_by(review.get("author")), review.get("rating")) if t)
    if byline:
        document.add_paragraph(_sayable(byline), style="Subtitle")
    _add_box(document, box)
    for section in sections:
        if section["paragraphs"]:
            document.add_heading(section["heading"], level=1)
        for paragraph in section["paragraphs"]:
            document.add_paragraph(_sayable(paragraph))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _describe(document: WordDocument, review: Mapping[str, Any]) -> None:
    """Set the file's own properties, and the language that a spell checker goes by."""
    about = document.core_properties
    about.title = _sayable(review["title"])[:255]
    about.author = _sayable(review.get("author") or "")[:255]
    about.language = review["language"]
    about.comments = ""
    if review.get("created"):
        made = datetime.fromisoformat(str(review["created"])).replace(tzinfo=None)
        about.created = about.modified = made
    fonts = document.styles["Normal"].element.get_or_add_rPr()
    language = fonts.makeelement(qn("w:lang"), {qn("w:val"): review["language"]})
    fonts.append(language)


def _add_box(document: WordDocument, box: Iterable[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2, style=BOX)
    for label, value in box:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, _sayable(value)
    document.add_paragraph()


def _by(author: str | None) -> str:
    return f"By {author}" if author else ""


def _sayable(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
