"""An edit as a Word document with tracked changes, each to be accepted or rejected there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import count
from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from service.document import Format
from service.writing.edit import segments
from service.writing.shapes import edit_from_json

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DECLARED: dict[int | str, dict[str, Any]] = {
    200: {"description": "A Word document.", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
}
AUTHOR = "Finecut"
HEADING = re.compile(r"(#{1,6})[ \t]+")
MARKS = {"insert": "w:ins", "delete": "w:del"}
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold


class Piece(NamedTuple):
    """Characters of a paragraph: `equal`, `delete` or `insert`."""

    op: str
    text: str


class Paragraph(NamedTuple):
    """A paragraph's pieces, and what happened to its end: `equal`, `delete` or `insert`."""

    pieces: tuple[Piece, ...]
    end: str


def docx(stored: Mapping[str, Any]) -> bytes:
    """Return a stored edit as the bytes of a DOCX file: the copy as it was given, every accepted edit a
    tracked deletion or insertion by Finecut. The copy's markup is shown as it is written, but a
    Markdown heading has a heading's style.
    """
    document = Document()
    document.core_properties.title = UNWRITABLE.sub("", str(stored.get("title", "")))[:255]
    document.core_properties.author = AUTHOR
    ids = count(1)
    when = str(stored.get("created") or "")
    markdown = stored.get("format") == Format.MARKDOWN
    for paragraph in paragraphs(stored):
        _write(document, paragraph, ids, when, markdown=markdown)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(stored: Mapping[str, Any]) -> Iterator[Paragraph]:
    """Yield the lines of the copy that hold something, with the edits that stand."""
    decided = stored.get("decisions", {})
    edits = [edit_from_json(e) for e in stored["edits"] if decided.get(e["id"], True)]
    held: list[Piece] = []
    for op, text in segments(str(stored["source"]), edits):
        lines = re.split(r"\r\n|\n|\r", UNWRITABLE.sub("", text))
        for i, line in enumerate(lines):
            held += [Piece(op, line)] if line else []
            if i < len(lines) - 1 and held:
                yield Paragraph(tuple(held), op)
                held = []
    if held:
        yield Paragraph(tuple(held), "equal")


def _write(
    document: WordDocument, given: Paragraph, ids: Iterator[int], when: str, *, markdown: bool
) -> None:
    heading = HEADING.match(given.pieces[0].text) if markdown and given.pieces[0].op == "equal" else None
    style = f"Heading {len(heading.group(1))}" if heading else None
    paragraph = document.add_paragraph(style=style)
    for i, (op, text) in enumerate(given.pieces):
        shown = text[heading.end() :] if heading and i == 0 else text
        if not shown:
            continue
        run = paragraph.add_run(shown)._r  # noqa: SLF001 - python-docx has no call for tracked changes
        if op in MARKS:
            _track(run, op, next(ids), when)
    if given.end in MARKS:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - as above
        marked = OxmlElement("w:rPr")
        marked.append(_change(given.end, next(ids), when))
        properties.append(marked)


def _track(run: BaseOxmlElement, op: str, number: int, when: str) -> None:
    """Put a run inside a tracked change; deleted text bears another name in the format."""
    change = _change(op, number, when)
    run.addprevious(change)
    change.append(run)
    if op == "delete":
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")
            text.set(qn("xml:space"), "preserve")


def _change(op: str, number: int, when: str) -> BaseOxmlElement:
    change = OxmlElement(MARKS[op])
    change.set(qn("w:id"), str(number))
    change.set(qn("w:author"), AUTHOR)
    if when:
        change.set(qn("w:date"), when)
    return change
