"""From bytes to text, and from a text to its format."""

from __future__ import annotations

import codecs
import re

from service.document.front_matter import front_matter_end
from service.document.model import Format
from service.errors import InputError

_EXTENSIONS = {
    **dict.fromkeys(("md", "markdown", "mdown", "mkd", "mdx"), Format.MARKDOWN),
    **dict.fromkeys(("html", "htm", "xhtml"), Format.HTML),
    **dict.fromkeys(("txt", "text"), Format.TEXT),
}
_SNIFFED = 20_000  # characters of the source that its format is guessed from
_PAGE = re.compile(r"\s*(?:<!doctype html|<html\b|<!-- wp:|<\?xml)", re.IGNORECASE)
_ELEMENT = re.compile(
    r"</(?:p|div|h[1-6]|ul|ol|li|blockquote|article|section|table|figure|a|em|strong|b|i|span)\s*>|<(?:p|br)\s*/?>",
    re.I,
)
_BLOCK_ELEMENT = re.compile(r"^\s*<(?:p|div|h[1-6]|ul|ol|blockquote|article|section)\b[^>]*>", re.I | re.M)
_MARKDOWN_SURE = re.compile(
    r"^#{1,6} \S|^(?:```|~~~)|(?<!!)\[[^\[\]\n]+\]\([^()\s]+\)|^\|?[ :]*-{3,}[ :]*\|", re.M
)
_MARKDOWN_HINT = re.compile(
    r"\*\*\S[^*\n]*\*\*|^(?:[*+-]|\d{1,3}\.) \S|^> \S|^(?:===+|---+)\s*$"
    r"|(?<!\w)[*_]\S[^*_\n]*\S[*_](?!\w)|!\[",
    re.M,
)
# What text does not hold: control characters but white space, escape and the BOM's kin.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def detect_format(name: str, source: str) -> Format:
    """Return the format of a file called `name` (may be empty or `-`) that holds `source`.

    The extension decides where it is known; else the text: a page's or block's HTML tags, or one
    sure or two weaker signs of Markdown.
    """
    extension = name.rpartition(".")[2].lower()
    if "." in name and extension in _EXTENSIONS:
        return _EXTENSIONS[extension]
    head = source[:_SNIFFED]
    page = _PAGE.match(head.removeprefix("\ufeff"))
    if page or (_BLOCK_ELEMENT.search(head) and _ELEMENT.search(head)):
        return Format.HTML
    if front_matter_end(head) or _MARKDOWN_SURE.search(head):
        return Format.MARKDOWN
    if len(_ELEMENT.findall(head)) >= 2:
        return Format.HTML
    return Format.MARKDOWN if len(_MARKDOWN_HINT.findall(head)) >= 2 else Format.TEXT


def decode(data: bytes, name: str = "the input") -> str:
    """Return the text of `data`: UTF-8, with a byte order mark or without, or UTF-16 with one.

    Line ends stay as they are and so does a UTF-8 byte order mark, so that encoding gives back the
    bytes. Raises InputError for other encodings and for what is no text, saying where.
    """
    encoding = next((e for bom, e in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as e:
        raise InputError(
            f"{name} is not {encoding.upper()} text: byte {e.start} does not belong to it.",
            remedy="Give it as UTF-8, or as UTF-16 with a byte order mark.",
        ) from e
    if m := _CONTROL.search(text):
        raise InputError(
            f"{name} is not text: it holds the control character U+{ord(m.group()):04X} at {m.start()}.",
            remedy="Give plain text, Markdown or HTML.",
        )
    return text
