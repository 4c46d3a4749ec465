"""Reading a batch: bytes to lines, lines to requests, each fault with the number of its line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from service.errors import InputError, InputTooLarge
from service.films import JSON
from service.jobs.outcome import error_to_json
from service.store.batches import BatchLimits, Line, LineState, Via
from service.writing.requests import EditsRequest, Formed, ReviewRequest

MAX_LINES = 100_000
MAX_LINE_BYTES = 4_000_000
KINDS: Mapping[str, type[ReviewRequest | EditsRequest]] = {"review": ReviewRequest, "edit": EditsRequest}


@dataclass(frozen=True, slots=True)
class AcceptOptions:
    """What a line without `kind` or `model` means, whether bad lines refuse the whole, and the limits.

    Where the same batch was begun before and nothing came for `patience`, it is begun anew. `key_id` names
    the API key that its calls are charged to.
    """

    kind: str | None = None
    model: str | None = None
    strict: bool = False
    limits: BatchLimits = field(default_factory=BatchLimits)
    patience: timedelta = timedelta(minutes=1)
    via: Via = Via.CALLS
    key_id: str = ""


CustomId = Annotated[
    str, Field(min_length=1, max_length=200), Formed(r"[^\x00]*", "a name of your own without NUL characters")
]


class _Envelope(BaseModel):
    model_config = ConfigDict(extra="allow")

    custom_id: CustomId | None = None
    kind: Literal["review", "edit"]


_ENVELOPE = TypeAdapter(_Envelope)


async def split_lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield the lines of a stream without their ends. Raises InputTooLarge for an endless one."""
    rest = b""
    async for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line
        if len(rest) > MAX_LINE_BYTES:
            raise InputTooLarge(
                f"A line of the batch has more than {MAX_LINE_BYTES:,} bytes.",
                remedy="Send JSON Lines: one request a line, with a line feed at its end.",
            )
    if rest:
        yield rest


def read_line(raw: bytes, number: int, options: AcceptOptions) -> Line:
    """Return the line as it will run; one that does not read is `invalid` and carries its error."""
    given: dict[str, JSON] = {}
    try:
        given = _object(raw, number)
        for name, value in (("kind", options.kind), ("model", options.model)):
            if value is not None:
                given.setdefault(name, value)
        return _valid(given, number)
    except InputError as error:
        kind, custom_id = given.get("kind"), given.get("custom_id")
        return Line(
            number,
            kind if isinstance(kind, str) and kind in KINDS else "",
            custom_id[:200].replace("\x00", "") if isinstance(custom_id, str) else None,
            error=error_to_json(error),
            state=LineState.INVALID,
        )


def twice(line: Line, earlier: int) -> Line:
    """Return `line` as invalid: its custom_id stands on line `earlier` already."""
    error = InputError(
        f"Line {line.number}: the custom_id {line.custom_id!r} stands on line {earlier} already.",
        field="custom_id",
        remedy="Give each line one of its own, or none.",
    )
    return Line(line.number, line.kind, line.custom_id, error=error_to_json(error), state=LineState.INVALID)


def _object(raw: bytes, number: int) -> dict[str, JSON]:
    try:
        given = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise InputError(
            f"Line {number} is not JSON ({error}).", remedy="Send one JSON object a line, in UTF-8."
        ) from None
    if not isinstance(given, dict):
        raise InputError(f"Line {number} is JSON, but not an object.", remedy='Send {"kind": "edit", …}.')
    return given


def _valid(given: dict[str, JSON], number: int) -> Line:
    try:
        envelope = _ENVELOPE.validate_python(given)
        body = {name: value for name, value in given.items() if name not in ("custom_id", "kind")}
        # JSON's own mode: enums and the like come as strings here.
        request = KINDS[envelope.kind].model_validate_json(orjson.dumps(body))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        first = ".".join(str(part) for part in faults[0]["loc"])
        said = "; ".join(_sentence(fault["loc"], fault["msg"]) for fault in faults[:5])
        raise InputError(f"Line {number}: {said}.", field=first) from None
    return Line(number, envelope.kind, envelope.custom_id, request.model_dump(mode="json"))


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in location)
    said = message.removeprefix("Value error, ")
    return f"{where}: {said}" if where else said
