"""Wikidata entities: JSON as `Special:EntityData` and `wbgetentities` give it.

Statements name other entities by number. Their labels are taken from the same file where it holds
those entities too (as the fetcher writes it); a statement whose entity has no label there is left
out, and how many were is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from service.films import Film
from service.sources.licences import licence_of
from service.sources.records import film_of
from service.sources.retrieval import retrieved_on
from service.sources.rows import BadRow, Value, json_values
from service.sources.source import Sample, Source
from service.sources.wikidata import Entities, fields, is_film


def recognises(sample: Sample) -> bool:
    """Return whether the first value is an entity or an answer with entities."""
    value = sample.first_value
    return isinstance(value, Mapping) and ("entities" in value or ("claims" in value and "labels" in value))


def read(path: Path) -> Iterator[Film | BadRow]:
    """Yield the films among the entities of `path` and what could not be read."""
    day = retrieved_on(path)
    entities: Entities = {}
    for item in json_values(path):
        if isinstance(item, BadRow):
            yield item
        elif isinstance(item.value, Mapping):
            held = item.value.get("entities", {item.value.get("id"): item.value})
            entities |= held if isinstance(held, Mapping) else {}
    seen: dict[str, int] = {}
    films = [entity for entity in entities.values() if is_film(entity)]
    if entities and not films:
        yield BadRow(path, 0, f"none of its {len(entities)} entities is a film")
    for entity in films:
        yield from _film(path, entity, entities, day, seen)


def _film(
    path: Path, entity: Mapping[str, object], entities: Entities, day: date, seen: dict[str, int]
) -> Iterator[Film | BadRow]:
    unknown: list[str] = []
    provenance = {"source": "wikidata", "licence": licence_of("wikidata"), "retrieved": day.isoformat()}
    yield from film_of(path, Value(1, entity), lambda e: fields(e, entities, provenance, unknown), seen)
    if unknown:
        reason = f"{len(unknown)} statements name entities whose labels the file does not hold"
        yield BadRow(path, 1, reason, ", ".join(dict.fromkeys(unknown)))


SOURCE = Source("wikidata", "JSON of Wikidata's entities", recognises, read)
