"""Webhooks: signed, retried, told once a run, and never into a private network."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select
from standardwebhooks import Webhook as Verifier

from service.errors import InputError, NotFound
from service.jobs.webhooks import Deliverer, PublicResolver, TellingLog, new_webhook, secret_of
from service.store import Database, SqlBatches, SqlEvents, SqlWebhooks, open_database
from service.store.batches import BatchLimits, BatchState, Line, LineState
from service.store.webhooks import DELIVERIES, WEBHOOKS
from service.writing.ports import Event


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path}/finecut.db")
    yield opened
    opened.close()


@pytest.fixture
def webhooks(database: Database) -> SqlWebhooks:
    return SqlWebhooks(database)


class Receiver:
    """A service that is told, and answers each message with the next of `statuses` (then 200)."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.got: list[tuple[dict[str, str], str]] = []

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(({k.lower(): v for k, v in request.headers.items()}, await request.text()))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers={"Location": "/elsewhere"} if status == 302 else {})


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    taking = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", taking.take)
    async with TestServer(app) as server:
        yield taking, str(server.make_url("/hook"))


async def test_a_cancelled_run_is_told(database: Database, webhooks: SqlWebhooks) -> None:
    await webhooks.add(new_webhook("https://example.org/hook", private=False))
    log = TellingLog(SqlEvents(database), webhooks, lambda _state: None)
    log.append("r1", Event(2**31 - 1, "cancelled", {"id": "r1"}))
    (due,) = await webhooks.claim(timedelta(seconds=1))
    assert (due.payload["type"], due.payload["data"]) == ("run.cancelled", {"id": "r1", "job": "/v1/jobs/r1"})


async def test_a_batch_is_told_each_time_it_pauses_ends_or_is_cancelled(
    database: Database, webhooks: SqlWebhooks
) -> None:
    await webhooks.add(new_webhook("https://example.org/hook", private=False))
    batches = SqlBatches(database)
    for name in ("a", "b"):
        batches.create(name, BatchLimits())
        batches.add(name, [Line(1, "edit", None, {"content": "x"})])
        batches.accepted(name, "digest")
    batches.set_state("a", BatchState.PAUSED, "budget", of=[BatchState.RUNNING])
    batches.set_state("a", BatchState.PAUSED, "budget", of=[BatchState.RUNNING])  # no change
    batches.set_state("a", BatchState.RUNNING, of=[BatchState.PAUSED])
    assert not batches.finish("a")
    batches.claim("a", 1)
    batches.settle("a", 1, LineState.DONE)
    assert batches.finish("a")
    batches.set_state("b", BatchState.CANCELLED, "asked", of=[BatchState.RUNNING])
    due = await webhooks.claim(timedelta(seconds=1))
    assert [(d.payload["type"], d.payload["data"]) for d in due] == [
        ("batch.paused", {"id": "a", "batch": "/v1/batches/a"}),
        ("batch.done", {"id": "a", "batch": "/v1/batches/a"}),
        ("batch.cancelled", {"id": "b", "batch": "/v1/batches/b"}),
    ]


async def test_a_secret_that_is_derived_is_not_stored_and_signs_all_the_same(
    database: Database, webhooks: SqlWebhooks, receiver: tuple[Receiver, str]
) -> None:
    taking, url = receiver
    webhook = new_webhook(url, private=True, key="long and random")
    await webhooks.add(webhook)
    with database.read() as connection:
        assert connection.execute(select(WEBHOOKS.c.secret)).scalar() == ""
    webhooks.enqueue("m1", "run.done", {})
    unable = Deliverer(webhooks, private=True, told=lambda _outcome: None)
    await unable.deliver_due()
    assert not taking.got
    with database.write() as connection:
        connection.execute(DELIVERIES.update().values(due=datetime.now(UTC)))
    await Deliverer(webhooks, private=True, told=lambda _outcome: None, key="long and random").deliver_due()
    headers, body = taking.got[0]
    secret = secret_of(webhook.id, "", "long and random")
    assert Verifier(secret).verify(body, headers)["type"] == "run.done"
    assert secret_of(webhook.id, "", "another key") != secret
    assert secret_of("another webhook", "", "long and random") != secret


