"""Merging what several sources say of one film: precedence by field, disagreement kept as a conflict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from types import MappingProxyType
from typing import Any

from service.films.agreement import covers, disagree
from service.films.codec import (
    FIELDS,
    Record,
    field_from_json,
    field_to_json,
)
from service.films.film import JSON, Alternative, AudienceRating, Film, Provenance
from service.films.names import nearest
from service.films.precedence import rank
from service.films.titles import title_key

UNSTATED = Provenance("not stated", "not stated")
TITLES = ("title", "original_title")  # the one that loses is kept as an alternative title
UNITED = ("alternative_titles", "external_ids", "aliases", "distributor_regions", "ratings")
APART = frozenset({"id", *TITLES, *UNITED})
WEIGHED = tuple(name for name in FIELDS if name not in APART)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one source says of one field."""

    value: object
    provenance: Provenance
    complete: bool = False


def same_film(held: Film, new: Film) -> bool:
    """Tell whether two records are of one film.

    A site's id that both have decides: equal on any site, they are one; otherwise they are two. Without
    such an id, a title, the year and a director must be the same. In doubt films stay apart.
    """
    ours, theirs = site_ids(held), site_ids(new)
    shared = ours.keys() & theirs.keys()
    if shared:
        return any(ours[site] == theirs[site] for site in shared)
    if held.year is None or held.year != new.year:
        return False
    if {title_key(t) for t in held.titles}.isdisjoint(title_key(t) for t in new.titles):
        return False
    return any(nearest(d, held.directors).is_person for d in new.directors)


def site_ids(film: Film) -> Mapping[str, str]:
    """Return the film's ids by site; an own id of IMDb's form counts as IMDb's."""
    own = {"imdb": film.id} if film.id[:2] == "tt" and film.id[2:].isdecimal() else {}
    return {**own, **film.external_ids}


def merge(held: Film, new: Film) -> Film:
    """Return the stored record `held` with what `new` says of the same film; its id stays.

    A source's values take the place of that same source's earlier ones. Between sources the table of
    `service.films.precedence` says which value stands; the others are kept in `conflicts` where they differ.
    Merging the same record again changes nothing.
    """
    if _sources(held) == _sources(new):
        return replace(new, id=held.id)
    values: dict[str, Any] = {"id": held.id, **_united(held, new)}
    provenance = {name: _joined(name, held, new) for name in values if name != "id" and values[name]}
    conflicts: dict[str, tuple[Alternative, ...]] = {}
    complete: set[str] = set()
    for name in (*TITLES, *WEIGHED):
        if not (getattr(held, name) or getattr(new, name)):
            continue
        first, *others = _ranked(name, held, new) or (None,)
        if first is None:
            continue
        values[name], provenance[name] = first.value, first.provenance
        if first.complete:
            complete.add(name)
        if name not in TITLES and others:
            conflicts[name] = tuple(Alternative(field_to_json(o.value), o.provenance) for o in others)
    if values.get("runtime_max") and values["runtime_max"] < values.get("runtime_minutes", 0):
        for table in (values, provenance, conflicts):
            table.pop("runtime_max", None)  # one source's longest version against another's only one
    return Film(
        **values,
        complete=frozenset(complete),
        provenance=MappingProxyType(provenance),
        conflicts=MappingProxyType(conflicts),
    )


def renewed(held: Record, new: Record) -> Record | None:
    """Return what `merge` does where one source renews its own record, of films given as JSON; else None."""
    return {**new, "id": held["id"]} if _source_names(held) == _source_names(new) else None


def disagreements(film: Film) -> tuple[str, ...]:
    """Return a line for each field whose sources disagree: `year: 1995 by imdb, 1996 by wikidata`.

    Sources that only say more or less of the same, as two incomplete casts, disagree in nothing.
    """
    lines = []
    for name in film.conflicts:
        said = [(field_to_json(s.value), s.provenance.source) for s in _said(name, film)]
        if any(disagree(name, a, b) for (a, _), (b, _) in combinations(said, 2)):
            lines.append(f"{name}: {', '.join(f'{_shown(value)} by {source}' for value, source in said)}")
    return tuple(lines)


