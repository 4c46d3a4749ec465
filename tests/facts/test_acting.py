"""Ways of saying who acts: each sentence names its actors, and nobody else, as actors of the film."""

from __future__ import annotations

import pytest

from service.document import OffsetMap, Sentence, Span
from service.facts.credit_finder import find_credits
from service.facts.credits import SEEN
from service.facts.lexicon import lexicon_of
from service.facts.reading import read
from service.facts.role_words import Role
from service.films import CastMember, Film

FILM = Film(
    id="a1",
    title="The Long Harbour",
    cast=(CastMember("Ida Holm", ("Vera Stone",)), CastMember("Marc Oduya", ("Tom Reed",))),
)
ACTED = {
    "The film marks the acting debut of Jane Doe.": ("Jane Doe",),
    "The film marks Jane Doe's screen debut.": ("Jane Doe",),
    "Jane Doe made her last appearance as Tarzan in the film.": ("Jane Doe",),
    "Jane Doe made her film debut in the film.": ("Jane Doe",),
    "It features an ensemble cast including Ida Holm, Marc Oduya and Jane Doe.": (
        "Ida Holm",
        "Jane Doe",
        "Marc Oduya",
    ),
    "The cast is rounded out by Ida Holm and Jane Doe.": ("Ida Holm", "Jane Doe"),
    "Rounding out the cast are Ida Holm and Jane Doe.": ("Ida Holm", "Jane Doe"),
    "The supporting cast includes Ida Holm and Jane Doe.": ("Ida Holm", "Jane Doe"),
    "Ida Holm stars opposite Jane Doe.": ("Ida Holm", "Jane Doe"),
    "In the title role, Jane Doe is superb.": ("Jane Doe",),
    "Jane Doe takes the lead role as Vera.": ("Jane Doe",),
    "The lead role is played by Jane Doe.": ("Jane Doe",),
    "The lead role went to Jane Doe.": ("Jane Doe",),
    "Completing the cast are Jane Doe and Max Muster.": ("Jane Doe", "Max Muster"),
    "Jane Doe co-stars as the sheriff.": ("Jane Doe",),
    "The film sees Jane Doe return as Vera Stone.": ("Jane Doe",),
    "Jane Doe is cast as the villain.": ("Jane Doe",),
    "Jane Doe steps into the role of Vera Stone.": ("Jane Doe",),
    "The title role is taken by Jane Doe.": ("Jane Doe",),
    "Jane Doe and Max Muster also appear.": ("Jane Doe", "Max Muster"),
    "Jane Doe leads the cast.": ("Jane Doe",),
    "The film is led by Jane Doe.": ("Jane Doe",),
    "Headlined by Jane Doe and Max Muster, the film is a delight.": ("Jane Doe", "Max Muster"),
    "With Jane Doe in the lead, the film works.": ("Jane Doe",),
    "Jane Doe, Max Muster, and Ida Holm round out the cast.": ("Ida Holm", "Jane Doe", "Max Muster"),
    "The film has Jane Doe playing a cop.": ("Jane Doe",),
    "In supporting roles are Jane Doe and Max Muster.": ("Jane Doe", "Max Muster"),
    "Jane Doe is the voice of the cat.": ("Jane Doe",),
    "Jane Doe lends her voice to the cat.": ("Jane Doe",),
    "The cat is voiced by Jane Doe.": ("Jane Doe",),
    "Jane Doe, who plays Vera Stone, is superb.": ("Jane Doe",),
    "The role of Vera Stone is played by Jane Doe.": ("Jane Doe",),
    "Jane Doe's portrayal of Vera Stone is superb.": ("Jane Doe",),
    "Ida Holm stars as Vera alongside Jane Doe and Max Muster.": ("Ida Holm", "Jane Doe", "Max Muster"),
    "The film stars Ida Holm as a widow who keeps bees, Jane Doe as her neighbour, and Max Muster.": (
        "Ida Holm",
        "Jane Doe",
        "Max Muster",
    ),
    "It features Ida Holm and introducing Jane Doe.": ("Ida Holm", "Jane Doe"),
}
NOT_ACTED = (
    "Jane Doe made her directorial debut with the film.",
    "Jane Doe takes a walk in the park.",
    "The film is not about Jane Doe.",
    "Jane Doe had a part in the making of the film.",
    "The prize went to Jane Doe.",
)


def actors(text: str) -> set[str]:
    sentence = Sentence(Span(0, len(text)), text, OffsetMap.shifted(0, len(text)), ())
    found = find_credits(read(sentence, lexicon_of(FILM)))
    return {p.text for c in found if c.role is Role.ACTOR and c.form != SEEN for p in c.people}


@pytest.mark.parametrize(("text", "names"), ACTED.items())
def test_actors_are_found_and_nobody_else(text: str, names: tuple[str, ...]) -> None:
    assert actors(text) == set(names)


@pytest.mark.parametrize("text", NOT_ACTED)
def test_what_is_no_acting_names_no_actor(text: str) -> None:
    assert actors(text) == set()