async def test_an_ended_run_is_told_signed_and_once(
    database: Database, webhooks: SqlWebhooks, receiver: tuple[Receiver, str]
) -> None:
    taking, url = receiver
    webhook = new_webhook(url, private=True)
    await webhooks.add(webhook)
    ended: Counter[str] = Counter()
    log = TellingLog(SqlEvents(database), webhooks, lambda state: ended.update([state]))
    last = Event(3, "done", {"id": "r1"})
    for event in (Event(1, "plan", {}), Event(2, "done", {"edits": 4}), last):
        log.append("r1", event)
    told: Counter[str] = Counter()
    deliverer = Deliverer(webhooks, private=True, told=lambda outcome: told.update([outcome]))
    assert await deliverer.deliver_due() == 1
    assert await deliverer.deliver_due() == 0
    headers, body = taking.got[0]
    payload = Verifier(webhook.secret).verify(body, headers)
    assert payload["type"] == "run.done"
    assert payload["data"] == {"id": "r1", "job": "/v1/jobs/r1"}
    assert (len(taking.got), told) == (1, {"delivered": 1})
    assert ended == {"done": 1}


@pytest.mark.parametrize("status", [500, 302, 410])
async def test_what_was_not_taken_is_sent_again_under_the_same_id(
    webhooks: SqlWebhooks, receiver: tuple[Receiver, str], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    taking, url = receiver
    monkeypatch.setattr("service.jobs.webhooks.PAUSES", (timedelta(0), timedelta(0)))
    await webhooks.add(new_webhook(url, private=True))
    webhooks.enqueue("msg_r1", "run.done", {})
    taking.statuses = [status, status]
    told: Counter[str] = Counter()
    deliverer = Deliverer(webhooks, private=True, told=lambda outcome: told.update([outcome]))
    while await deliverer.deliver_due():
        pass
    assert told == {"failed": 2, "delivered": 1}
    assert len({headers["webhook-id"] for headers, _ in taking.got}) == 1


async def test_a_message_is_given_up_in_the_end(
    webhooks: SqlWebhooks, receiver: tuple[Receiver, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    taking, url = receiver
    monkeypatch.setattr("service.jobs.webhooks.PAUSES", (timedelta(0),))
    await webhooks.add(new_webhook(url, private=True))
    webhooks.enqueue("msg_r1", "run.done", {})
    taking.statuses = [500] * 9
    told: Counter[str] = Counter()
    deliverer = Deliverer(webhooks, private=True, told=lambda outcome: told.update([outcome]))
    while await deliverer.deliver_due():
        pass
    assert told == {"failed": 1, "given_up": 1}


async def test_a_claimed_message_is_left_to_its_claimer(webhooks: SqlWebhooks) -> None:
    await webhooks.add(new_webhook("https://example.org/hook", private=False))
    webhooks.enqueue("msg_r1", "run.done", {})
    assert len(await webhooks.claim(timedelta(minutes=1))) == 1
    assert await webhooks.claim(timedelta(minutes=1)) == []


async def test_deleting_a_webhook_deletes_its_messages(webhooks: SqlWebhooks) -> None:
    webhook = new_webhook("https://example.org/hook", private=False)
    await webhooks.add(webhook)
    webhooks.enqueue("msg_r1", "run.done", {})
    await webhooks.delete(webhook.id)
    assert await webhooks.claim(timedelta(minutes=1)) == []
    with pytest.raises(NotFound):
        await webhooks.delete(webhook.id)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/",
        "https://localhost/",
        "https://user:word@example.org/",
        "ftp://example.org/",
        "https://example.org:99999/",
        "https://[/",
        "nothing",
        "https://example.org/\r\nHost: x",
    ],
)
def test_an_address_that_is_not_of_the_open_internet_is_refused(url: str) -> None:
    with pytest.raises(InputError, match=r"\."):
        new_webhook(url, private=False)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "127.1"])
async def test_a_name_that_leads_into_a_private_network_is_not_connected_to(host: str) -> None:
    with pytest.raises(OSError, match=r"private|not known|No address"):
        await PublicResolver().resolve(host, 443)


async def test_a_webhook_whose_name_moved_inside_is_not_told(
    webhooks: SqlWebhooks, receiver: tuple[Receiver, str]
) -> None:
    taking, url = receiver
    await webhooks.add(new_webhook(url.replace("127.0.0.1", "localhost"), private=True))
    await webhooks.add(new_webhook(url, private=True))
    webhooks.enqueue("msg_r1", "run.done", {})
    told: Counter[str] = Counter()
    await Deliverer(webhooks, private=False, told=lambda outcome: told.update([outcome])).deliver_due()
    assert (told, taking.got) == ({"failed": 2}, [])
