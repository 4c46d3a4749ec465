"""The pages as a browser without a script sees them: forms, results, errors that keep what was typed."""

from __future__ import annotations

import html
import re
import time

import pytest
from fastapi.testclient import TestClient

from service import resources

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def copy() -> str:
    return (resources.folder("demo") / "parasite-seo.md").read_text(encoding="utf-8")


def sent(client: TestClient, form: str, fields: dict[str, str]) -> str:
    """Send a form that starts a run; return the path of its result once it has ended."""
    path = client.post(form, data=fields).url.path
    while path.startswith("/jobs/"):
        time.sleep(0.1)
        path = client.get(path).url.path
    return path


@pytest.fixture(scope="module")
def edited(client: TestClient, copy: str) -> str:
    """Return the path of an edit that was made by the form."""
    path = sent(client, "/edit", {"content": copy, "film": "Parasite (2019)"})
    assert path.startswith("/edits/")
    return path


@pytest.mark.parametrize("path", ["/", "/edit", "/draft", "/score", "/evals", "/films", "/batches"])
def test_a_page_is_html_that_runs_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", answer.text)
    assert not re.search(r"<script>|\son\w+=|style=", answer.text), "inline code would be refused"


def test_what_the_pages_load_is_served(client: TestClient) -> None:
    loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/").text)
    assert len(loaded) == 3
    assert [client.get(path).status_code for path in loaded] == [200, 200, 200]


def test_an_edit_shows_each_change_with_its_reason_and_checks(client: TestClient, edited: str) -> None:
    stored = client.get(f"/v1{edited}").json()
    shown = html.unescape(client.get(edited).text)
    for made in stored["edits"]:
        assert f'id="at-{made["id"]}"' in shown
        assert made["reason"] in shown
    assert shown.count("checks passed") == len(stored["edits"])
    assert f"{len(stored['edits'])} of {len(stored['edits'])} accepted" in shown


def test_a_rejected_edit_is_put_back_and_the_score_measured_again(client: TestClient, edited: str) -> None:
    made = client.get(f"/v1{edited}").json()["edits"]
    answer = client.post(f"{edited}/decisions", data={"reject": made[0]["id"]})
    assert answer.status_code == 200
    assert f"{len(made) - 1} of {len(made)} accepted" in answer.text
    assert "As you decided" in answer.text
    assert client.get(f"/v1{edited}").json()["decisions"][made[0]["id"]] is False
    again = client.post(f"{edited}/decisions", data={"accept": made[0]["id"]})
    assert "As you decided" not in again.text


def test_all_rejected_is_the_copy_as_it_came(client: TestClient, edited: str, copy: str) -> None:
    client.post(f"{edited}/decisions", data={"all": "reject"})
    assert client.get(f"/v1{edited}").json()["content"] == copy
    client.post(f"{edited}/decisions", data={"all": "accept"})


def test_lines_that_a_browser_ends_in_cr_lf_are_stored_as_they_were_typed(client: TestClient) -> None:
    path = sent(client, "/edit", {"content": "One line.\r\n\r\nAnother line."})
    assert client.get(f"/v1{path}").json()["source"] == "One line.\n\nAnother line."


def test_an_unknown_film_is_told_and_the_copy_stays_in_the_form(client: TestClient) -> None:
    answer = client.post("/edit", data={"content": "A copy that took an hour.", "film": "Parasit"})
    assert answer.status_code == 404
    assert "Nearest: Parasite (2019" in html.unescape(answer.text)
    assert "A copy that took an hour.</textarea>" in answer.text


def test_a_copy_of_white_space_is_refused_by_name(client: TestClient) -> None:
    answer = client.post("/edit", data={"content": "  \n "})
    assert answer.status_code == 422
    assert "Content: the content holds white space only" in answer.text


def test_a_draft_leads_each_sentence_to_its_notes_and_fields(client: TestClient) -> None:
    notes = "the staircase scenes are frightening\nplot: the Kims fold pizza boxes"
    answer = client.get(sent(client, "/draft", {"film": "parasite-2019", "notes": notes}))
    assert answer.status_code == 200, answer.text
    assert "2 of 2" in answer.text
    sentences = re.findall(r'class="sentence" id="s(\d+)" href="#from-(\d+)"', answer.text)
    assert sentences
    assert all(a == b and f'id="from-{b}"' in answer.text for a, b in sentences)
    assert "the staircase scenes are frightening" in answer.text


