"""Files as they come: read from a path or stdin, refused with a reason where they hold no text."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from service.document import Format, decode, detect_format
from service.errors import InputError, UnsupportedFormat


def read_text(path: Path) -> str:
    """Return the text of a file, or of stdin for `-`, its line ends as they are.

    Raises InputError for a file that is not there or holds no text.
    """
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", remedy="Name a text file, or - for stdin."
        ) from error
    return decode(raw)


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file's table. Raises InputError for a file that is not there or is no TOML."""
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is no TOML: {error}.", remedy="Mend that line.") from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file. Raises InputError where it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}.", remedy="Name a file in a folder that exists."
        ) from error


def format_of(path: Path, source: str, named: str | None) -> Format:
    """Return the format named, or else the one that the file's name and text speak for."""
    if named is None:
        return detect_format(path.name, source)
    try:
        return Format(named)
    except ValueError:
        known = ", ".join(f.value for f in Format)
        raise UnsupportedFormat(f"There is no format {named!r}.", remedy=f"There are: {known}.") from None
