"""WordPress shortcodes in any format: `[gallery ids="1,2"]`, `[caption]…[/caption]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.document.model import Mark, MarkKind, Span

_TAG = re.compile(
    r"(?<!\[)\[(?P<close>/?)(?P<name>[a-zA-Z][\w-]{0,60})"
    r"(?P<attributes>(?:\s[^\[\]<>\n]{0,2000}+)?)\](?![\[(:])"
)
_ATTRIBUTE = re.compile(r"""\s[\w-]+\s*=\s*["'“”″\w]|\s/\s*$""")
# The shortcodes of WordPress itself, which need no attribute.
_CORE = frozenset(["audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"])


class Shortcode(NamedTuple):
    """One tag of a shortcode at `span`."""

    span: Span
    name: str
    closes: bool


def shortcodes(source: str, start: int = 0, end: int | None = None) -> list[Shortcode]:
    """Return the shortcode tags of `source[start:end]`, in order.

    A bracketed word is one only if it has attributes, has its closing tag, or is WordPress's own:
    `[sic]` and `[Spoilers]` are words.
    """
    end = len(source) if end is None else end
    if source.find("[", start, end) < 0:
        return []
    found = list(_TAG.finditer(source, start, end))
    closed = {m["name"].lower() for m in found if m["close"]}
    opened: set[str] = set()
    out: list[Shortcode] = []
    for m in found:
        name = m["name"].lower()
        if m["close"]:
            if name in opened or name in _CORE:
                out.append(Shortcode(Span(*m.span()), name, closes=True))
        elif name in _CORE or _ATTRIBUTE.search(m["attributes"]) or (name in closed and not m["attributes"]):
            opened.add(name)
            out.append(Shortcode(Span(*m.span()), name, closes=False))
    return out


def shortcode_marks(tags: list[Shortcode]) -> Iterator[Mark]:
    """Yield a mark for each pair of tags, with its content, and for each tag that stands alone."""
    waiting: dict[str, list[int]] = {}
    partner: dict[int, int] = {}
    for i, tag in enumerate(tags):
        if not tag.closes:
            waiting.setdefault(tag.name, []).append(i)
        elif waiting.get(tag.name):
            partner[waiting[tag.name].pop()] = i
    paired = set(partner.values())
    for i, tag in enumerate(tags):
        if i in partner:
            last = tags[partner[i]].span
            content = Span(tag.span.end, last.start)
            yield Mark(MarkKind.SHORTCODE, Span(tag.span.start, last.end), content, tag.name)
        elif i not in paired:
            yield Mark(MarkKind.SHORTCODE, tag.span, None, tag.name)
