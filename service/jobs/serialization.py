"""Run data is JSON: readable in the database, and never unpickled."""

from __future__ import annotations

import json
from typing import Any

from dbos import Serializer


class JsonSerializer(Serializer):
    """Stores arguments, step results and outcomes as JSON text.

    Only JSON values pass the edge of a run, save one thing: an exception that escapes a step or a
    run (a bug, a cancellation) is kept as its type's name and message.
    """

    def serialize(self, data: Any) -> str:  # noqa: ANN401 - the library's own signature
        """Return `data` as JSON text. Raises TypeError for what is not JSON."""
        if isinstance(data, BaseException):
            return json.dumps({"__exception__": type(data).__name__, "message": str(data)})
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    def deserialize(self, serialized_data: str) -> Any:  # noqa: ANN401 - the library's own signature
        """Return the value stored; an exception comes back as RuntimeError with its old name."""
        value = json.loads(serialized_data)
        if isinstance(value, dict) and "__exception__" in value:
            return RuntimeError(f"{value['__exception__']}: {value['message']}")
        return value

    def name(self) -> str:
        """Return the name under which the database records this format."""
        return "finecut_json"
