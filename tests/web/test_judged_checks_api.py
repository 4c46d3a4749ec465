"""`/v1/checks` with a judge: how it fared stands beside the claims."""

from __future__ import annotations

from fastapi.testclient import TestClient

PARASITE = {"id": "parasite-2019"}
BODY = {"film": PARASITE, "content": "I liked the rain in this one.", "judge": True}


def test_a_model_that_is_too_weak_is_not_asked_and_says_so(client: TestClient) -> None:
    answer = client.post("/v1/checks", json=BODY).json()
    assert answer["claims"] == []
    assert answer["judge"]["state"] == "unfit"
    assert "too weak" in answer["judge"]["said"]


def test_without_the_field_there_is_no_judge(client: TestClient) -> None:
    assert "judge" not in client.post("/v1/checks", json={**BODY, "judge": False}).json()


def test_single_claims_may_be_judged_too(client: TestClient) -> None:
    body = {"film": PARASITE, "claims": ["Bong Joon-ho directed the film."], "judge": True}
    assert client.post("/v1/checks", json=body).json()["judge"]["state"] == "nothing_to_ask"
