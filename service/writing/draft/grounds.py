"""What the sentences of a draft may rest on: notes and fields by id, read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from service.document import Document, parse
from service.facts import Claim, check
from service.films import Film
from service.reviews import Note
from service.writing.draft.record import facts_of
from service.writing.draft.words import content_of, language_of, words_of

FIELD = "film."


@cache
def _stating() -> Mapping[str, str]:
    """Return the words that state each field, besides its value."""
    text = (files("service.writing.draft") / "data" / "record_words.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


@dataclass(frozen=True)
class Grounds:
    """A film's record and the notes that may be used, for a draft in `language`."""

    film: Film
    notes: Mapping[str, Note]
    language: str = "en"

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """Return `film.FIELD` -> its value in words."""
        return facts_of(self.film)

    @cached_property
    def translated(self) -> bool:
        """Tell whether the notes are written in another language than the draft is to be."""
        found = language_of(" ".join(n.text for n in self.notes.values()))
        return bool(found) and found != self.language

    def has(self, source: str) -> bool:
        """Tell whether a note or field of that id exists."""
        return source in self.notes or source in self.facts

    def text(self, source: str) -> str:
        """Return the text of a note or the value of a field."""
        note = self.notes.get(source)
        return note.text if note is not None else self.facts[source]

    def texts(self, sources: Iterable[str]) -> list[str]:
        """Return the texts of the sources that exist."""
        return [self.text(s) for s in sources if self.has(s)]

    def holders(self, words: frozenset[str]) -> list[str]:
        """Return the ids of the sources that hold all of these folded words, fields first."""
        return [s for s, held in self._held.items() if words <= held]

    @cached_property
    def _held(self) -> Mapping[str, frozenset[str]]:
        every = (*self.facts, *self.notes)
        return {s: frozenset(words_of(self.text(s))) for s in every}

    @cached_property
    def running_words(self) -> str:
        """Return the folded words of all sources, in their order, with single spaces between."""
        return " ".join(" ".join(words_of(self.text(s))) for s in (*self.notes, *self.facts))

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the folded words of the film's titles and of the people and characters in its record."""
        return frozenset(words_of(self._names))

    @property
    def _names(self) -> str:
        return " ".join((*self.film.titles, *self.film.people, *self.film.characters))

    def document(self, text: str) -> Document:
        """Return a sentence as it is read; the checks of one sentence share it."""
        return self._read(text)[0]

    def claims(self, text: str) -> tuple[Claim, ...]:
        """Return what a sentence claims of the film, held against the record."""
        return self._read(text)[1]

    def _read(self, text: str) -> tuple[Document, tuple[Claim, ...]]:
        found = self._last.get(text)
        if found is None:
            document = parse(text, titles=self.film.titles)
            found = document, check(document, self.film).claims
            self._last.clear()
            self._last[text] = found
        return found

    @cached_property
    def _last(self) -> dict[str, tuple[Document, tuple[Claim, ...]]]:
        return {}

    def content(self, sources: Iterable[str]) -> frozenset[str]:
        """Return the stems of the words that say something in these sources; of a field, also those of
        the words that state it.
        """
        found: set[str] = set()
        for source in sources:
            if self.has(source):
                found.update(content_of(self.text(source), self.language))
                found.update(content_of(_stating().get(source.removeprefix(FIELD), ""), self.language))
        return frozenset(found)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return the stems of the film's titles and of the people and characters in its record."""
        return frozenset(content_of(self._names, self.language))
