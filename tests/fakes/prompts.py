"""A prompt library that renders no files: the values themselves are the message."""

from __future__ import annotations

import json
from collections.abc import Mapping

from service.writing.ports import Message


class FakePrompts:
    """Renders any prompt as its name and its values in JSON."""

    def render(self, name: str, values: Mapping[str, object]) -> tuple[tuple[Message, ...], str]:
        content = json.dumps(dict(values), ensure_ascii=False, default=str)
        return (Message("system", name), Message("user", content)), f"hash-of-{name}"
