"""Reading files by line or JSON value: plain or gzip, with whatever does not read reported by line."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

BOM = b"\xef\xbb\xbf"
NOT_UTF8 = re.compile("[\udc80-\udcff]")  # how `surrogateescape` reads bytes that are no text
BROKEN_VALUE = "the value that starts here is not UTF-8 throughout"
THE_REST = "*"
BLOCK = 1 << 18
LARGEST_JSON = 256 * 1024 * 1024  # a single JSON document is held in memory whole; lines are not


@dataclass(frozen=True, slots=True)
class BadRow:
    """Something in a file that could not be used.

    `line` counts from 1, 0 where the file as a whole is meant. An empty `field` means that the whole
    row was skipped, `*` that nothing could be read from there on; else the film stands without that field.
    """

    path: Path
    line: int
    reason: str
    field: str = ""

    def __str__(self) -> str:
        lost = f"{self.field} left out: " if self.field else "row skipped: " if self.line else ""
        lost = "nothing read from here on: " if self.field == THE_REST else lost
        at = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{at}: {lost}{self.reason}"


@dataclass(frozen=True, slots=True)
class Value:
    """A JSON value and the line on which it starts."""

    line: int
    value: object


def open_binary(path: Path) -> IO[bytes]:
    """Open `path` for reading bytes, through gzip where its first bytes say so."""
    with path.open("rb") as peek:
        zipped = peek.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(path, "rb")) if zipped else path.open("rb")


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes] | BadRow]:
    """Yield (line number, bytes without the line end); a damaged gzip ends in a BadRow.

    Every whole line before the damage is yielded.
    """
    at = 0
    with open_binary(path) as file:
        try:
            for at, raw in enumerate(file, start=1):
                line = raw.removeprefix(BOM) if at == 1 else raw
                yield at, line.rstrip(b"\r\n")
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield BadRow(path, at + 1, f"the gzip data is damaged or cut off here ({error})", THE_REST)


def text_lines(path: Path) -> Iterator[tuple[int, str] | BadRow]:
    """Yield (line number, text); a line that is not UTF-8 is a BadRow, the others stand."""
    for item in numbered_lines(path):
        if isinstance(item, BadRow):
            yield item
            continue
        number, raw = item
        try:
            yield number, raw.decode("utf-8")
        except UnicodeDecodeError as error:
            yield BadRow(path, number, f"not UTF-8 at byte {error.start + 1} of the line")


def json_values(path: Path) -> Iterator[Value | BadRow]:
    """Yield the values of a JSON Lines file, the items of a JSON array, or one JSON document."""
    if is_json_lines(path):
        yield from _json_lines(path)
    else:
        yield from _json_document(path)


def first_json(path: Path) -> object:
    """Return the first JSON value of `path`, or None where there is none."""
    for item in json_values(path):
        if isinstance(item, Value):
            return item.value
    return None


def is_json_lines(path: Path) -> bool:
    """Return whether some early line of `path` is a JSON object by itself."""
    for seen, item in enumerate(text_lines(path)):
        if isinstance(item, tuple) and item[1].lstrip().startswith("{"):
            try:
                return isinstance(json.loads(item[1]), dict)
            except ValueError:
                pass
        if seen == 20:
            break
    return False


def _json_lines(path: Path) -> Iterator[Value | BadRow]:
    for item in text_lines(path):
        if isinstance(item, BadRow):
            yield item
            continue
        number, line = item
        if not line.strip():
            continue
        try:
            yield Value(number, json.loads(line))
        except (ValueError, RecursionError) as error:
            yield BadRow(path, number, f"not JSON: {error}")


def _json_document(path: Path) -> Iterator[Value | BadRow]:
    raw = bytearray()
    with open_binary(path) as file:
        try:
            while (read := file.read1(BLOCK)) and len(raw) <= LARGEST_JSON:  # type: ignore[attr-defined]  # both have it
                raw += read
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield BadRow(path, 0, f"the gzip data is damaged or cut off ({error})")
    if len(raw) > LARGEST_JSON:
        yield BadRow(path, 0, "a JSON document over 256 MiB: give it as JSON Lines")
        return
    yield from _items(path, raw.removeprefix(BOM).decode("utf-8", "surrogateescape"))


def _items(path: Path, text: str) -> Iterator[Value | BadRow]:
    """Yield the items of a JSON array, or the one document; what follows a broken item stands where it can be
    told where the next one begins: on a line of its own, as far from the margin.
    """
    line, counted = 1, 0
    start = _after_space(text, 0)
    many = text[start : start + 1] == "["
    at: int | None = _after_space(text, start + 1) if many else start
    while at is not None and text[at : at + 1] not in ("]" if many else "", ""):
        begun = at
        line, counted = line + text.count("\n", counted, begun), begun
        try:
            value, end = json.JSONDecoder().raw_decode(text, begun)
            broken = NOT_UTF8.search(text, begun, end)
            yield BadRow(path, line, BROKEN_VALUE) if broken else Value(line, value)
            at = _next_item(text, end, many=many)
        except (ValueError, RecursionError) as error:
            at = _next_like(text, begun) if many else None
            at_line = error.lineno if isinstance(error, json.JSONDecodeError) else line
            yield BadRow(path, at_line, f"not JSON: {error}", "" if at else THE_REST)


def _after_space(text: str, at: int) -> int:
    while text[at : at + 1] in {" ", "\n", "\r", "\t"}:
        at += 1
    return at


def _next_item(text: str, end: int, *, many: bool) -> int | None:
    """Return where the item after one that ends at `end` begins, None after the last. Raises ValueError."""
    end = _after_space(text, end)
    if many and text[end : end + 1] == ",":
        return _after_space(text, end + 1)
    if many and text[end : end + 1] != "]":
        raise json.JSONDecodeError("Expecting ',' delimiter", text, end)
    if not many and text[end:]:
        raise json.JSONDecodeError("Extra data", text, end)
    return None


def _next_like(text: str, at: int) -> int | None:
    """Return where the next object begins that stands on its line as the one at `at` does."""
    margin = text[text.rfind("\n", 0, at) + 1 : at]
    if margin.strip():
        return None
    found = re.compile(rf"^{margin}(?=\{{)", re.MULTILINE).search(text, at + 1)
    return found.end() if found else None
