"""What one film's record lets a reader recognise: its titles and the names in it, as word sequences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from service.document import fold
from service.facts.tokens import Word, atoms_in, is_atom
from service.facts.words import plain_words
from service.films import Film
from service.films.nicknames import spoken_forms

ARTICLES = frozenset({"the", "a", "an"})
PRONOUNS = frozenset({"it", "its", "it's"})
DETERMINERS = frozenset({"the", "this", "that"})
BARE_NOUNS = frozenset({"film", "movie", "documentary", "flick"})
REFERRING = PRONOUNS | DETERMINERS | BARE_NOUNS
SUBTITLE = re.compile(r"\s*:\s+|\s+[-–—]\s+")
FUZZY_TITLE = 84  # of 100; RapidFuzz `ratio`: "Executione" for "Executioner" is 95, "Danial" for "Denial" 83


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Titles and full names of a film, by their first word; the longest come first."""

    film: Film
    titles: dict[str, tuple[tuple[str, ...], ...]]
    names: dict[str, tuple[tuple[str, ...], ...]]
    begins: frozenset[str]  # words in small letters with which a mention may begin
    others: dict[str, tuple[tuple[str, ...], ...]]  # titles of related films that begin with its own
    aliases: dict[tuple[str, ...], str]  # the recorded name under each other that it goes by
    people: tuple[str, ...]  # all of the record, worked out once
    characters: tuple[str, ...]

    def title_at(self, atoms: Sequence[str], at: int) -> int:
        """Return how many atoms from `at` on are a title of the film; 0 for none."""
        return _match(self.titles, atoms, at)

    def is_derived(self, noun: str) -> bool:
        """Tell whether "the remake" or "the sequel" is the film itself: the record says of what."""
        return any(r.relation == f"{noun}_of" for r in self.film.related)

    @property
    def is_remade(self) -> bool:
        """Tell whether "the original" is the film itself: the record names a remake of it, and it is none."""
        return any(r.relation == "remake" for r in self.film.related) and not self.is_derived("remake")

    def other_at(self, atoms: Sequence[str], at: int) -> int:
        """Return how many atoms from `at` on are a related film's title that begins with its own."""
        return _match(self.others, atoms, at)

    def name_at(self, atoms: Sequence[str], at: int) -> int:
        """Return how many atoms from `at` on are a full name in the record; 0 for none."""
        return _match(self.names, atoms, at)

    def nearly_title(self, text: str) -> bool:
        """Tell whether `text` is a misspelt title of the film."""
        plain = fold(text)
        if len(plain) < 5:
            return False
        bare = plain.removeprefix("the ")
        titles = [fold(t).removeprefix("the ") for t in self.film.titles]
        if any(bare in {f"{t}s", t.removesuffix("s")} and bare != t for t in titles):
            return False  # Aliens is not Alien misspelt
        return any(fuzz.ratio(bare, t) >= FUZZY_TITLE for t in titles)


def _match(index: dict[str, tuple[tuple[str, ...], ...]], atoms: Sequence[str], at: int) -> int:
    for sequence in index.get(atoms[at], ()):
        if tuple(atoms[at : at + len(sequence)]) == sequence:
            return len(sequence)
    return 0


def _index(sequences: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for s in dict.fromkeys(sequences):
        if s:
            found.setdefault(s[0], []).append(s)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in found.items()}


def _title_forms(title: str) -> Iterable[tuple[str, ...]]:
    """Yield the title, the title without its article, and a subtitle of two words or more."""
    whole = atoms_in(title)
    yield whole
    if len(whole) > 1 and whole[0] in ARTICLES:
        yield whole[1:]
    parts = SUBTITLE.split(title)
    if len(parts) > 1 and len(atoms_in(parts[-1])) > 1:
        yield atoms_in(parts[-1])


def build_lexicon(film: Film) -> Lexicon:
    """Return the lexicon of `film`."""
    people, characters = film.people, film.characters
    full = (atoms_in(form) for n in (*people, *characters) for form in spoken_forms(n))
    titles = _index(form for t in film.titles for form in _title_forms(t))
    related = (form for r in film.related for form in _title_forms(r.title))
    others = _index(f for f in related if any(f[: len(t)] == t != f for t in titles.get(f[0], ())))
    aliases = {atoms_in(a): name for name, others in film.aliases.items() for a in others}
    names = _index(n for n in (*full, *aliases) if len(n) > 1 or (n and n[0] not in plain_words()))
    begins = REFERRING | titles.keys() | names.keys() | {"&"}
    return Lexicon(film, titles, names, begins, others, aliases, people, characters)


class Same:
    """A film as a key by identity: a record is a value too large to hash at every sentence."""

    __slots__ = ("film",)

    def __init__(self, film: Film) -> None:
        self.film = film

    def __hash__(self) -> int:
        return id(self.film)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.film is self.film


@lru_cache(maxsize=256)
def _cached(same: Same) -> Lexicon:
    return build_lexicon(same.film)


def lexicon_of(film: Film) -> Lexicon:
    """Return the lexicon of `film`, built once for a record that is asked about again."""
    return _cached(Same(film))


def atoms_of(words: Sequence[Word]) -> tuple[list[str], list[int]]:
    """Return the atoms of a sentence's words (marks left out), and the index of each in `words`."""
    at = [i for i, w in enumerate(words) if is_atom(w)]
    return ["and" if words[i].fold == "&" else words[i].fold for i in at], at
