"""The OpenAPI document: what it declares, and a bounded run of Schemathesis against a service.

`python -m benchmarks.contract` sends 10,000 cases.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.contract import examine, new_key, service
from service.access import needed_scope
from service.app import create_app
from service.settings import Settings


def test_every_route_declares_its_refusals_as_problem_documents(tmp_path: Path) -> None:
    document = create_app(Settings(_env_file=None, home=tmp_path, model="none")).openapi()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            content = operation["responses"]["4XX"]["content"]
            assert list(content) == ["application/problem+json"], (method, path)
            assert ("security" in operation) == (needed_scope(method.upper(), path) is not None)
    for path in ("/v1/reviews", "/v1/edits", "/v1/evals"):
        assert "202" in document["paths"][path]["post"]["responses"]
    assert document["components"]["schemas"]["Problem"]["required"]


@pytest.mark.timeout(180)
@pytest.mark.parametrize("auth", ["off", "keys"])
def test_answers_are_as_the_document_declares(tmp_path: Path, auth: str) -> None:
    key = new_key(tmp_path) if auth == "keys" else ""
    with service(tmp_path, auth) as address:
        cases, faults = examine(address, 3, key=key, phases="fuzzing")
    assert faults == ""
    assert cases >= 60