def _shown(value: JSON) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sources(film: Film) -> frozenset[str]:
    """Return the names of the sources that the record stands on."""
    every = [*film.provenance.values(), *(a.provenance for o in film.conflicts.values() for a in o)]
    return frozenset(p.source for p in every) or frozenset({UNSTATED.source})


def _source_names(record: Record) -> frozenset[str]:
    """Return what `_sources` does, of a film given as JSON."""
    about: Mapping[str, Any] = record
    every = [*about.get("provenance", {}).values()]
    every += [other["provenance"] for others in about.get("conflicts", {}).values() for other in others]
    return frozenset(p["source"] for p in every) or frozenset({UNSTATED.source})


def _ranked(name: str, held: Film, new: Film) -> list[_Said]:
    """Return the different values of a field in the order of precedence; none that one before it covers.

    A complete list covers none of its parts: they leave out what it says is all.
    """
    fresh = _said(name, new)
    renewed = {s.provenance.source for s in fresh}
    said = [s for s in _said(name, held) if s.provenance.source not in renewed] + fresh
    said.sort(key=lambda s: (rank(name, s.provenance.source), s.provenance.source))
    kept: list[_Said] = []
    for one in said:
        value = field_to_json(one.value)
        held_by = (k for k in kept if covers(field_to_json(k.value), value))
        if all(one.complete and not covers(value, field_to_json(k.value)) for k in held_by):
            kept.append(one)
    return kept


def _said(name: str, film: Film) -> list[_Said]:
    value = getattr(film, name)
    main = [_Said(value, film.source_of(name) or UNSTATED, name in film.complete)]
    others = [_Said(field_from_json(name, a.value), a.provenance) for a in film.conflicts.get(name, ())]
    return (main if value not in (None, "", ()) else []) + others


def _united(held: Film, new: Film) -> dict[str, object]:
    """Return the fields in which sources add to one another and cannot disagree."""
    main = {
        _ranked("title", held, new)[0].value,
        *(s.value for s in _ranked("original_title", held, new)[:1]),
    }
    titles = (
        (*held.titles, *new.titles) if not _renews(held, new) else (*new.titles, *held.alternative_titles)
    )
    aliases = {
        name: tuple(dict.fromkeys((*held.aliases.get(name, ()), *new.aliases.get(name, ()))))
        for name in (*held.aliases, *(n for n in new.aliases if n not in held.aliases))
    }
    return {
        "alternative_titles": tuple(t for t in dict.fromkeys(titles) if t not in main),
        "external_ids": MappingProxyType({**site_ids(new), **held.external_ids}),
        "aliases": MappingProxyType(aliases),
        "distributor_regions": MappingProxyType({**new.distributor_regions, **held.distributor_regions}),
        "ratings": _ratings(held, new),
    }


def _ratings(held: Film, new: Film) -> tuple[AudienceRating, ...]:
    """Return a mark for each site: of one site's, that of the most votes, which is the latest."""
    latest: dict[str, AudienceRating] = {}
    for rating in (*held.ratings, *new.ratings):
        known = latest.get(rating.site)
        if known is None or (rating.votes or 0) > (known.votes or 0):
            latest[rating.site] = rating
    return tuple(latest.values())


def _renews(held: Film, new: Film) -> bool:
    """Tell whether the title that is stored is an earlier one of the new record's source."""
    return (held.source_of("title") or UNSTATED).source == (new.source_of("title") or UNSTATED).source


def _joined(name: str, held: Film, new: Film) -> Provenance:
    """Return the provenance of a united field: every source that gave something."""
    giving = [f.source_of(name) or UNSTATED for f in (held, new) if getattr(f, name)]
    giving = giving or [f.source_of(name) or UNSTATED for f in (held, new)]
    days = [p.retrieved for p in giving if p.retrieved]
    sources = _each(part for p in giving for part in p.source.split("+"))
    licences = _each(part for p in giving for part in p.licence.split("; "))
    latest: date | None = max(days, default=None)
    reference = giving[0].reference if len(sources) == 1 else ""
    return Provenance("+".join(sources), "; ".join(licences), latest, reference)


def _each(parts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(parts))


__all__ = ["disagreements", "merge", "renewed", "same_film", "site_ids"]