def test_a_draft_that_names_no_film_keeps_the_notes(client: TestClient) -> None:
    answer = client.post("/draft", data={"notes": "the score is loud", "rating": "4/5"})
    assert answer.status_code == 422
    assert "No film is named." in answer.text
    assert "the score is loud</textarea>" in answer.text
    assert 'value="4/5"' in answer.text


def test_a_rating_that_reads_as_none_is_refused_by_name(client: TestClient) -> None:
    answer = client.post("/draft", data={"film": "parasite-2019", "notes": "good", "rating": "great"})
    assert answer.status_code == 422
    assert "Rating:" in answer.text


def test_a_score_is_the_one_the_api_gives(client: TestClient, copy: str) -> None:
    same = client.post(
        "/v1/scores", json={"content": copy, "format": "markdown", "film": {"id": "parasite-2019"}}
    ).json()
    answer = client.post("/score", data={"content": copy, "film": "Parasite"})
    assert f">{same['score']:g}</a></b>" in answer.text
    assert answer.text.count('class="level ') == len(same["findings"])
    for part in same["parts"]:
        assert f"−{part['points']:g}" in answer.text


def test_what_a_copy_holds_is_shown_and_never_run(client: TestClient) -> None:
    fields = {"content": f"{SCRIPT} A word. {SCRIPT} A word."}
    for answer in (client.post("/score", data=fields), client.get(sent(client, "/edit", fields))):
        assert answer.status_code == 200
        assert SCRIPT not in answer.text
        assert "&lt;script&gt;" in answer.text


def test_a_film_shows_every_value_with_its_source(client: TestClient) -> None:
    stored = client.get("/v1/films/parasite-2019").json()
    shown = html.unescape(client.get("/films/parasite-2019").text)
    assert all(name in shown for name in stored["directors"])
    assert "Song Kang-ho (Kim Ki-taek)" in shown
    assert "Finecut editors" in shown


def test_films_are_found_by_a_misspelt_title(client: TestClient) -> None:
    assert 'href="/films/parasite-2019"' in client.get("/films", params={"title": "parasit"}).text
    assert "is called anything like" in client.get("/films", params={"title": "zzzzqqq"}).text


@pytest.mark.parametrize(
    "path", ["/edits/none", "/reviews/none", "/films/none", "/jobs/none", "/batches/none"]
)
def test_what_is_not_there_is_told_on_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert 'role="alert"' in answer.text


def test_a_batch_is_shown_and_steered(client: TestClient) -> None:
    line = '{"kind": "edit", "content": "It is good. It is good.", "film": null}'
    batch = client.post("/v1/batches", content=line).json()
    answer = client.get(f"/batches/{batch['id']}")
    assert answer.status_code == 200
    assert "of 1 lines" in answer.text
    assert f"/batches/{batch['id']}" in client.get("/batches").text
    assert client.post(f"/batches/{batch['id']}/dance").status_code == 422


def test_a_batch_tells_which_lines_are_bad_and_why(client: TestClient) -> None:
    lines = (
        '{"kind": "edit"}\n{"kind": "edit", "content": "x", "custom_id": "<b>17</b>", "film": {"id": "no"}}\n'
    )
    batch = client.post("/v1/batches", content=lines).json()
    for _ in range(200):
        if client.get(f"/v1/batches/{batch['id']}").json()["state"] == "done":
            break
        time.sleep(0.05)
    shown = client.get(f"/batches/{batch['id']}").text
    assert 'href="#bad"' in shown
    assert "Line 1</b>: content: Field required" in shown
    assert "Line 2, &lt;b&gt;17&lt;/b&gt;" in shown


def test_articles_are_measured_and_held_against_each_other(client: TestClient) -> None:
    lines = '{"id": "a", "text": "It is good. It is good."}\n\n{"id": "b", "text": "Long.", "film": "Alien"}'
    first = sent(client, "/evals", {"articles": lines, "name": "as they were"})
    second = sent(client, "/evals", {"articles": lines, "name": "edited", "suite": "edits"})
    shown = client.get(second).text
    assert "2 articles, measured after the second pass" in shown
    assert f'<option value="{first.rpartition("/")[2]}">as they were' in shown
    report = client.get(f"/v1{second}.html")
    assert report.status_code == 200
    comparison = client.get(f"/v1{second}/comparison.html", params={"before": first.rpartition("/")[2]})
    assert comparison.status_code == 200


def test_a_line_that_is_no_article_is_named_and_the_lines_stay(client: TestClient) -> None:
    answer = client.post("/evals", data={"articles": '{"id": "a", "text": "Fine."}\nnot json'})
    assert answer.status_code == 422
    assert "Line 2 is no JSON object" in answer.text
    assert "not json</textarea>" in answer.text
