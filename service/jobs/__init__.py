"""Jobs: drafts and edits as durable runs."""

from service.jobs.ports import EventLog, ModelFactory, ResultSink, Run, RunState
from service.jobs.runs import Runs, RunsConfig

__all__ = [
    "Event",
    "EventLog",
    "ModelFactory",
    "ResultSink",
    "Run",
    "RunState",
    "Runs",
    "RunsConfig",
    "UseCase",
]
