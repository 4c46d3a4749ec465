"""A Film as JSON and back: one object a film, the shape of our own JSON Lines.

`docs/film-record.md` documents the shape. Reading is strict: an unknown field, a wrong type, an
impossible year or date raises InvalidFilmRecord, which names the field and what would be right.
Writing leaves out what is empty, so `film_from_json(film_to_json(f)) == f` for every valid film.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, Any

from service.errors import InvalidFilmRecord
from service.films.film import (
    JSON,
    Alternative,
    AudienceRating,
    Award,
    CastMember,
    Certificate,
    Film,
    Money,
    Provenance,
    RelatedFilm,
    Release,
    SourceWork,
)
from service.films.shape import (
    Reader,
    blankable,
    currency,
    day,
    each,
    flag,
    maybe,
    number,
    one_of,
    partial_date,
    record,
    table,
    text,
    unknown,
    whole,
    wrong,
    year,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = Mapping[str, JSON]
"""A film as JSON: what `film_to_json` gives and `film_from_json` reads."""

NEEDED = ("id", "title")
RELATIONS = ("remake", "remake_of", "sequel", "sequel_of", "prequel", "prequel_of", "series")
LONGEST_MINUTES = 60_000  # the longest film on record, Logistics (2012), runs 51,420 minutes

_names = each(text)
_minutes = whole(1, LONGEST_MINUTES, "minutes")
_provenance: Reader[Provenance] = record(
    Provenance,
    {"source": text, "licence": text, "retrieved": maybe(day), "reference": blankable},
    ("source", "licence"),
)
_cast_member: Reader[CastMember] = record(CastMember, {"name": text, "characters": _names}, ("name",))
_money: Reader[Money] = record(
    Money, {"amount": number, "currency": currency, "amount_max": maybe(number)}, ("amount",)
)


def _cast(value: object, at: str) -> CastMember:
    """Read a cast member; a bare name stands for one whose characters are not recorded."""
    return CastMember(text(value, at)) if isinstance(value, str) else _cast_member(value, at)


def _source_work(work: str = "", authors: tuple[str, ...] = (), kind: str = "") -> SourceWork:
    """Return the work; it may have no name where only its author is known."""
    return SourceWork(work, authors, kind)


FIELDS: Mapping[str, Reader[object]] = {
    "id": text,
    "title": text,
    "year": year,
    "kind": text,
    "original_title": blankable,
    "alternative_titles": _names,
    "releases": each(record(Release, {"date": partial_date, "place": blankable}, ("date",))),
    "runtime_minutes": _minutes,
    "runtime_max": _minutes,
    "directors": _names,
    "producers": _names,
    "executive_producers": _names,
    "writers": _names,
    "screenplay": _names,
    "story": _names,
    "cast": each(_cast),
    "narrators": _names,
    "music": _names,
    "cinematography": _names,
    "editors": _names,
    "creators": _names,
    "production_companies": _names,
    "distributors": _names,
    "distributor_regions": table(text),
    "countries": _names,
    "languages": _names,
    "genres": _names,
    "keywords": _names,
    "setting": blankable,
    "budget": maybe(_money),
    "box_office": maybe(_money),
    "based_on": each(record(_source_work, {"work": blankable, "authors": _names, "kind": blankable}, ())),
    "awards": each(
        record(
            Award,
            {"name": text, "category": blankable, "year": year, "won": flag, "recipients": _names},
            ("name",),
        )
    ),
    "related": each(
        record(
            RelatedFilm,
            {"relation": one_of(RELATIONS), "title": text, "year": year, "country": blankable},
            ("relation", "title"),
        )
    ),
    "certificates": each(record(Certificate, {"board": text, "rating": text}, ("board", "rating"))),
    "ratings": each(
        record(
            AudienceRating,
            {"site": text, "value": number, "maximum": number, "votes": whole(0, 10**10, "votes")},
            ("site", "value"),
        )
    ),
    "external_ids": table(text),
    "aliases": table(_names),
}
"""Every field that holds facts, with its reader, in the order in which it is written."""

LISTS = frozenset(
    f.name for f in fields(Film) if f.default == () and f.name in FIELDS
)  # what `complete` may name


def film_from_json(value: object) -> Film:
    """Return the film that a parsed JSON object describes. Raises InvalidFilmRecord."""
    if not isinstance(value, Mapping):
        raise wrong("A film record", value, "a JSON object", '{"id": "x1", "title": "Heat", "year": 1995}')
    read: dict[str, object] = {}
    for key, item in value.items():
        reader = FIELDS.get(key) or _ABOUT_FIELDS.get(key)
        if reader is None:
            raise unknown(str(key), key, [*FIELDS, *_ABOUT_FIELDS])
        read[key] = reader(item, key)
    for key in NEEDED:
        if key not in read:
            raise missing(key)
    return _film(read)


def salvage(value: Mapping[str, object]) -> tuple[Film, tuple[InvalidFilmRecord, ...]]:
    """Return the film that the readable fields of `value` describe, and an error for each other one.

    For records written by others, where one impossible year must not cost the film. Raises
    InvalidFilmRecord where the id or the title does not read.
    """
    kept: dict[str, object] = {}
    errors: list[InvalidFilmRecord] = []
    for key, item in value.items():
        reader = FIELDS.get(key) or _ABOUT_FIELDS.get(key)
        try:
            if reader is None:
                raise unknown(str(key), key, [*FIELDS, *_ABOUT_FIELDS])
            kept[key] = reader(item, key)
        except InvalidFilmRecord as error:
            if key in NEEDED:
                raise
            errors.append(error)
    for key in NEEDED:
        if key not in kept:
            raise missing(key)
    try:
        return _film(kept), tuple(errors)
    except InvalidFilmRecord as error:
        del kept[error.field]
        return _film(kept), (*errors, error)


def film_to_json(film: Film) -> dict[str, JSON]:
    """Return `film` as a JSON object without its empty fields; lists and objects are new."""
    return _write_film(film)


def field_from_json(name: str, value: JSON) -> object:
    """Return the typed value of the field `name`, as it stands in a Film. Raises InvalidFilmRecord."""
    reader = FIELDS.get(name)
    if reader is None:
        raise unknown(name, name, FIELDS)
    return reader(value, name)


def field_to_json(value: object) -> JSON:
    """Return the value of any field of a Film as JSON, such as `Alternative.value` holds it."""
    return _plain(value)


def missing(key: str) -> InvalidFilmRecord:
    """Return the error for a record without `key`."""
    return InvalidFilmRecord(
        f"The film record has no {key}.", field=key, remedy="Every record needs an id and a title."
    )


def _film(read: dict[str, object]) -> Film:
    longest = read.get("runtime_max")
    shortest = read.get("runtime_minutes")
    if isinstance(longest, int) and isinstance(shortest, int) and longest < shortest:
        raise wrong("runtime_max", longest, f"at least runtime_minutes, {shortest}")
    return Film(**read)  # type: ignore[arg-type]  # FIELDS pairs each name with a reader of its type


def _complete(value: object, at: str) -> frozenset[str]:
    named = _names(value, at)
    for i, name in enumerate(named):
        if name not in LISTS:
            raise wrong(f"{at}[{i}]", name, f"the name of a list: {', '.join(sorted(LISTS))}")
    return frozenset(named)


def _per_field(value: object, at: str) -> Mapping[str, Provenance]:
    sources = table(_provenance)(value, at)
    for name in sources:
        if name != "*" and name not in FIELDS:
            raise unknown(f"{at}.{name}", name, FIELDS)
    return sources


def _alternative(name: str) -> Reader[Alternative]:
    def checked(value: object, at: str) -> JSON:
        return _plain(FIELDS[name](value, at))

    return record(Alternative, {"value": checked, "provenance": _provenance}, ("value", "provenance"))


def _conflicts(value: object, at: str) -> Mapping[str, tuple[Alternative, ...]]:
    if value is None:
        return MappingProxyType({})
    if not isinstance(value, Mapping):
        raise wrong(at, value, "an object that leads from a field to other sources' values")
    for name in value:
        if name not in FIELDS:
            raise unknown(f"{at}.{name}", name, FIELDS)
    return MappingProxyType({n: each(_alternative(n))(others, f"{at}.{n}") for n, others in value.items()})


_ABOUT_FIELDS: Mapping[str, Reader[object]] = {
    "complete": _complete,
    "provenance": _per_field,
    "conflicts": _conflicts,
}


def _fields_writer(kind: type[DataclassInstance]) -> Callable[[Any], dict[str, JSON]]:
    """Return what writes instances of a dataclass, without their defaults and what is empty."""
    names = tuple(f.name for f in fields(kind))
    defaults = tuple(f.default for f in fields(kind))
    values_of: attrgetter[tuple[object, ...]] = attrgetter(*names)

    def write(value: object) -> dict[str, JSON]:
        return {
            name: held if type(held) is str else _plain(held)
            for name, held, default in zip(names, values_of(value), defaults, strict=True)
            if (held or held == 0) and held not in (default, "")
        }

    return write


def _plain(value: Any) -> JSON:  # noqa: ANN401  # any type is given to its writer
    kind = type(value)
    return (_WRITERS.get(kind) or _writer(kind))(value)


def _writer(kind: type) -> Callable[[Any], JSON]:
    """Return what writes values of a type as JSON."""
    if issubclass(kind, str | int | float | NoneType):
        return _same
    if issubclass(kind, tuple | list):
        return _plain_list
    if issubclass(kind, Mapping):
        return lambda value: {str(k): _plain(v) for k, v in value.items()}
    if issubclass(kind, frozenset):
        return lambda value: [*sorted(value)]
    if issubclass(kind, date):
        return date.isoformat
    raise TypeError(f"{kind.__name__} has no place in a film record")


def _same(value: JSON) -> JSON:
    return value


def _plain_list(value: Sequence[object]) -> JSON:
    return [item if type(item) is str else _plain(item) for item in value]


_write_film = _fields_writer(Film)
_WRITERS: dict[type, Callable[[Any], JSON]] = {
    kind: _writer(kind)
    for kind in (str, int, float, bool, NoneType, tuple, list, MappingProxyType, frozenset, date)
}
_WRITERS |= {
    kind: _fields_writer(kind)
    for kind in (
        CastMember,
        Money,
        Release,
        SourceWork,
        Award,
        RelatedFilm,
        Certificate,
        AudienceRating,
        Provenance,
        Alternative,
    )
}
