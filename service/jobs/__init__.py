"""Jobs: drafts and edits as durable runs."""

from service.jobs.ports import Event, EventLog, ModelFactory, ResultSink, Run, RunState, UseCase
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
