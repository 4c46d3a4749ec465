"""`/v1/reviews` as a caller sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

MIRACLE = {"title": "Miracle in Cell No. 7", "year": 2013}
NOTES = [
    "Lee Yong-gu: childlike father, wrongly accused of murder",
    "the inmates smuggle his daughter into the cell",
    "Ryu Seung-ryong carries the film",
    "too long by 20 minutes",
    {"text": "about how justice fails those who cannot speak for themselves", "section": "themes"},
    {"id": "remakes", "text": "remade all over the world", "section": "legacy"},
]


@pytest.fixture(scope="module")
def review(client: TestClient) -> dict[str, Any]:
    answer = client.post("/v1/reviews", json={"film": MIRACLE, "notes": NOTES})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/reviews/{answer.json()['id']}"
    body: dict[str, Any] = answer.json()
    return body


def test_it_has_four_sections_in_order(review: dict[str, Any]) -> None:
    assert [s["name"] for s in review["sections"]] == ["plot", "characters", "themes", "legacy"]


def test_every_sentence_rests_on_notes_or_fields_that_exist(review: dict[str, Any]) -> None:
    notes = {n["id"] for n in review["notes"]["given"]}
    for section in review["sections"]:
        for sentence in section["sentences"]:
            assert sentence["sources"], sentence
            for source in sentence["sources"]:
                assert source in notes or source.startswith("film."), sentence


def test_every_note_is_used_or_listed_as_left_out(review: dict[str, Any]) -> None:
    used, left = review["notes"]["used"], [n["id"] for n in review["notes"]["left_out"]]
    assert sorted(used + left) == sorted(n["id"] for n in review["notes"]["given"])
    assert "remakes" in used + left


def test_no_claim_is_contradicted_and_the_coverage_counts_them(review: dict[str, Any]) -> None:
    verdicts = [c["verdict"] for c in review["claims"]["claims"]]
    assert "contradicted" not in verdicts
    assert review["claims"]["coverage"]["claims"] == len(verdicts)


def test_it_says_that_no_model_was_used(review: dict[str, Any]) -> None:
    assert review["model"]["name"] == "none"
    assert "no" in review["model"]["said"].lower()
    assert review["usage"]["calls"] == 0


def test_it_can_be_fetched_again_and_is_listed(client: TestClient, review: dict[str, Any]) -> None:
    assert client.get(f"/v1/reviews/{review['id']}").json() == review
    assert review["id"] in [r["id"] for r in client.get("/v1/reviews").json()["reviews"]]


def test_markdown_and_html_hold_every_sentence(client: TestClient, review: dict[str, Any]) -> None:
    markdown = client.get(f"/v1/reviews/{review['id']}.md").text
    html = client.get(f"/v1/reviews/{review['id']}.html").text
    for section in review["sections"]:
        for sentence in section["sentences"]:
            assert sentence["text"] in markdown
            assert sentence["text"].replace("'", "&#39;").replace('"', "&#34;") in html


def test_json_ld_is_refused_without_a_real_rating_and_author(
    client: TestClient, review: dict[str, Any]
) -> None:
    answer = client.get(f"/v1/reviews/{review['id']}.jsonld")
    assert answer.status_code == 422
    assert "never invents" in answer.json()["remedy"]


def test_json_ld_carries_rating_and_author_as_given(client: TestClient) -> None:
    body = {"film": MIRACLE, "notes": NOTES[:3], "rating": "3.5/5", "author": "Ada <script>"}
    made = client.post("/v1/reviews", json=body).json()
    linked = client.get(f"/v1/reviews/{made['id']}.jsonld").json()
    assert linked["@type"] == "Review"
    assert linked["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": "3.5",
        "bestRating": "5",
        "worstRating": "0",
    }
    assert linked["author"]["name"] == "Ada <script>"
    assert linked["itemReviewed"]["director"][0]["name"] == "Lee Hwan-kyung"
    page = client.get(f"/v1/reviews/{made['id']}.html").text
    assert "<script>" not in page.replace('<script type="application/ld+json">', "")


# schema.org's types of what we write, and what Google requires of a review snippet
# (https://developers.google.com/search/docs/appearance/structured-data/review-snippet)
REQUIRED = {
    "Review": {"author", "itemReviewed", "reviewRating"},
    "Movie": {"name"},
    "Rating": {"ratingValue"},
    "Person": {"name"},
}
PROPERTIES = {
    "Review": {
        "@context", "@type", "name", "itemReviewed", "author", "reviewRating", "datePublished", "inLanguage",
        "reviewBody",
    },
    "Movie": {"@type", "name", "dateCreated", "director", "actor"},
    "Rating": {"@type", "ratingValue", "bestRating", "worstRating"},
    "Person": {"@type", "name"},
}  # fmt: skip


def _things(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _things(inner)
    if isinstance(value, list):
        for inner in value:
            yield from _things(inner)


def test_json_ld_has_every_required_property_and_none_that_its_type_lacks(client: TestClient) -> None:
    body = {"film": MIRACLE, "notes": NOTES, "rating": "7/10", "author": "Ada"}
    made = client.post("/v1/reviews", json=body).json()
    linked = client.get(f"/v1/reviews/{made['id']}.jsonld").json()
    things = list(_things(linked))
    assert {t["@type"] for t in things} == set(REQUIRED)
    for thing in things:
        assert REQUIRED[thing["@type"]] <= thing.keys() <= PROPERTIES[thing["@type"]]
        assert all(thing.values())
    rating = linked["reviewRating"]
    assert float(rating["worstRating"]) <= float(rating["ratingValue"]) <= float(rating["bestRating"])
    assert date.fromisoformat(linked["datePublished"]) <= datetime.now(UTC).date()


def test_a_word_document_has_the_sections_under_real_headings(client: TestClient) -> None:
    body = {"film": MIRACLE, "notes": NOTES, "author": "Ada \u0001 <b>", "rating": "7/10"}
    made = client.post("/v1/reviews", json=body).json()
    answer = client.get(f"/v1/reviews/{made['id']}.docx")
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    document = docx.Document(BytesIO(answer.content))
    styles = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    assert ("Title", "Miracle in Cell No. 7 (2013)") in styles
    assert [t for s, t in styles if s == "Heading 1"] == ["Plot", "Characters", "Themes", "Legacy"]
    text = "\n".join(t for _, t in styles)
    assert all(s["text"] in text for section in made["sections"] for s in section["sentences"])
    assert [c.text for c in document.tables[0].rows[0].cells] == ["Title", "Miracle in Cell No. 7"]
    assert document.core_properties.title == "Miracle in Cell No. 7 (2013)"


def test_the_text_is_told_as_it_grows(client: TestClient) -> None:
    headers = {"Prefer": "respond-async"}
    job = client.post("/v1/reviews", json={"film": MIRACLE, "notes": NOTES}, headers=headers).headers[
        "location"
    ]
    lines = client.get(f"{job}/events").text.splitlines()
    stages = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    told = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
    assert stages.count("section") == 4
    assert stages.index("plan") < stages.index("section") < stages.index("checks") < stages.index("edits")
    assert stages.count("done") == 1
    assert stages[-1] == "done"
    plot = next(t for s, t in zip(stages, told, strict=True) if s == "section")
    assert plot["name"] == "plot"
    assert " ".join(s["text"] for s in plot["sentences"]) == plot["text"]
    assert all(s["sources"] for s in plot["sentences"])


def test_an_export_that_does_not_exist_names_those_that_do(
    client: TestClient, review: dict[str, Any]
) -> None:
    answer = client.get(f"/v1/reviews/{review['id']}.pdf")
    assert answer.status_code == 415
    assert "md, html, jsonld, docx" in answer.json()["remedy"]


def test_without_notes_there_is_no_opinion_but_facts(client: TestClient) -> None:
    answer = client.post("/v1/reviews", json={"film": MIRACLE, "notes": []})
    assert answer.status_code == 201, answer.text
    sources = {s for sec in answer.json()["sections"] for sent in sec["sentences"] for s in sent["sources"]}
    assert sources
    assert all(s.startswith("film.") for s in sources)


def test_an_ambiguous_title_is_answered_with_its_candidates(client: TestClient) -> None:
    answer = client.post("/v1/reviews", json={"film": {"title": "Solaris"}, "notes": ["slow"]})
    assert answer.status_code == 409
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"].endswith("film-ambiguous")
    assert {c["year"] for c in body["candidates"]} == {1972, 2002}


def test_an_unknown_film_is_said_to_be_unknown(client: TestClient) -> None:
    answer = client.post("/v1/reviews", json={"film": {"title": "Qzxv Wjkp"}, "notes": ["slow"]})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/film-not-found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"film": {"title": ""}, "notes": ["a"]}, "film.title"),
        ({"film": {"title": "   "}, "notes": ["a"]}, "film.title"),
        ({"film": {}, "notes": ["a"]}, "film"),
        ({"film": {"id": "x", "title": "y"}, "notes": ["a"]}, "film"),
        ({"film": MIRACLE, "notes": ["a"] * 501}, "notes"),
        ({"film": MIRACLE, "notes": ["x" * 102_400]}, "notes.0.text"),
        ({"film": MIRACLE, "notes": [{"text": "a", "section": "music"}]}, "notes.0.section"),
        ({"film": MIRACLE, "notes": [{"text": "a", "id": "q"}, {"text": "b", "id": "q"}]}, ""),
        ({"film": MIRACLE, "notes": "one"}, "notes"),
        ({"film": MIRACLE, "notes": ["a"], "words": 3}, "words"),
        ({"film": MIRACLE, "notes": ["a"], "rating": "great"}, "rating"),
        ({"film": MIRACLE, "notes": ["a"], "surprise": 1}, "surprise"),
    ],
)
def test_bad_input_names_what_is_wrong(client: TestClient, body: dict[str, Any], field: str) -> None:
    answer = client.post("/v1/reviews", json=body)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["type"] == "/problems/invalid-request"
    assert problem["detail"]
    assert any(e["field"] == field for e in problem["errors"]), problem["errors"]


def test_five_hundred_notes_are_used_or_listed(client: TestClient) -> None:
    notes = [f"the shot number {i} of the corridor is {'bright' if i % 2 else 'dark'}" for i in range(500)]
    answer = client.post("/v1/reviews", json={"film": MIRACLE, "notes": notes})
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert len(body["notes"]["used"]) + len(body["notes"]["left_out"]) == 500


@pytest.mark.parametrize(
    "note",
    [
        "\u202eright to left\u202c מצוין",
        "🎬🎬🎬",
        "a\u0000b",
        "<script>alert(1)</script>",
        "{{ 7 * 7 }} {% raw %}",
        "\ufffe",
    ],
)
def test_odd_characters_in_a_note_are_no_fault(client: TestClient, note: str) -> None:
    answer = client.post("/v1/reviews", json={"film": MIRACLE, "notes": [note, "slow but kind"]})
    assert answer.status_code in {201, 422}, answer.text
    if answer.status_code == 201:
        page = client.get(f"/v1/reviews/{answer.json()['id']}.html").text
        assert "<script>alert" not in page
        assert "49 " not in page


def test_a_body_that_is_not_json_is_said_so(client: TestClient) -> None:
    answer = client.post("/v1/reviews", content=b"film=x", headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/malformed-json")


def test_a_body_over_the_limit_is_refused(client: TestClient) -> None:
    answer = client.post("/v1/edits", json={"content": "x" * 2_100_000})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/input-too-large")


def test_respond_async_is_answered_with_a_job_that_leads_to_the_review(client: TestClient) -> None:
    answer = client.post(
        "/v1/reviews", json={"film": MIRACLE, "notes": NOTES}, headers={"Prefer": "respond-async"}
    )
    assert answer.status_code == 202
    assert answer.headers["preference-applied"] == "respond-async"
    job = answer.headers["location"]
    events = client.get(f"{job}/events").text
    assert "event: done" in events
    numbers = [int(line[4:]) for line in events.splitlines() if line.startswith("id: ")]
    assert numbers == list(range(1, len(numbers) + 1))
    resumed = client.get(f"{job}/events", headers={"Last-Event-ID": str(numbers[-2])}).text
    assert [line for line in resumed.splitlines() if line.startswith("id: ")] == [f"id: {numbers[-1]}"]
    state = client.get(job).json()
    assert state["state"] == "done"
    assert client.get(state["result"]).status_code == 200


def test_an_idempotency_key_gives_the_first_answer_again_and_refuses_another_body(client: TestClient) -> None:
    headers = {"Idempotency-Key": "one-and-only"}
    first = client.post("/v1/reviews", json={"film": MIRACLE, "notes": NOTES}, headers=headers)
    again = client.post("/v1/reviews", json={"film": MIRACLE, "notes": NOTES}, headers=headers)
    assert first.json() == again.json()
    other = client.post("/v1/reviews", json={"film": MIRACLE, "notes": NOTES[:1]}, headers=headers)
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["detail"]


@pytest.mark.parametrize(
    "path", ["/v1/reviews/none", "/v1/edits/none", "/v1/jobs/none", "/v1/films/none", "/nowhere"]
)
def test_what_is_not_there_is_a_problem_document(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_who_accepts_events_gets_them_as_the_review_is_written(client: TestClient) -> None:
    answer = client.post(
        "/v1/reviews", json={"film": MIRACLE, "notes": NOTES}, headers={"Accept": "text/event-stream"}
    )

    stages = [line[7:] for line in answer.text.splitlines() if line.startswith("event: ")]
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert client.get(answer.headers["location"]).json()["state"] == "done"
    assert stages.count("section") == 4
    assert stages.index("plan") < stages.index("section") < stages.index("checks") < stages.index("done")


def test_a_stream_for_an_unknown_film_is_refused_with_a_problem(client: TestClient) -> None:
    answer = client.post(
        "/v1/reviews",
        json={"film": {"title": "No Such Film"}, "notes": NOTES},
        headers={"Accept": "text/event-stream"},
    )

    assert answer.status_code == 404
    assert answer.json()["type"] == "/problems/film-not-found"


@pytest.mark.parametrize(
    ("field", "given", "right"),
    [
        ("rating", {"rating": "B+"}, "`4/5` or `7.5/10`"),
        ("rating", {"rating": "4 of 5"}, "a slash"),
        ("language", {"language": "English"}, "`en`"),
        ("notes.0.id", {"notes": [{"text": "Slow.", "id": "first note"}]}, "`n1`"),
    ],
)
def test_a_word_that_has_not_the_form_asked_for_is_told_what_would_be_right(
    client: TestClient, field: str, given: dict[str, Any], right: str
) -> None:
    answer = client.post("/v1/reviews", json={"film": {"title": "Heat"}, **given})
    assert answer.status_code == 422
    (fault,) = answer.json()["errors"]
    assert fault["field"] == field
    assert right in fault["message"]
    assert "pattern" not in answer.text


@pytest.mark.parametrize("rating", ["4/5", "7.5/10", "80 / 100"])
def test_a_rating_as_it_is_asked_for_passes_on_to_the_film(client: TestClient, rating: str) -> None:
    answer = client.post("/v1/reviews", json={"film": {"id": "nowhere"}, "rating": rating})
    assert answer.json()["type"] == "/problems/film-not-found"


def test_no_request_shows_a_bare_pattern(client: TestClient) -> None:
    """What has a pattern in the API's document says in words what it asks for."""
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert schemas["ReviewRequest"]["properties"]["rating"]["anyOf"][0]["pattern"].startswith("^(?:")
    document = json.dumps(schemas)
    assert document.count('"pattern": "') == document.count('"pattern": "^(?:')
