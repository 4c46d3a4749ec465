"""The one door: `parse` turns a source into a Document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from service.document.html import parse_html
from service.document.markdown import parse_markdown
from service.document.model import Document, Format
from service.document.text import parse_text

PARSERS: Mapping[Format, Callable[[str, Sequence[str]], Document]] = {
    Format.TEXT: parse_text,
    Format.MARKDOWN: parse_markdown,
    Format.HTML: parse_html,
}


def parse(source: str, format: Format = Format.TEXT, *, titles: Sequence[str] = ()) -> Document:
    """Return the parse of `source`; a title in `titles` is never split into sentences.

    Any text parses, in time linear in its length.
    """
    return PARSERS[format](source, titles)
