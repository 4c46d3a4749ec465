"""The prompt library: prompt files rendered by Jinja2 in its immutable sandbox.

A prompt file is `NAME.md.j2`. A line `=== system ===`, `=== user ===` or `=== assistant ===`
begins a message. The file is split before anything is rendered, so that data cannot forge one.
`{% include "part.md.j2" %}` brings in another file of the folder.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from service.errors import FinecutError, NotFound
from service.resources import folder
from service.writing.ports import Message

MARK = re.compile(r"^=== (system|user|assistant) ===[ \t]*\n", re.MULTILINE)
SUFFIX = ".md.j2"


def prompts_folder() -> Path:
    """Return the folder of the prompt files, in a checkout or an installed wheel."""
    return folder("prompts")


def quote(value: object) -> str:
    """Return `value` as JSON: text from outside then stands in quotes, on one line, and cannot end
    what it stands in.
    """
    return json.dumps(value, ensure_ascii=False)


class PromptFiles:
    """A `PromptLibrary` over a folder. Each file is read and compiled once."""

    def __init__(self, where: Path | None = None) -> None:
        self._folder = where or prompts_folder()
        self._compiled: dict[str, tuple[tuple[tuple[str, Template], ...], str]] = {}

    @cached_property
    def _environment(self) -> Environment:
        environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # a prompt is no HTML; `quote` is its escape
        )
        environment.filters["quote"] = quote
        return environment

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the prompts in the folder; parts (`_name`) are not among them."""
        found = (p.name.removesuffix(SUFFIX) for p in self._folder.glob(f"*{SUFFIX}"))
        return tuple(sorted(n for n in found if not n.startswith("_")))

    def render(self, name: str, values: Mapping[str, object]) -> tuple[tuple[Message, ...], str]:
        """Return the messages of prompt `name` and its content hash (12 hexadecimal digits).

        Raises NotFound for an unknown name and FinecutError where a value the file needs is missing.
        """
        parts, version = self._parts(name)
        try:
            messages = tuple(Message(role, _tidy(part.render(values))) for role, part in parts)
        except TemplateError as error:
            raise FinecutError(f"The prompt {name} cannot be filled: {error}.") from error
        return messages, version

    def _parts(self, name: str) -> tuple[tuple[tuple[str, Template], ...], str]:
        if name not in self._compiled:
            self._compiled[name] = self._compile(name)
        return self._compiled[name]

    def _compile(self, name: str) -> tuple[tuple[tuple[str, Template], ...], str]:
        path = self._folder / f"{name}{SUFFIX}"
        if not path.is_file():
            raise NotFound(f"No prompt is called {name}.", remedy=f"There are: {', '.join(self.names)}.")
        source = path.read_text(encoding="utf-8")
        pieces = MARK.split(source)
        parts = tuple(
            (role, self._environment.from_string(body))
            for role, body in zip(pieces[1::2], pieces[2::2], strict=True)
        )
        if not parts or pieces[0].strip():
            raise FinecutError(f"The prompt {name} must begin with a line such as '=== system ==='.")
        return parts, self._hash(source)

    def _hash(self, source: str) -> str:
        included = meta.find_referenced_templates(self._environment.parse(source))
        texts = [source, *((self._folder / name).read_text(encoding="utf-8") for name in included if name)]
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip()
