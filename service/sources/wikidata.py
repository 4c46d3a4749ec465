"""Film facts in Wikidata's statements: which property is which field, ranks, dates and units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.sources.cells import without_empty
from service.sources.words import country, genre

Entities = dict[str, Mapping[str, Any]]

NAMES = {
    "P57": "directors",
    "P58": "writers",
    "P162": "producers",
    "P1431": "executive_producers",
    "P86": "music",
    "P344": "cinematography",
    "P1040": "editors",
    "P2438": "narrators",
    "P170": "creators",
    "P272": "production_companies",
    "P750": "distributors",
    "P495": "countries",
    "P364": "languages",
    "P136": "genres",
}
CAST, ROLE, ROLE_NAMED = "P161", "P453", "P4633"
DATE, PLACE, RUNTIME, BUDGET, BOX_OFFICE, BASED_ON = "P577", "P291", "P2047", "P2130", "P2142", "P144"
TITLE, INSTANCE, IMDB, TMDB = "P1476", "P31", "P345", "P4947"
FILM_MARKS = frozenset({"P57", "P161", "P345", "P2047", "P577"})
FILM_KINDS = frozenset({"Q11424", "Q24862", "Q506240", "Q202866", "Q93204", "Q24869", "Q226730", "Q20667187"})
UNITS = {"Q7727": 1.0, "Q25235": 60.0, "Q11574": 1 / 60}  # minute, hour, second
CURRENCIES = {
    "Q4917": "USD",
    "Q4916": "EUR",
    "Q25224": "GBP",
    "Q8146": "JPY",
    "Q202040": "KRW",
    "Q80524": "INR",
    "Q39099": "CNY",
    "Q1104069": "CAD",
    "Q259502": "AUD",
}


def is_film(entity: Mapping[str, Any]) -> bool:
    """Return whether an entity is a film: by its kind, or by having what only films have."""
    claims = entity.get("claims") or {}
    kinds = {held.get("id") for held in _values(claims, INSTANCE) if isinstance(held, Mapping)}
    return bool(kinds & FILM_KINDS) or ("P57" in claims and len(FILM_MARKS & set(claims)) > 2)


def fields(
    entity: Mapping[str, Any], entities: Entities, provenance: Mapping[str, str], unknown: list[str]
) -> Mapping[str, object]:
    """Return the fields of a film record; `unknown` gathers fields that had entities without labels."""
    claims, number = entity["claims"], str(entity["id"])
    imdb = next((str(v) for v in _values(claims, IMDB)), "")
    tmdb = next((str(v) for v in _values(claims, TMDB)), "")
    title = _label(entity) or next((v["text"] for v in _values(claims, TITLE)), "")
    original = next((v["text"] for v in _values(claims, TITLE)), "")
    releases = list(_releases(claims, entities))
    found: dict[str, object] = {
        field: list(_labels(claims, prop, entities, field, unknown)) for prop, field in NAMES.items()
    }
    found |= {
        "id": imdb or f"wikidata:{number}",
        "title": title,
        "original_title": original if original != title else "",
        "alternative_titles": sorted(_other_titles(entity) - {title, original}),
        "year": _year(releases),
        "releases": releases,
        "runtime_minutes": _minutes(claims),
        "cast": list(_cast(claims, entities, unknown)),
        "budget": _money(claims, BUDGET),
        "box_office": _money(claims, BOX_OFFICE),
        "based_on": [{"work": w} for w in _labels(claims, BASED_ON, entities, "based_on", unknown)],
        "external_ids": without_empty({"wikidata": number, "imdb": imdb, "tmdb": tmdb}),
        "provenance": {"*": {**provenance, "reference": number}},
    }
    found["countries"] = [country(c) for c in _strings(found["countries"])]
    found["genres"] = [_genre(g) for g in _strings(found["genres"])]
    return without_empty(found)


def referred(entity: Mapping[str, Any]) -> set[str]:
    """Return the ids of the entities whose labels a film's record needs."""
    claims = entity.get("claims") or {}
    wanted = {v["id"] for p in (*NAMES, CAST, BASED_ON) for v in _values(claims, p) if isinstance(v, Mapping)}
    for statement in claims.get(CAST, ()):
        wanted |= {v["id"] for v in _qualified(statement, ROLE)}
    for statement in claims.get(DATE, ()):
        wanted |= {v["id"] for v in _qualified(statement, PLACE)}
    return wanted


