"""A film's record as the writer of a draft may cite it: `film.FIELD` and its value in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from service.films import Award, CastMember, Certificate, Film, Money, RelatedFilm, Release, SourceWork
from service.reviews import SectionName

HIDDEN = frozenset(
    {
        "id",
        "kind",
        "complete",
        "provenance",
        "conflicts",
        "aliases",
        "keywords",
        "runtime_max",
        "external_ids",
    }
)
CAST_SHOWN = 15
SECTION_OF = {
    "title": SectionName.PLOT,
    "original_title": SectionName.PLOT,
    "year": SectionName.PLOT,
    "genres": SectionName.PLOT,
    "setting": SectionName.PLOT,
    "based_on": SectionName.PLOT,
    "cast": SectionName.CHARACTERS,
    "narrators": SectionName.CHARACTERS,
    "directors": SectionName.THEMES,
    "writers": SectionName.THEMES,
    "screenplay": SectionName.THEMES,
    "story": SectionName.THEMES,
    "cinematography": SectionName.THEMES,
    "music": SectionName.THEMES,
    "editors": SectionName.THEMES,
}


def facts_of(film: Film) -> dict[str, str]:
    """Return `film.FIELD` -> the value in words, for each field that the record fills.

    >>> facts_of(Film(id="x", title="Heat", year=1995, runtime_minutes=170))
    {'film.title': 'Heat', 'film.year': '1995', 'film.runtime_minutes': '170 minutes'}
    """
    out = {}
    for name in (f.name for f in fields(film)):
        value = getattr(film, name)
        if name not in HIDDEN and value not in (None, "", ()) and value != {}:
            out[f"film.{name}"] = _words(name, value)
    return out


def section_of(fact: str) -> SectionName:
    """Return the section to which a field such as `film.cast` belongs by its nature."""
    return SECTION_OF.get(fact.removeprefix("film."), SectionName.LEGACY)


def _words(name: str, value: object) -> str:
    if name == "runtime_minutes":
        return f"{value} minutes"
    if isinstance(value, tuple):
        shown = value[:CAST_SHOWN] if name == "cast" else value
        return "; ".join(_item(v) for v in shown)
    if isinstance(value, Money):
        return _money(value)
    return ", ".join(f"{v} ({k})" for k, v in value.items()) if isinstance(value, Mapping) else str(value)


def _item(value: object) -> str:
    shown = _WORDED.get(type(value), str)
    return shown(value)


def _cast(member: CastMember) -> str:
    return f"{member.name} as {' / '.join(member.characters)}" if member.characters else member.name


def _release(release: Release) -> str:
    return f"{release.date} ({release.place})" if release.place else release.date


def _source_work(source: SourceWork) -> str:
    by = f" by {', '.join(source.authors)}" if source.authors else ""
    return f"{source.work}{f' ({source.kind})' if source.kind else ''}{by}"


def _award(award: Award) -> str:
    category = f" for {award.category}" if award.category else ""
    year = f", {award.year}" if award.year else ""
    to = f", to {', '.join(award.recipients)}" if award.recipients else ""
    return f"{'won' if award.won else 'nominated for'} {award.name}{category}{year}{to}"


def _related(film: RelatedFilm) -> str:
    where = ", ".join(str(x) for x in (film.year, film.country) if x)
    return f"{film.relation.replace('_', ' ')}: {film.title}{f' ({where})' if where else ''}"


def _certificate(certificate: Certificate) -> str:
    return f"{certificate.board} {certificate.rating}"


_WORDED: Mapping[type, Callable[[Any], str]] = {
    CastMember: _cast,
    Release: _release,
    SourceWork: _source_work,
    Award: _award,
    RelatedFilm: _related,
    Certificate: _certificate,
}


def _money(value: Money) -> str:
    top = f" to {value.amount_max:,.0f}" if value.amount_max else ""
    return f"{value.currency} {value.amount:,.0f}{top}"
