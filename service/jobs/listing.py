"""Runs as DBOS stores them, read and listed.

DBOS tells runs apart by the state of their workflow and by user. A run's kind, and whether it failed in a
way that was foreseen (the workflow itself then succeeds), is looked for among what that leaves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from dbos import DBOS, WorkflowStatus

from service.jobs.ports import Run, RunState

NAME = "finecut.run"
KIND = "kind"  # the attribute that holds a run's kind
BROKEN = ("ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
STORED = {
    RunState.RUNNING: ("PENDING", "ENQUEUED", "DELAYED"),
    RunState.DONE: ("SUCCESS",),
    RunState.FAILED: ("SUCCESS", *BROKEN),
    RunState.CANCELLED: ("CANCELLED",),
}
"""States of DBOS that a run in a state of ours may have."""
PAGE = 500  # runs of one query
LOOKED_AT = 20_000  # runs at the most that one listing looks at


async def listed(
    *, kind: str | None, state: RunState | None, key_id: str | None, limit: int, offset: int
) -> list[Run]:
    """Return runs, the newest first, of that kind, state and API key where they are given.

    Among more than LOOKED_AT runs the older ones are not found. Raises what the database raises.
    """
    found: list[Run] = []
    passed = 0
    async for run in _newest(state, key_id):
        if (kind is None or run.kind == kind) and (state is None or run.state is state):
            passed += 1
            if passed > offset:
                found.append(run)
            if len(found) == limit:
                break
    return found


async def _newest(state: RunState | None, key_id: str | None) -> AsyncIterator[Run]:
    for start in range(0, LOOKED_AT, PAGE):
        page = await DBOS.list_workflows_async(
            name=NAME,
            status=None if state is None else list(STORED[state]),
            user=key_id,
            sort_desc=True,
            load_input=False,
            limit=PAGE,
            offset=start,
        )
        for status in page:
            yield run_of(status)
        if len(page) < PAGE:
            return


def run_of(status: WorkflowStatus) -> Run:
    """Return a run as DBOS has it. Where an older version started it, its kind is read from its input."""
    output = status.output if isinstance(status.output, dict) else {}
    state = next((ours for ours, theirs in STORED.items() if status.status in theirs), RunState.FAILED)
    error = output.get("error")
    if state is RunState.DONE and error is not None:
        state = RunState.FAILED
    if state is RunState.FAILED and error is None:
        error = {
            "type": "Internal",
            "message": "The run broke off by a fault in Finecut; its log has the details.",
        }
    kind = (status.attributes or {}).get(KIND) or (status.input["args"][0] if status.input else "")
    return Run(
        status.workflow_id,
        str(kind),
        state,
        _time(status.created_at),
        _time(status.updated_at),
        output.get("result"),
        error,
        output.get("usage"),
        status.authenticated_user or "",
    )


def _time(milliseconds: int | None) -> datetime:
    return datetime.fromtimestamp((milliseconds or 0) / 1000, UTC)
