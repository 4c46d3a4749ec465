"""The Word document with tracked changes: accepting all gives the content, rejecting all the source."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from service.document import Edit, Format, Operation, Span
from service.llm.speaker import NoModel
from service.web import tracked
from service.writing import shapes
from service.writing.edit import EditRequest, Intensity, edit
from tests.fakes.prompts import FakePrompts

SOURCE = "# The pier\n\nIt is truly long. Nobody swims.\n\nIn conclusion, stay.\n\nThe end."
EDITS = (("truly ", ""), ("In conclusion, stay.\n\n", ""), ("The end", "An end"))


def stored(**decisions: bool) -> dict[str, Any]:
    edits = []
    for i, (before, after) in enumerate(EDITS, 1):
        at = SOURCE.index(before)
        edit = Edit(f"e{i}", Span(at, at + len(before)), before, after, Operation.REWRITE, "rule:x", "Why.")
        edits.append(shapes.edit_json(edit))
    every = {e["id"]: decisions.get(str(e["id"]), True) for e in edits}
    return {"title": "The pier", "format": "markdown", "source": SOURCE, "edits": edits, "decisions": every}


def texts(document: bytes, *, accepted: bool) -> list[str]:
    """Return the paragraphs as they stand once every tracked change is accepted, or rejected."""
    gone = "w:del" if accepted else "w:ins"
    out = [""]
    for paragraph in Document(BytesIO(document)).paragraphs:
        for run in paragraph._p.iter(qn("w:r")):
            parent = run.getparent()
            if parent is None or parent.tag != qn(gone):
                out[-1] += "".join(t.text or "" for t in run if t.tag in {qn("w:t"), qn("w:delText")})
        mark = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn(gone)}")
        if mark is None:
            out.append("")
    return [t for t in out if t]


def test_accepting_all_gives_the_content() -> None:
    assert texts(tracked.docx(stored()), accepted=True) == [
        "The pier", "It is long. Nobody swims.", "An end."
    ]  # fmt: skip


def test_rejecting_all_gives_the_source() -> None:
    assert texts(tracked.docx(stored()), accepted=False) == [
        "The pier", "It is truly long. Nobody swims.", "In conclusion, stay.", "The end."
    ]  # fmt: skip


def test_an_edit_that_the_writer_rejected_is_not_in_it() -> None:
    document = tracked.docx(stored(e1=False))
    assert "It is truly long. Nobody swims." in texts(document, accepted=True)


def test_every_change_has_its_own_number_and_an_author() -> None:
    body = Document(BytesIO(tracked.docx(stored()))).element.body
    changes = [e for name in ("w:ins", "w:del") for e in body.iter(qn(name))]
    assert len({e.get(qn("w:id")) for e in changes}) == len(changes) > 3
    assert {e.get(qn("w:author")) for e in changes} == {"Finecut"}


@pytest.mark.parametrize("source", ["a \x07 bell", "\x0b", "no edit\r\nat all"])
def test_what_xml_cannot_hold_is_left_out(source: str) -> None:
    given = {"source": source, "edits": [], "format": "text"}
    assert tracked.docx(given).startswith(b"PK")


@pytest.mark.parametrize("title", ["a\x01b", "a\x00b", "a\ud800b", "a\uffffb", "ab" + "x" * 400])
def test_a_title_that_xml_cannot_hold_is_written_without_what_it_cannot(title: str) -> None:
    document = Document(BytesIO(tracked.docx({**stored(), "title": title})))
    assert document.core_properties.title.startswith("ab")


BLOCKS = """<!-- wp:paragraph -->
<p>In the realm of cinema, <strong>Few Lamps</strong> is a cinematic masterpiece that has left an indelible
mark on viewers. See <a href="/l?a=1&amp;b=2">1931 &amp; after</a>.</p>
<!-- /wp:paragraph -->
<!-- wp:list -->
<ul><li>It takes viewers on an emotional rollercoaster.</li></ul>
<!-- /wp:list -->
[gallery ids="1"]
"""


@pytest.mark.parametrize(
    ("format", "source"),
    [
        (Format.HTML, BLOCKS),
        (Format.HTML, f"<article>{BLOCKS}</article>"),
        (
            Format.MARKDOWN,
            "## The pier\n\nIn the realm of cinema, *Few Lamps* has left an indelible mark on its viewers.",
        ),
    ],
)
async def test_an_edit_of_markup_gives_its_content_and_its_source(format: Format, source: str) -> None:
    request = EditRequest(content=source, format=format, intensity=Intensity.STRONG)
    made = await edit(request, model=NoModel(), prompts=FakePrompts())
    given = {"format": str(format), "source": source, "edits": [shapes.edit_json(e) for e in made.edits]}
    word = tracked.docx(given)
    assert made.edits
    assert texts(word, accepted=True) == lines(made.content, format)
    assert texts(word, accepted=False) == lines(source, format)


def lines(text: str, format: Format) -> list[str]:
    """Return the lines that hold something, a Markdown heading without its signs."""
    kept = [line for line in text.splitlines() if line]
    return [re.sub(r"^#{1,6} ", "", line) for line in kept] if format is Format.MARKDOWN else kept
