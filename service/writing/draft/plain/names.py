"""The names of a film's record as they are written: what is a proper noun in a note."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.films import Film
from service.writing.draft.plain.lists import column


def named(film: Film) -> Sequence[str]:
    """Return the names that are written with capitals: titles, people, characters and the like."""
    works = [w.work for w in film.based_on] + [r.title for r in film.related] + [a.name for a in film.awards]
    places = [*film.countries, *film.languages, *(r.country for r in film.related)]
    companies = [*film.production_companies, *film.distributors]
    spelt = [a for others in film.aliases.values() for a in others]
    every = [*film.titles, *film.people, *film.characters, *works, *places, *companies, *spelt]
    return [n for n in dict.fromkeys(every) if n and any(c.isupper() for c in n)]


def name_words(film: Film) -> frozenset[str]:
    """Return the capitalised words of the record's names, which are proper nouns in a note."""
    small = column("function.tsv")
    words = (w for n in named(film) for w in re.findall(r"\w+(?:-\w+)*", n))
    return frozenset(w for w in words if w[0].isupper() and w.lower() not in small)
