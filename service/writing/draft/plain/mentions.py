"""Names through the review: in full once, then by surname; who plays whom at a first mention."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from wordfreq import zipf_frequency

from service.films import Film
from service.reviews import ReviewSentence
from service.writing.draft.plain.english import listed
from service.writing.draft.plain.frames import capitalised
from service.writing.draft.plain.lists import is_craft
from service.writing.draft.plain.people import actors_of, short_names, surname
from service.writing.draft.plain.tagging import could_be
from service.writing.draft.plain.tidy import COMMON

_CREW = {
    "score": "music",
    "music": "music",
    "cinematography": "cinematography",
    "photography": "cinematography",
    "camerawork": "cinematography",
    "editing": "editors",
    "direction": "directors",
    "screenplay": "screenplay",
}
_VERBS = r"(?:is|are|was|were|has|have|does|do|feels?|looks?|sounds?|tells?|makes?|keeps?|never|always)"


@lru_cache(maxsize=4096)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


@lru_cache(maxsize=4096)
def _open_to_brackets(name: str) -> re.Pattern[str]:
    """Return what finds the name where an actor may be put in brackets behind it."""
    return re.compile(rf"{_whole(name).pattern}(?!['’]s)(?!\s*\()(?!\s+[A-Z])")


def _apart(match: re.Match[str]) -> bool:
    """Tell whether the name is no part of a compound, as it is in `the Harker duel`."""
    after = re.match(r"\s([a-z]+)", match.string[match.end() :])
    return after is None or not (could_be(after[1], "NN1", 0.5) or is_craft(after[1]))


@dataclass(slots=True)
class Mentions:
    """What has been named so far. `short` leads from a full name to the surname that may stand for it."""

    film: Film
    short: Mapping[str, str]
    said: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, film: Film) -> Mentions:
        """Return the state before the first sentence."""
        return cls(film, short_names(film))

    def pass_through(self, sentence: ReviewSentence, *, weave: bool = True) -> ReviewSentence:
        """Return the sentence with its names as they stand at this place of the review."""
        text, fields = sentence.text, list(sentence.sources)
        if weave:
            text = self._roles(text, fields)
            text = self._crew(text, fields)
        self.roles.update(c for c in actors_of(self.film) if c in text)
        text = self._people(text, fields)
        return ReviewSentence(capitalised(text), tuple(dict.fromkeys(fields)))

    def _roles(self, text: str, fields: list[str]) -> str:
        """Put the actors in brackets behind the first mention of each character."""
        for character, actors in actors_of(self.film).items():
            if character in self.roles or any(a in text or surname(a) in text.split() for a in actors):
                continue
            found = self._mention(character, text)
            if found is None:
                continue
            self.roles.add(character)
            if all(a in self.said for a in actors):
                continue
            name = listed(actors)
            text = f"{text[: found[1]]} ({name}){text[found[1] :]}"
            fields.append("film.cast")
        return text

    def _mention(self, character: str, text: str) -> tuple[int, int] | None:
        for name in self._names_of(character):
            match = _open_to_brackets(name).search(text) if name in text else None
            if match and not re.search(r"(?:[A-Z]\w*\.?\s|[\"“])$", text[: match.start()]) and _apart(match):
                return match.span()
        return None

    def _names_of(self, character: str) -> list[str]:
        names = [character, *self.film.aliases.get(character, ())]
        words = character.split()
        shared = [c for c in self.film.characters if c != character]
        for word in (words[0], words[-1]):
            common = zipf_frequency(word.strip(".,"), "en") > COMMON + 0.7
            if (
                len(words) > 1
                and len(word) > 2
                and not common
                and word[0].isupper()
                and not any(word in c.split() for c in shared)
            ):
                names.append(word)
        return [n for n in names if n and n[0].isupper()]

    def _crew(self, text: str, fields: list[str]) -> str:
        """Say whose work it is behind `The score`, `The cinematography` at the head of a sentence."""
        match = re.match(rf"The (?P<noun>{'|'.join(_CREW)})(?= {_VERBS}\b)", text)
        if match is None:
            return text
        name = _CREW[match["noun"]]
        makers: tuple[str, ...] = getattr(self.film, name)
        if not makers or len(makers) > 2 or any(m in self.said or surname(m) in text for m in makers):
            return text
        fields.append(f"film.{name}")
        return f"{match.group()} by {listed(makers)}{text[match.end() :]}"

    def _people(self, text: str, fields: list[str]) -> str:
        text = self._one_spelling(text)
        for full, short in self.short.items():
            spots = list(_whole(full).finditer(text)) if full in text else []
            if spots:
                keep = 0 if full in self.said else 1
                for spot in reversed(spots[keep:]):
                    text = text[: spot.start()] + short + text[spot.end() :]
                self.said.add(full)
            elif full not in self.said:
                text = self._in_full(text, full, short, fields)
        for full in self.film.people:
            if full in text:
                self.said.add(full)
        return text

    def _one_spelling(self, text: str) -> str:
        """Put the record's spelling of a person's name for another that the record also knows."""
        for full in self.film.people:
            for other in self.film.aliases.get(full, ()):
                if " " in other and other not in full and other[0].isupper():
                    text = re.sub(rf"(?<![\w-]){re.escape(other)}(?![\w-])", full, text)
        return text

    def _in_full(self, text: str, full: str, short: str, fields: list[str]) -> str:
        """Write a surname out in full at its first mention; the record knows the rest of the name."""
        match = re.search(rf"(?<![\w.-]){re.escape(short)}(?![\w-])", text)
        if match is None or re.search(r"[A-Z][\w.]*\s$", text[: match.start()]) or short.lower() in _WORDS:
            return text
        self.said.add(full)
        fields.append(_field_of(self.film, full))
        return text[: match.start()] + full + text[match.end() :]


_WORDS = frozenset(
    [
        "page",
        "law",
        "hunt",
        "moss",
        "bell",
        "baker",
        "cook",
        "king",
        "stone",
        "rock",
        "love",
        "young",
        "long",
        "black",
        "white",
        "brown",
        "green",
        "grey",
    ]
)


def _field_of(film: Film, name: str) -> str:
    for listed_in in (
        "directors",
        "music",
        "cinematography",
        "editors",
        "screenplay",
        "writers",
        "producers",
    ):
        if name in getattr(film, listed_in):
            return f"film.{listed_in}"
    return "film.cast"
