"""What the film's record and the notes put at an edit's disposal."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from service.films import Film
from service.gates.ledger.credited import Credit, credits_of
from service.gates.ledger.entry import HARD
from service.gates.ledger.names import parts
from service.gates.ledger.reading import read
from service.gates.ledger.tokens import split_words
from service.reviews import Note

APART = frozenset({"id", "kind", "provenance", "conflicts", "complete"})


@dataclass(frozen=True)
class Record:
    """Name parts by value, the keys of numbers and dates, and the stems that may be added."""

    values: tuple[frozenset[str], ...] = ()
    keys: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    titles: tuple[frozenset[str], ...] = ()
    credits: tuple[Credit, ...] = ()
    characters: tuple[frozenset[str], ...] = ()
    actors: tuple[frozenset[str], ...] = ()

    def has_name(self, name: frozenset[str]) -> bool:
        """Tell whether one value of the record holds all parts of the name."""
        return any(name <= v for v in self.values)


def record(film: Film | None, notes: Iterable[Note] = ()) -> Record:
    """Return what may be drawn upon; a note counts by its own words."""
    texts = list(_strings(film)) if film else []
    noted = [n.text for n in notes]
    readings = [read(t) for t in (*texts, *noted)]
    keys = {e.key for r in readings for e in r.entries if e.kind in HARD}
    if film and film.runtime_minutes:
        keys |= _runtimes(film.runtime_minutes)
    people = (*film.people, *film.characters) if film else ()
    return Record(
        tuple(dict.fromkeys(parts(" ".join(w.fold for w in split_words(t))) for t in (*texts, *noted))),
        frozenset(keys),
        frozenset(w.stem for r in readings for w in r.words),
        frozenset(w.fold for name in people for w in split_words(name) if len(w.fold) > 2),
        tuple(parts(" ".join(w.fold for w in split_words(t))) for t in film.titles) if film else (),
        credits_of(film, noted),
        tuple(parts(" ".join(w.fold for w in split_words(c))) for c in film.characters) if film else (),
        tuple(parts(" ".join(w.fold for w in split_words(m.name))) for m in film.cast) if film else (),
    )


def _runtimes(minutes: int) -> set[str]:
    return {str(minutes), f"{minutes} minute", f"{minutes // 60} hour", f"{minutes % 60} minute"}


def _strings(value: object) -> Iterator[str]:
    """Yield every string and number of the record's values, as text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, (int, float)):
        yield f"{value:g}" if value < 1e6 else f"{int(value)}"
    elif isinstance(value, Mapping):
        for k, v in value.items():
            yield from _strings(k)
            yield from _strings(v)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in APART:
                yield from _strings(getattr(value, field.name))
    elif isinstance(value, Iterable):
        for v in value:
            yield from _strings(v)
