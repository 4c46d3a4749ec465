"""A service that asks for keys: who is let in, who is told what."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.access import Scope, issue
from service.app import access_rules, build, create_app
from service.cli.serving import listen
from service.errors import InputError
from service.settings import Settings
from service.web.access import Access, AccessRules


def _settings(home: Path, **given: object) -> Settings:
    return Settings(_env_file=None, home=home, database_url="", model="none", **given)  # type: ignore[arg-type]  # the test's own values


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guarded")


@pytest.fixture(scope="module")
def keys(home: Path) -> dict[str, str]:
    """Return the texts of one key of each scope, of a slow one and of a revoked one."""

    async def store() -> dict[str, str]:
        service = build(_settings(home))
        await service.open()
        texts = {}
        for name, scope, rate in [
            ("read", Scope.READ, None),
            ("write", Scope.WRITE, None),
            ("admin", Scope.ADMIN, None),
            ("slow", Scope.READ, 2),
            ("revoked", Scope.ADMIN, None),
        ]:
            key, texts[name] = issue(name, scope, rate)
            await service.keys.add(key)
            if name == "revoked":
                await service.keys.revoke(key.id)
        await service.aclose()
        return texts

    return asyncio.run(store())


@pytest.fixture(scope="module")
def guarded(home: Path, keys: dict[str, str]) -> Iterator[TestClient]:
    with TestClient(create_app(_settings(home, auth="keys"))) as running:
        yield running


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


@pytest.mark.parametrize("sent", [None, "Bearer x", "Bearer fc_000000000000_" + "a" * 43, "Basic !", "Token"])
def test_without_a_key_in_force_the_answer_is_401(guarded: TestClient, sent: str | None) -> None:
    answer = guarded.get("/v1/films", headers={"Authorization": sent} if sent else {})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Bearer" in answer.headers["www-authenticate"]
    assert "finecut keys create" in answer.json()["remedy"]


def test_a_revoked_key_is_as_good_as_none(guarded: TestClient, keys: dict[str, str]) -> None:
    assert guarded.get("/v1/films", headers=bearer(keys["revoked"])).status_code == 401


def test_health_is_open(guarded: TestClient) -> None:
    assert guarded.get("/healthz").status_code == 200
    assert guarded.get("/openapi.json").status_code == 200


def test_a_key_does_what_its_scope_says(guarded: TestClient, keys: dict[str, str]) -> None:
    film = {"title": "A Plain Film", "year": 1999}
    draft = {"film": {"title": "A Plain Film"}, "notes": "It is plain."}
    assert guarded.get("/v1/films", headers=bearer(keys["read"])).status_code == 200
    assert (
        guarded.post("/v1/scores", json={"content": "Plain."}, headers=bearer(keys["read"])).status_code
        == 200
    )
    refused = guarded.post("/v1/reviews", json=draft, headers=bearer(keys["read"]))
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")
    assert "'write'" in refused.json()["detail"]
    assert guarded.post("/v1/films", json=film, headers=bearer(keys["write"])).status_code == 403
    assert guarded.post("/v1/films", json=film, headers=bearer(keys["admin"])).status_code in {201, 422}


def test_a_browser_sends_the_key_as_a_password(guarded: TestClient, keys: dict[str, str]) -> None:
    sent = base64.b64encode(f"me:{keys['read']}".encode()).decode()
    assert guarded.get("/", headers={"Authorization": f"Basic {sent}"}).status_code == 200


def test_beyond_its_rate_a_key_is_told_when_to_return(guarded: TestClient, keys: dict[str, str]) -> None:
    answers = [guarded.get("/v1/films", headers=bearer(keys["slow"])) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert answers[0].headers["ratelimit-policy"] == '"key";q=2;w=60'
    assert answers[0].headers["ratelimit"].startswith('"key";r=1;t=')
    assert 1 <= int(answers[2].headers["retry-after"]) <= 30
    assert answers[2].json()["type"] == "/problems/rate-limited"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_foreign_page_cannot_send_a_request_for_its_reader(
    guarded: TestClient, keys: dict[str, str], site: str
) -> None:
    headers = {**bearer(keys["write"]), "Sec-Fetch-Site": site}
    sent = guarded.post("/v1/scores", json={"content": "Plain."}, headers=headers)
    assert sent.status_code == 403


@pytest.mark.parametrize(
    ("host", "auth", "required", "never"),
    [
        ("127.0.0.1", "", False, False),
        ("::1", "", False, False),
        ("0.0.0.0", "", True, False),
        ("finecut.example", "", True, False),
        ("127.0.0.1", "keys", True, False),
        ("0.0.0.0", "off", True, True),
    ],
)
def test_the_address_decides_where_the_setting_does_not(
    tmp_path: Path, host: str, auth: str, required: bool, never: bool
) -> None:
    rules = access_rules(_settings(tmp_path, host=host, auth=auth))
    assert (rules.required, rules.never) == (required, never)


def test_another_server_than_ours_asks_on_a_reachable_address_too() -> None:
    asks = Access(lambda *_: None, AccessRules())._asked_for  # type: ignore[arg-type]  # not called
    assert asks({"server": ("10.0.0.5", 8000)})
    assert not asks({"server": ("127.0.0.1", 8000)})
    assert not asks({"server": ("/run/finecut.sock", None)})


@pytest.mark.parametrize(
    ("rules", "server", "host", "let_in"),
    [
        (AccessRules(), "127.0.0.1", "127.0.0.1:8000", True),
        (AccessRules(), "127.0.0.1", "localhost", True),
        (AccessRules(), "127.0.0.1", "finecut.localhost.", True),
        (AccessRules(), "::1", "[::1]:8000", True),
        (AccessRules(), "127.0.0.1", "rebound.example:8000", False),
        (AccessRules(), "127.0.0.1", "127.0.0.1.rebound.example", False),
        (AccessRules(), "127.0.0.1", "", False),
        (AccessRules(), "10.0.0.5", "finecut.example", True),  # a key is asked for there
        (AccessRules(required=True), "127.0.0.1", "finecut.example", True),
        (AccessRules(never=True), "127.0.0.1", "finecut.example", True),  # somebody chose that
        (AccessRules(hosts=("finecut.example",)), "127.0.0.1", "Finecut.Example:443", True),
        (AccessRules(hosts=("finecut.example",), required=True), "10.0.0.5", "other.example", False),
    ],
)
def test_a_request_for_another_name_is_not_answered(
    rules: AccessRules, server: str, host: str, let_in: bool
) -> None:
    headers = [(b"host", host.encode())]
    scope = {"type": "http", "method": "GET", "path": "/v1/films", "server": (server, 80), "headers": headers}
    refused = Access(lambda *_: None, rules)._misdirected(scope)  # type: ignore[arg-type]  # not called
    assert (refused is None) == let_in
    if refused is not None:
        assert refused.status_code == 421
        assert b"FINECUT_HOSTS" in bytes(refused.body)


def test_hosts_are_read_from_the_setting(tmp_path: Path) -> None:
    assert access_rules(_settings(tmp_path, hosts="a.example, B.example,")).hosts == (
        "a.example",
        "b.example",
    )


def test_what_a_caller_writes_of_a_proxy_is_not_believed(tmp_path: Path) -> None:
    asks = Access(lambda *_: None, AccessRules())._asked_for  # type: ignore[arg-type]  # not called
    forwarded = [
        (b"x-forwarded-for", b"127.0.0.1"),
        (b"forwarded", b"for=127.0.0.1"),
        (b"host", b"localhost"),
    ]
    assert asks({"server": ("10.0.0.5", 8000), "headers": forwarded})


def test_serving_other_machines_without_a_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="finecut keys create"):
        listen(_settings(tmp_path), host="0.0.0.0", port=0)


def test_webhooks_are_an_admins(guarded: TestClient, keys: dict[str, str]) -> None:
    asked = {"url": "https://example.org/hook"}
    assert guarded.post("/v1/webhooks", json=asked, headers=bearer(keys["write"])).status_code == 403
    made = guarded.post("/v1/webhooks", json=asked, headers=bearer(keys["admin"]))
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    listed = guarded.get("/v1/webhooks", headers=bearer(keys["admin"])).json()["webhooks"]
    assert [(w["id"], "secret" in w) for w in listed] == [(made.json()["id"], False)]
    gone = guarded.delete(f"/v1/webhooks/{made.json()['id']}", headers=bearer(keys["admin"]))
    assert gone.status_code == 204


def test_a_webhook_into_the_service_s_own_network_is_refused(
    guarded: TestClient, keys: dict[str, str]
) -> None:
    asked = {"url": "https://169.254.169.254/latest/meta-data"}
    refused = guarded.post("/v1/webhooks", json=asked, headers=bearer(keys["admin"]))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "url")


def test_a_key_lists_its_own_runs_and_an_admin_all(guarded: TestClient, keys: dict[str, str]) -> None:
    body = {"content": "It is very, very good.", "format": "text"}
    made = {
        name: guarded.post("/v1/edits", json=body, headers=bearer(keys[name])).json()["id"]
        for name in ("write", "admin")
    }

    def listed(name: str) -> list[str]:
        return [job["id"] for job in guarded.get("/v1/jobs", headers=bearer(keys[name])).json()["jobs"]]

    assert listed("write") == [made["write"]]
    assert listed("read") == []
    assert listed("admin")[:2] == [made["admin"], made["write"]]
