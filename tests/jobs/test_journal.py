"""The journal: said at once, written together, and an end behind all that came before it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from service.jobs.journal import Journal
from service.writing.ports import Event


class Log:
    """Keeps what is written, and how many events came in each transaction."""

    def __init__(self) -> None:
        self.written: list[tuple[str, int]] = []
        self.together: list[int] = []
        self.fault: Exception | None = None

    def append(self, run_id: str, event: Event) -> None:
        self.extend([(run_id, event)])

    def extend(self, said: Sequence[tuple[str, Event]]) -> None:
        if self.fault is not None:
            raise self.fault
        self.together.append(len(said))
        self.written += [(run_id, event.number) for run_id, event in said]

    def after(self, run_id: str, number: int) -> Sequence[Event]:
        raise NotImplementedError


def event(number: int) -> Event:
    return Event(number, "plan", {})


def test_what_is_said_is_written_before_the_end_that_is_told() -> None:
    log = Log()
    journal = Journal(log)
    for number in (1, 2, 3):
        journal.say("a", event(number))
    journal.tell("a", event(4))
    journal.close()
    assert log.written == [("a", 1), ("a", 2), ("a", 3), ("a", 4)]


def test_what_many_runs_say_is_written_in_few_transactions() -> None:
    log = Log()
    journal = Journal(log)
    for number in range(1, 101):
        journal.say("a", event(number))
        journal.say("b", event(number))
    journal.close()
    assert len(log.written) == 200
    assert len(log.together) <= 2


def test_a_log_that_fails_costs_progress_and_raises_for_an_end_alone() -> None:
    log = Log()
    journal = Journal(log)
    log.fault = ConnectionError("gone")
    journal.say("a", event(1))
    with pytest.raises(ConnectionError):
        journal.tell("a", event(2))
    log.fault = None
    journal.tell("a", event(2))
    journal.close()
    assert log.written == [("a", 2)]
