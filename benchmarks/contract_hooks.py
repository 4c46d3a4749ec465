"""What Schemathesis is taught of Finecut's media types."""

from __future__ import annotations

import json
from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def json_lines(ctx: schemathesis.SerializationContext, value: Any) -> bytes:  # noqa: ANN401, ARG001 - its form
    """Write a generated value as JSON Lines."""
    lines = value if isinstance(value, list) else [value]
    return "\n".join(v if isinstance(v, str) else json.dumps(v) for v in lines).encode(errors="replace")
