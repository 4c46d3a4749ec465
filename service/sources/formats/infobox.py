"""Infobox records: one JSON object a line with the facts of an encyclopaedia's infobox.

Fields are named as in `docs/film-record.md` but for the few in RENAMED; `source` says where the
record is from, `field_sources` where single fields are. Money and dates may carry the text they were
parsed from, which is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from service.films import Film
from service.films.codec import FIELDS
from service.sources.licences import licence_of
from service.sources.records import films_of_json
from service.sources.rows import BadRow
from service.sources.source import Sample, Source

MARKS = frozenset({"field_sources", "release_dates", "alternate_titles", "source"})
RENAMED = {"release_dates": "releases", "alternate_titles": "alternative_titles"}
NOT_FACTS = frozenset(
    {
        "raw",
        "runtime_raw",
        "runtime_note",
        "credit_notes",
        "source",
        "field_sources",
        "characters",
        "written_by",
    }
)
# An infobox with a line for a role names everybody credited with it ("Starring": every billed star).
CREDITED: tuple[str, ...] = (
    *("directors", "producers", "writers", "screenplay", "story", "cast", "narrators", "music"),
    *("cinematography", "editors", "production_companies", "distributors", "countries", "languages"),
)
GLOSSES = frozenset({"literally"})  # what a title means is no title that the film goes by


def recognises(sample: Sample) -> bool:
    """Return whether the first value is an object that names its source as infobox records do."""
    value = sample.first_value
    return isinstance(value, Mapping) and "title" in value and isinstance(value.get("source"), str)


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films of `path` and what of them could not be read."""
    return films_of_json(path, _fields)


def _fields(raw: Mapping[str, object]) -> Mapping[str, object]:
    fields: dict[str, object] = {
        RENAMED.get(key, key): _value(RENAMED.get(key, key), value, raw.get("title"))
        for key, value in raw.items()
        if key not in NOT_FACTS and value not in (None, "", [], {})
    }
    fields["writers"] = _together(raw.get("written_by"), raw.get("writers"))
    fields["cast"] = _cast(raw)
    fields["provenance"] = _provenance(raw)
    if "raw" in raw:  # the whole infobox, not fields gathered from here and there
        fields["complete"] = [f for f in CREDITED if fields.get(f)]
    return fields


def _value(field: str, value: object, title: object) -> object:
    if field == "releases" and isinstance(value, Sequence):
        return [{"date": r["date"], "place": r.get("place")} for r in value]
    if field == "alternative_titles" and isinstance(value, Sequence):
        return list(_titles(value))
    if field in ("budget", "box_office") and isinstance(value, Mapping):
        return {k: v for k, v in value.items() if k in ("amount", "amount_max", "currency")}
    if field == "based_on" and isinstance(value, Mapping):
        return _source_works(value, title)
    if field == "external_ids" and isinstance(value, Mapping):
        return {site: str(number) for site, number in value.items()}
    return [item for item in value if item not in ("", None)] if isinstance(value, list) else value


def _titles(titles: Sequence[object]) -> Iterator[object]:
    for title in titles:
        if not isinstance(title, Mapping):
            yield title
        elif str(title.get("kind", "")).lower() not in GLOSSES:
            yield title["title"]


def _source_works(work: Mapping[str, object], title: object) -> list[object]:
    name = work.get("work") or (title if work.get("same_title") else "")
    if not name and not work.get("authors") and not work.get("kind"):
        return []
    return [{"work": name, "authors": work.get("authors"), "kind": work.get("kind")}]


def _together(*lists: object) -> list[object]:
    return list(dict.fromkeys(name for names in lists if isinstance(names, Sequence) for name in names))


def _cast(raw: Mapping[str, object]) -> list[object]:
    characters = raw.get("characters")
    played = characters if isinstance(characters, Mapping) else {}
    names = _together(raw.get("cast"), list(played))
    return [{"name": n, "characters": [played[n]]} if played.get(n) else {"name": n} for n in names]


def _provenance(raw: Mapping[str, object]) -> dict[str, object]:
    reference = str(raw.get("id", ""))
    found: dict[str, object] = {"*": _entry(str(raw["source"]), reference)}
    sources = raw.get("field_sources")
    for key, source in sources.items() if isinstance(sources, Mapping) else ():
        field = RENAMED.get(str(key), str(key))
        if field in FIELDS:
            found[field] = _entry(str(source), reference)
    return found


def _entry(source: str, reference: str) -> dict[str, str]:
    name, _, place = source.partition(":")
    return {
        "source": name,
        "licence": licence_of(name),
        "reference": f"{reference} ({place})" if place else reference,
    }


SOURCE = Source(
    "infobox", "Records made from encyclopaedia infoboxes, one JSON object a line", recognises, read
)
