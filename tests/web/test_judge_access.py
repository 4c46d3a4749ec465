"""A judge costs money: a key that only reads may check, but not ask one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.access import Scope, issue
from service.app import build, create_app
from service.settings import Settings

BODY = {"film": {"id": "parasite-2019"}, "content": "I liked the rain in this one."}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home: Path = tmp_path_factory.mktemp("judged")
    return Settings(_env_file=None, home=home, database_url="", model="none", auth="keys")


def test_a_judge_needs_the_scope_write(settings: Settings) -> None:
    keys = {scope: issue(scope.value, scope, None) for scope in Scope}

    async def store() -> None:
        service = build(settings)
        await service.open()
        for key, _ in keys.values():
            await service.keys.add(key)
        await service.aclose()

    asyncio.run(store())
    with TestClient(create_app(settings)) as guarded:

        def status(scope: Scope, *, judge: bool) -> int:
            sent = {"Authorization": f"Bearer {keys[scope][1]}"}
            return guarded.post("/v1/checks", json={**BODY, "judge": judge}, headers=sent).status_code

        assert [status(scope, judge=False) for scope in Scope] == [200, 200, 200]
        assert [status(scope, judge=True) for scope in Scope] == [403, 200, 200]
