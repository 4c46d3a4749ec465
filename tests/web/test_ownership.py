"""With keys: a key that is no admin's is shown its own work alone, by every route that there is."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.access import Scope, issue
from service.app import build, create_app
from service.settings import Settings
from service.web.ownership import OWNED

SHARED = frozenset({"film_id", "webhook_id", "name", "extension", "control"})
"""Parameters of routes that name nobody's own: films are everybody's, webhooks the admins' alone."""
FILLED = {"extension": "md", "control": "pause"}
COPY = {"content": "It is very, very good. It is very, very good.", "format": "text"}
FILM = {"id": "a-plain-film-1999", "title": "A Plain Film", "year": 1999}
BODIES = {"/v1/edits/{edit_id}/decisions": {"all": True}}


def _settings(home: Path, **given: object) -> Settings:
    return Settings(_env_file=None, home=home, database_url="", model="none", **given)  # type: ignore[arg-type]  # the test's own values


def _routes(found: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield method and path of every route of an application, those of its routers among them."""
    for route in found:
        yield from _routes(route.original_router.routes if hasattr(route, "original_router") else ())
        path = getattr(route, "path", None) or ""
        yield from ((method, path) for method in sorted(getattr(route, "methods", None) or ()))


ROUTES = sorted(set(_routes(create_app(_settings(Path("unused"))).routes)))
GUARDED = [(m, p) for m, p in ROUTES if set(re.findall(r"{(\w+)", p)) & OWNED.keys()]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("owned")


@pytest.fixture(scope="module")
def keys(home: Path) -> dict[str, dict[str, str]]:
    """Return the headers of an admin, of whom the work is, of another writer and of a reader."""

    async def store() -> dict[str, dict[str, str]]:
        service = build(_settings(home))
        await service.open()
        sent = {}
        scopes = {"admin": Scope.ADMIN, "owner": Scope.WRITE, "other": Scope.WRITE, "reader": Scope.READ}
        for name, scope in scopes.items():
            key, text = issue(name, scope)
            await service.keys.add(key)
            sent[name] = {"Authorization": f"Bearer {text}"}
        await service.aclose()
        return sent

    return asyncio.run(store())


def _made(client: TestClient, headers: dict[str, str]) -> dict[str, str]:
    """Return the id of one of each kind, by the parameter that names it."""

    def post(path: str, **sent: Any) -> str:  # noqa: ANN401 - JSON
        answer = client.post(path, headers=headers, **sent)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    edit = post("/v1/edits", json=COPY)
    batch = post("/v1/batches", content=json.dumps({"kind": "edit", **COPY}))
    deadline = time.monotonic() + 60
    while client.get(f"/v1/batches/{batch}", headers=headers).json()["state"] != "done":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return {
        "review_id": post(
            "/v1/reviews", json={"film": {"id": FILM["id"]}, "notes": ["The father is innocent."]}
        ),
        "edit_id": edit,
        "job_id": edit,
        "eval_id": post("/v1/evals", json={"articles": [{"content": COPY["content"]}]}),
        "batch_id": batch,
    }


@pytest.fixture(scope="module")
def unkeyed(home: Path) -> dict[str, str]:
    """Return what was made before keys were asked for."""
    with TestClient(create_app(_settings(home))) as client:
        assert client.post("/v1/films", json=FILM).status_code == 201
        made = _made(client, {})
        assert client.get(f"/v1/edits/{made['edit_id']}").status_code == 200
        return made


@pytest.fixture(scope="module")
def client(home: Path, keys: dict[str, dict[str, str]], unkeyed: dict[str, str]) -> Iterator[TestClient]:
    assert keys
    assert unkeyed
    with TestClient(create_app(_settings(home, auth="keys"))) as running:
        yield running


@pytest.fixture(scope="module")
def owned(client: TestClient, keys: dict[str, dict[str, str]]) -> dict[str, str]:
    return _made(client, keys["owner"])


def _ask(client: TestClient, method: str, path: str, ids: dict[str, str], headers: dict[str, str]) -> Any:  # noqa: ANN401 - the client's own answer
    asked = path.format(**ids, **FILLED)
    query = {"before": ids["eval_id"]} if "comparison" in path else {}
    return client.request(
        method, asked, params=query, json=BODIES.get(path), headers=headers, follow_redirects=False
    )


def test_every_parameter_of_a_route_is_somebody_s_own_or_declared_shared() -> None:
    named = {name for _, path in ROUTES for name in re.findall(r"{(\w+)", path)}
    assert named - OWNED.keys() == SHARED
    assert len(GUARDED) > 25


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_another_key_s_is_not_found_and_not_told_from_what_is_nowhere(
    client: TestClient, keys: dict[str, dict[str, str]], owned: dict[str, str], method: str, path: str
) -> None:
    nowhere = {name: value[::-1] for name, value in owned.items()}
    for who in ("other", "reader"):
        there = _ask(client, method, path, owned, keys[who])
        if there.status_code == 403 and who == "reader":  # its scope is told of before
            continue
        absent = _ask(client, method, path, nowhere, keys[who])
        assert (there.status_code, absent.status_code) == (404, 404)
        text = absent.text
        for name, value in nowhere.items():
            text = text.replace(value, owned[name])
        assert there.text == text


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_what_was_made_without_a_key_is_the_admins(
    client: TestClient, keys: dict[str, dict[str, str]], unkeyed: dict[str, str], method: str, path: str
) -> None:
    assert _ask(client, method, path, unkeyed, keys["owner"]).status_code == 404
    if method == "GET":
        assert _ask(client, method, path, unkeyed, keys["admin"]).status_code in {200, 303}


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p in GUARDED if m == "GET"])
def test_the_key_that_made_it_and_an_admin_are_shown_it(
    client: TestClient, keys: dict[str, dict[str, str]], owned: dict[str, str], method: str, path: str
) -> None:
    for who in ("owner", "admin"):
        assert _ask(client, method, path, owned, keys[who]).status_code in {200, 303}


@pytest.mark.parametrize("kind", ["review", "edit", "eval", "batch"])
def test_lists_hold_a_key_s_own_and_an_admin_s_everybody_s(
    client: TestClient,
    keys: dict[str, dict[str, str]],
    owned: dict[str, str],
    unkeyed: dict[str, str],
    kind: str,
) -> None:
    name = "batches" if kind == "batch" else f"{kind}s"

    def listed(who: str) -> set[str]:
        return {entry["id"] for entry in client.get(f"/v1/{name}", headers=keys[who]).json()[name]}

    mine, before = owned[f"{kind}_id"], unkeyed[f"{kind}_id"]
    assert mine in listed("owner")
    assert before not in listed("owner")
    assert {mine, before} <= listed("admin")
    assert listed("other") == listed("reader") == set()


@pytest.mark.parametrize(
    ("path", "kind"), [("/", "review"), ("/", "edit"), ("/batches", "batch"), ("/evals", "eval")]
)
def test_pages_lead_to_a_key_s_own(
    client: TestClient, keys: dict[str, dict[str, str]], owned: dict[str, str], path: str, kind: str
) -> None:
    assert owned[f"{kind}_id"] in client.get(path, headers=keys["owner"]).text
    assert owned[f"{kind}_id"] not in client.get(path, headers=keys["other"]).text


def test_an_evaluation_is_not_compared_with_another_key_s(
    client: TestClient, keys: dict[str, dict[str, str]], owned: dict[str, str]
) -> None:
    mine = _made(client, keys["other"])["eval_id"]
    where, sent = f"/v1/evals/{mine}/comparison", keys["other"]
    assert client.get(where, params={"before": mine}, headers=sent).status_code == 200
    assert client.get(where, params={"before": owned["eval_id"]}, headers=sent).status_code == 404


@pytest.mark.parametrize(("path", "body"), [("/v1/edits", COPY), ("/v1/batches", {"kind": "edit", **COPY})])
def test_two_keys_may_use_the_same_idempotency_key(
    client: TestClient, keys: dict[str, dict[str, str]], path: str, body: dict[str, str]
) -> None:
    def made(who: str) -> str:
        answer = client.post(path, json=body, headers={**keys[who], "Idempotency-Key": "once"})
        assert answer.status_code == 201
        return str(answer.json()["id"])

    assert made("owner") == made("owner") != made("other")


def test_a_line_of_a_batch_is_the_key_s_that_sent_it(
    client: TestClient, keys: dict[str, dict[str, str]], owned: dict[str, str]
) -> None:
    results = client.get(f"/v1/batches/{owned['batch_id']}/results", headers=keys["owner"]).text
    line = json.loads(results)["id"]
    for path in (f"/v1/edits/{line}", f"/v1/jobs/{line}"):
        codes = [client.get(path, headers=keys[who]).status_code for who in ("owner", "admin", "other")]
        assert codes == [200, 200, 404]
