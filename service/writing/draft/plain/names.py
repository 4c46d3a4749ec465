"""The names of a film's record as they are written: what is a proper noun in a note."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

from service.films import Film
from service.writing.draft.plain.lists import column, rows


def named(film: Film) -> tuple[str, ...]:
    """Return the names that are written with capitals: titles, people, characters and the like."""
    works = [w.work for w in film.based_on] + [r.title for r in film.related] + [a.name for a in film.awards]
    places = [*film.countries, *film.languages, *(r.country for r in film.related)]
    companies = [*film.production_companies, *film.distributors]
    spelt = [a for others in film.aliases.values() for a in others]
    every = [*film.titles, *film.people, *film.characters, *works, *places, *companies, *spelt]
    return tuple(n for n in dict.fromkeys(every) if n and any(c.isupper() for c in n))


def name_words(film: Film) -> frozenset[str]:
    """Return the capitalised words of the record's names, which are proper nouns in a note."""
    return _capitalised(named(film))


def borne(film: Film) -> tuple[str, ...]:
    """Return the names whose words are names each: of people, characters, places; a title's words are not."""
    places = [*film.countries, *film.languages, *(r.country for r in film.related)]
    spelt = [a for n, others in film.aliases.items() if n not in film.titles for a in others]
    return tuple(dict.fromkeys(n for n in (*film.people, *film.characters, *places, *spelt) if n))


@lru_cache(maxsize=256)
def _capitalised(names: tuple[str, ...]) -> frozenset[str]:
    small = column("function.tsv")
    words = (w for n in names for w in re.findall(r"\w+(?:-\w+)*", n))
    return frozenset(w for w in words if w[0].isupper() and w.lower() not in small)


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Return the words that are always written with a capital, by their lower case."""
    nations = (r[1] for r in rows("nationalities.tsv"))
    dated = (*calendar.day_name, *(m for m in calendar.month_name if m not in {"", "March", "May"}))
    listed = (r[0] for name in ("capitals.tsv", "faiths.tsv") for r in rows(name))
    words = (*listed, *(n for n in nations if " " not in n), *dated)
    return {w.lower(): w for w in words}
