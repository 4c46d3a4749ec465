"""Names in other letters are one name only where the record, or most of the text, says so."""

from __future__ import annotations

import pytest

from service.detectors import Finding, Subject, detect
from service.document import parse
from service.films import CastMember, Film

CAST = (CastMember("Park Min-woo", ("Dmitry Orlov",)), CastMember("Lee Jin-hee", ("Anne Li",)))
FILM = Film(id="choir", title="The Lighthouse Choir", cast=CAST)
TWINS = Film(id="twins", title="Twins", cast=(CastMember("Kim Soo-min"), CastMember("Kim Su-min")))


def variants(text: str, film: Film | None = None) -> list[Finding]:
    """Return the name variants of `text`."""
    return [f for f in detect(parse(text), Subject(film=film)) if f.kind == "name_variant"]


@pytest.mark.parametrize(
    ("text", "preferred", "written"),
    [
        ("Here Min-woo sings. Later Min-wu leaves.", "Min-woo", "Min-wu"),
        ("Here Jin-hee sings. Later Jin hi leaves, and Jin-hi weeps.", "Jin-hee", "Jin-hi"),
        ("Here Dmitry Orlov sings. Later Dmitri Orlov leaves.", "Dmitry Orlov", "Dmitri Orlov"),
    ],
)
def test_another_romanisation_of_a_recorded_name_is_a_variant(
    text: str, preferred: str, written: str
) -> None:
    """The record says which spelling is the film's."""
    [found] = variants(text, FILM)
    assert found.evidence["preferred"] == preferred
    assert written in {s.of(text) for s in found.spans}


@pytest.mark.parametrize(
    ("text", "film"),
    [
        ("Here Soo-min sings. Later Su-min leaves.", TWINS),
        ("Here Min-woo sings to Min-wu. Later Min-wu leaves.", FILM),
        ("Here Anne Li sings. Later Anne Lee leaves.", FILM),
        ("We hear of Tae-soo. Nobody knows Tae-su.", None),
        ("Here Anna Berg sings. Anna Berg weeps. Later Ana Berg leaves.", None),
    ],
)
def test_two_people_are_never_made_one(text: str, film: Film | None) -> None:
    """Two recorded names, two names in one sentence, a short word, no majority: nothing is said."""
    assert variants(text, film) == []


def test_the_majority_decides_where_no_film_is_known() -> None:
    """Three places against one, never in one sentence."""
    text = "We hear of Tae-soo. Only Tae-soo sings. Nobody likes Tae-soo. Then Tae-su leaves."
    [found] = variants(text)
    assert found.evidence["preferred"] == "Tae-soo"