def titles_of(entity: Mapping[str, Any]) -> list[str]:
    """Return every title that an entity goes by, the English label first, without repeats."""
    official = [str(v["text"]) for v in _values(entity.get("claims") or {}, TITLE)]
    titles = (_label(entity), *official, *sorted(_other_titles(entity)))
    return [t for t in dict.fromkeys(titles) if t]


def year_of(entity: Mapping[str, Any]) -> int | None:
    """Return the year of the first release, or None."""
    return _year(_releases(entity.get("claims") or {}, {}))


def _year(releases: Iterable[Mapping[str, str]]) -> int | None:
    return min((int(release["date"][:4]) for release in releases), default=None)


def _best(claims: Mapping[str, Any], prop: str) -> list[Mapping[str, Any]]:
    """Return the statements of the best rank that is there; a deprecated one never counts."""
    statements = [s for s in claims.get(prop, ()) if s.get("rank") != "deprecated"]
    preferred = [s for s in statements if s.get("rank") == "preferred"]
    return preferred or statements


def _values(claims: Mapping[str, Any], prop: str) -> Iterator[Any]:
    for statement in _best(claims, prop):
        if (value := _value(statement["mainsnak"])) is not None:
            yield value


def _value(snak: Mapping[str, Any]) -> Any:  # noqa: ANN401  # a string or an object, by property
    return snak["datavalue"]["value"] if snak.get("snaktype") == "value" else None


def _qualified(statement: Mapping[str, Any], prop: str) -> Iterator[Any]:
    for snak in (statement.get("qualifiers") or {}).get(prop, ()):
        if (value := _value(snak)) is not None:
            yield value


def _label(entity: Mapping[str, Any] | None) -> str:
    labels = (entity or {}).get("labels") or {}
    for language in ("en", "mul", "en-gb", "en-us"):
        if language in labels:
            return str(labels[language]["value"])
    return ""


def _labels(
    claims: Mapping[str, Any], prop: str, entities: Entities, field: str, unknown: list[str]
) -> Iterator[str]:
    for value in _values(claims, prop):
        label = _label(entities.get(value["id"]))
        if label:
            yield label
        else:
            unknown.append(field)


def _cast(claims: Mapping[str, Any], entities: Entities, unknown: list[str]) -> Iterator[dict[str, object]]:
    for statement in _best(claims, CAST):
        value = _value(statement["mainsnak"])
        name = _label(entities.get(value["id"])) if value else ""
        if not name:
            unknown.append("cast")
            continue
        roles = [_label(entities.get(v["id"])) for v in _qualified(statement, ROLE)]
        roles += [
            v if isinstance(v, str) else str(v.get("text", "")) for v in _qualified(statement, ROLE_NAMED)
        ]
        yield {"name": name, "characters": [r for r in dict.fromkeys(roles) if r]}


def _releases(claims: Mapping[str, Any], entities: Entities) -> Iterator[dict[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for statement in _best(claims, DATE):
        value = _value(statement["mainsnak"])
        if value and (day := _day(value)):
            places = [country(_label(entities.get(v["id"]))) for v in _qualified(statement, PLACE)]
            found |= {(day, place): None for place in places or [""]}
    for day, place in sorted(found):
        yield {"date": day, "place": place}


def _day(value: Mapping[str, Any]) -> str:
    """Return a time as precise as it is known: 9 is a year, 10 a month, 11 a day; coarser is no date."""
    length = {9: 4, 10: 7, 11: 10}.get(int(value["precision"]), 0)
    return str(value["time"]).lstrip("+")[:length]


def _minutes(claims: Mapping[str, Any]) -> int | None:
    for value in _values(claims, RUNTIME):
        unit = UNITS.get(str(value["unit"]).rpartition("/")[2])
        if unit:
            return round(float(value["amount"]) * unit) or None
    return None


def _money(claims: Mapping[str, Any], prop: str) -> dict[str, object] | None:
    for value in _values(claims, prop):
        currency = CURRENCIES.get(str(value["unit"]).rpartition("/")[2])
        if currency:
            return {"amount": int(float(value["amount"])), "currency": currency}
    return None


def _other_titles(entity: Mapping[str, Any]) -> set[str]:
    labels = {str(held["value"]) for held in (entity.get("labels") or {}).values()}
    aliases = {str(a["value"]) for held in (entity.get("aliases") or {}).values() for a in held}
    return labels | aliases


def _strings(held: object) -> list[str]:
    return [str(h) for h in held] if isinstance(held, list) else []


def _genre(label: str) -> str:
    return genre(label.removesuffix(" film").removesuffix(" movie").title())
