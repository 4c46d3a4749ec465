"""What is in view before a sentence: whom its pronouns and surnames can mean, and which work is spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class InView:
    """The antecedents that the text before a sentence offers (`service.facts.discourse` keeps them).

    `people`: whom "she" (one) or "they" (several) can only mean. `actors`: those are named as actors
    alone, so that "he" may be the part played. `another`: another work is spoken of, which "it" means;
    `another_film`: and which is a film, so that "the film" means it too. `section`: the heading says so.
    `source`: the sentence before names what the film is based on, so that "it was written by" may be said
    of that. `full_names`: the full name under each folded surname, "" where several people bear it.
    """

    people: tuple[str, ...] = ()
    actors: bool = False
    another: bool = False
    another_film: bool = False
    section: bool = False
    source: bool = False
    full_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NOTHING = InView()
