"""A title and a description for result pages: from the record and the copy, within their lengths."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from service.detectors import Subject, detect
from service.document import Format, parse
from service.facts import check
from service.films import CastMember, Film
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, edit
from service.writing.edit.meta import LONGEST_DESCRIPTION, LONGEST_TITLE, Meta, proposed
from tests.fakes.prompts import FakePrompts

FILM = Film(
    id="f1",
    title="Harbour of Ash",
    year=1994,
    directors=("Ilse Brandt",),
    cast=(CastMember("Mei Tanaka"), CastMember("Jonas Field"), CastMember("Ola Dahl")),
    runtime_minutes=97,
)
COPY = """# Harbour of Ash Review: A Timeless Masterpiece

A diver from Split buys a clock in Ghent and finds a letter in it. Harbour of Ash is a breathtaking
masterpiece that will leave audiences breathless.

She sails to Bergen with her brother.
"""


def meta(copy: str = COPY, film: Film | None = FILM, keyphrase: str = "") -> Meta:
    document = parse(copy, Format.MARKDOWN, titles=film.titles if film else ())
    findings = detect(document, Subject(film=film))
    return proposed(document, findings, check(document, film) if film else None, film, keyphrase)


def test_title_and_description_are_facts_of_record_and_copy() -> None:
    made = meta()
    assert made.title is not None
    assert made.title.text == "Harbour of Ash (1994), Ilse Brandt"
    assert made.description is not None
    assert made.description.text.startswith(
        "Harbour of Ash (1994), directed by Ilse Brandt, stars Mei Tanaka and Jonas Field. A diver from Split"
    )
    assert "sentence" in made.description.sources
    assert "film.cast" in made.description.sources


def test_praise_of_the_copy_is_never_taken() -> None:
    made = meta(film=None)
    assert made.title is not None
    assert made.title.text == "Harbour of Ash Review"
    assert made.description is not None
    assert "breathtaking" not in made.description.text


def test_a_sentence_that_the_record_contradicts_is_not_taken() -> None:
    made = meta("Harbour of Ash was directed by Kenji Mori in Bergen and in Split.")
    assert made.description is not None
    assert "Mori" not in made.description.text


def test_a_keyphrase_stands_in_the_title_where_it_fits() -> None:
    made = meta(keyphrase="films about divers")
    assert made.title is not None
    assert made.title.text == "Harbour of Ash (1994): films about divers"
    assert made.title.keyphrase


def test_a_keyphrase_that_fits_nowhere_is_told() -> None:
    made = meta(keyphrase="the very best films about divers and clocks and letters ever made")
    assert made.title is not None
    assert made.title.keyphrase is False


def test_nothing_is_proposed_where_nothing_stands_alone() -> None:
    assert meta("It is.", film=None) == Meta(None, None)


def test_our_own_words_are_not_put_beside_another_language() -> None:
    made = meta("Eine Taucherin kauft in Gent eine Uhr und findet darin einen alten Brief.")
    assert made.description is not None
    assert "directed" not in made.description.text


@given(st.text(min_size=1, max_size=90), st.text(max_size=80))
def test_lengths_hold_for_any_title_and_keyphrase(title: str, keyphrase: str) -> None:
    made = meta(film=Film(id="f", title=title, year=1994, directors=("Ilse Brandt",)), keyphrase=keyphrase)
    assert made.title is None or 0 < len(made.title.text) <= LONGEST_TITLE
    assert made.description is None or 0 < len(made.description.text) <= LONGEST_DESCRIPTION


def test_meta_is_made_only_where_it_is_asked_for() -> None:
    for wanted in (True, False):
        request = EditRequest(content=COPY, format=Format.MARKDOWN, film=FILM, meta=wanted)
        result = asyncio.run(edit(request, model=NoModel(), prompts=FakePrompts()))
        assert (result.meta is not None) is wanted
