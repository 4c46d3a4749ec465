"""`/v1/edits`, `/v1/checks`, `/v1/scores` and films as a caller sees them."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service import resources

PARASITE = {"title": "Parasite", "year": 2019}


@pytest.fixture(scope="module")
def copy() -> str:
    return (resources.folder("demo") / "parasite-seo.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def edit(client: TestClient, copy: str) -> dict[str, Any]:
    body = {"content": copy, "format": "markdown", "film": PARASITE}
    answer = client.post("/v1/edits", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_title_and_description_are_answered_where_asked_for(client: TestClient, edit: dict[str, Any]) -> None:
    body = {"content": edit["content"], "format": "markdown", "film": PARASITE, "meta": True}
    meta = client.post("/v1/edits", json=body).json()["meta"]
    assert meta["title"]["length"] == len(meta["title"]["text"]) <= 60
    assert "film.directors" in meta["description"]["sources"]
    assert edit["meta"] is None


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


def test_the_score_rises_and_the_headings_stay(edit: dict[str, Any], copy: str) -> None:
    assert edit["scores"]["after"]["score"] > edit["scores"]["before"]["score"]
    assert headings(edit["content"]) == headings(copy)


def test_the_edits_make_the_content_out_of_the_source(edit: dict[str, Any], copy: str) -> None:
    out, at = [], 0
    for made in sorted(edit["edits"], key=lambda e: e["span"]):
        start, end = made["span"]
        assert copy[start:end] == made["before"]
        out += [copy[at:start], made["after"]]
        at = end
    assert "".join([*out, copy[at:]]) == edit["content"]


def test_every_edit_and_every_refusal_has_a_reason(edit: dict[str, Any]) -> None:
    assert edit["edits"]
    assert all(e["reason"] and e["origin"] for e in edit["edits"])
    assert all(e["gates"] and all(g["accepted"] for g in e["gates"]) for e in edit["edits"])
    assert all(any(not g["accepted"] and g["reason"] for g in e["gates"]) for e in edit["refused"])


def test_the_wrong_year_is_corrected_from_the_record(edit: dict[str, Any]) -> None:
    assert "since its release in 2018" not in edit["content"]
    assert edit["claims"]["corrected"]


def test_a_name_is_spelt_in_one_way(edit: dict[str, Any]) -> None:
    assert "Bong Joon ho" not in edit["content"]
    assert "Ki taek" not in edit["content"]


def test_rejecting_all_gives_the_input_back_and_accepting_all_the_edit(
    client: TestClient, edit: dict[str, Any], copy: str
) -> None:
    rejected = client.post(f"/v1/edits/{edit['id']}/decisions", json={"all": False})
    assert rejected.json()["content"] == copy
    accepted = client.post(f"/v1/edits/{edit['id']}/decisions", json={"all": True})
    assert accepted.json()["content"] == edit["content"]


def test_one_edit_can_be_rejected_alone(client: TestClient, edit: dict[str, Any]) -> None:
    chosen = edit["edits"][0]
    body = {"all": True, "reject": [chosen["id"]]}
    decided = client.post(f"/v1/edits/{edit['id']}/decisions", json=body).json()
    assert chosen["before"] in decided["content"]
    assert decided["decisions"][chosen["id"]] is False
    client.post(f"/v1/edits/{edit['id']}/decisions", json={"all": True})


def test_an_unknown_edit_id_is_refused_and_nothing_changes(client: TestClient, edit: dict[str, Any]) -> None:
    answer = client.post(f"/v1/edits/{edit['id']}/decisions", json={"reject": ["e999"]})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-edit")
    assert client.get(f"/v1/edits/{edit['id']}").json()["content"] == edit["content"]


def test_the_diff_and_the_marked_page_show_the_change(client: TestClient, edit: dict[str, Any]) -> None:
    diff = client.get(f"/v1/edits/{edit['id']}.diff").text
    assert diff.startswith("--- copy before\n+++ copy after\n")
    page = client.get(f"/v1/edits/{edit['id']}.html").text
    assert page.count("<del>") >= 1
    assert edit["edits"][0]["id"] in page


@pytest.mark.parametrize("content", ["", "   \n ", "a\u0000b"])
def test_copy_without_text_is_refused(client: TestClient, content: str) -> None:
    answer = client.post("/v1/edits", json={"content": content})
    assert answer.status_code == 422
    assert any(e["field"] == "content" for e in answer.json()["errors"])


@pytest.mark.parametrize(
    "content",
    [
        "<div><p>The film is good. <b>The film is good. <a href='x'>never",
        "\u202eשלום עולם. שלום עולם.\u202c",
        "{{ config }} {% for x in y %} ${jndi:ldap://x}",
        "[gallery ids='1,2'] The end. [/gallery",
        "🎬 " * 400,
    ],
)
def test_odd_copy_comes_back_whole(client: TestClient, content: str) -> None:
    answer = client.post("/v1/edits", json={"content": content, "format": "html"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["content"]


def test_a_score_is_the_same_each_time_and_on_the_command_line(client: TestClient, copy: str) -> None:
    from service.document import Format
    from service.writing.scoring import score_text

    body = {"content": copy, "format": "markdown"}
    first, again = (client.post("/v1/scores", json=body).json() for _ in range(2))
    assert first == again == score_text(copy, Format.MARKDOWN)
    for finding in first["findings"]:
        assert finding["texts"] == [copy[a:b] for a, b in finding["spans"]]


def test_a_check_lists_the_claims_of_a_text(client: TestClient) -> None:
    text = "Parasite was directed by Bong Joon-ho. It was released in 2018."
    answer = client.post("/v1/checks", json={"film": PARASITE, "content": text}).json()
    verdicts = {text[slice(*c["span"])]: c["verdict"] for c in answer["claims"]}
    assert verdicts["Bong Joon-ho"] == "supported"
    assert verdicts["2018"] == "contradicted"


def test_a_check_of_single_claims_answers_each(client: TestClient) -> None:
    claims = ["Bong Joon-ho directed the film.", "Ridley Scott directed the film.", "It smells of rain."]
    answer = client.post("/v1/checks", json={"film": PARASITE, "claims": claims}).json()
    assert [c["verdict"] for c in answer["claims"]] == ["supported", "contradicted", "not_in_metadata"]
    assert answer["claims"][1]["evidence"][0]["field"] == "directors"


def test_a_check_needs_one_of_content_and_claims(client: TestClient) -> None:
    answer = client.post("/v1/checks", json={"film": PARASITE})
    assert answer.status_code == 422
    assert "either" in answer.json()["detail"]


def test_a_film_is_created_read_replaced_and_deleted(client: TestClient) -> None:
    record = {"id": "a-test-1999", "title": "A Test", "year": 1999, "directors": ["Ann Example"]}
    assert client.post("/v1/films", json=record).status_code == 201
    assert client.post("/v1/films", json=record).status_code == 409
    assert client.get("/v1/films/a-test-1999").json()["directors"] == ["Ann Example"]
    assert client.put("/v1/films/a-test-1999", json={**record, "year": 2000}).json()["year"] == 2000
    assert "a-test-1999" in [
        f["id"] for f in client.get("/v1/films", params={"title": "a tset"}).json()["films"]
    ]
    assert client.delete("/v1/films/a-test-1999").status_code == 204
    assert client.delete("/v1/films/a-test-1999").status_code == 404


def test_a_film_record_that_does_not_read_names_its_field(client: TestClient) -> None:
    answer = client.post("/v1/films", json={"id": "x", "title": "X", "year": "soon"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-film-record")
    assert "year" in answer.json()["detail"]


def test_an_import_stores_the_good_lines_and_names_the_bad(client: TestClient) -> None:
    lines = '{"id": "im-1", "title": "One"}\nnot json\n{"id": "im-2"}\n'
    answer = client.post("/v1/films/import", content=lines).json()
    assert answer["imported"] == 1
    assert [p["line"] for p in answer["problems"]] == [2, 3]
    client.delete("/v1/films/im-1")


def test_health_says_which_model_answers(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["films"] >= 40
    assert ready["model"]["name"] == "none"


def test_every_problem_type_is_explained(client: TestClient) -> None:
    from service.web.errors import PROBLEMS

    for problem in PROBLEMS:
        assert client.get(f"/problems/{problem.name}").json()["title"] == problem.title


def test_the_pages_need_nothing_from_elsewhere(client: TestClient) -> None:
    for path in ("/", "/docs", "/redoc"):
        page = client.get(path)
        assert page.status_code == 200
        assert 'src="http' not in page.text
        assert "src='http" not in page.text
        assert 'href="http' not in page.text


def test_the_edit_as_a_word_document(client: TestClient, edit: dict[str, Any]) -> None:
    answer = client.get(f"/v1/edits/{edit['id']}.docx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert f"{edit['id']}.docx" in answer.headers["content-disposition"]
