"""The Film: a stored metadata record whose every field keeps where its value came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

JSON = None | bool | int | float | str | list["JSON"] | dict[str, "JSON"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value came from: the source's name, its licence, when it was retrieved, and the
    record's id or address there.
    """

    source: str
    licence: str
    retrieved: date | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class CastMember:
    """An actor with the characters played, in billing order within `Film.cast`."""

    name: str
    characters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of `currency` (ISO 4217); `amount_max` closes a range."""

    amount: float
    currency: str = "USD"
    amount_max: float | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A release; `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, `place` a country, festival or
    cinema, or empty.
    """

    date: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class SourceWork:
    """What the film is based on; `kind` is a word such as novel, play, memoir, or empty."""

    work: str
    authors: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """An award or nomination; `recipients` empty where the film itself received it."""

    name: str
    category: str = ""
    year: int | None = None
    won: bool = True
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelatedFilm:
    """Another film: `relation` is remake, remake_of, sequel, sequel_of, prequel or series."""

    relation: str
    title: str
    year: int | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A rating by a board, such as ("MPA", "PG-13") or ("KMRB", "15")."""

    board: str
    rating: str


@dataclass(frozen=True, slots=True)
class AudienceRating:
    """A mean mark given on a site or by critics: `value` out of `maximum`, by `votes` people."""

    site: str
    value: float
    maximum: float = 10.0
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """A value that another source gives for a field whose sources disagree."""

    value: JSON
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A stored metadata record.

    Empty tuples and None mean "not recorded", never "none". `complete` names the lists known to
    be complete: absence from any other list contradicts nothing. `provenance` leads from a
    field's name to its source (the key `*` holds what is true of every field not named);
    `conflicts` holds, for a field, the values that other sources give. `external_ids` leads from a
    site's short name (imdb, tmdb, wikidata) to the film's id there.
    """

    id: str
    title: str
    year: int | None = None
    kind: str = "film"
    original_title: str = ""
    alternative_titles: tuple[str, ...] = ()
    releases: tuple[Release, ...] = ()
    runtime_minutes: int | None = None
    runtime_max: int | None = None
    directors: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()
    executive_producers: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    screenplay: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    cast: tuple[CastMember, ...] = ()
    narrators: tuple[str, ...] = ()
    music: tuple[str, ...] = ()
    cinematography: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    production_companies: tuple[str, ...] = ()
    distributors: tuple[str, ...] = ()
    distributor_regions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    setting: str = ""
    budget: Money | None = None
    box_office: Money | None = None
    based_on: tuple[SourceWork, ...] = ()
    awards: tuple[Award, ...] = ()
    related: tuple[RelatedFilm, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    ratings: tuple[AudienceRating, ...] = ()
    external_ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    complete: frozenset[str] = frozenset()
    provenance: Mapping[str, Provenance] = field(default_factory=lambda: MappingProxyType({}))
    conflicts: Mapping[str, tuple[Alternative, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def source_of(self, name: str) -> Provenance | None:
        """Return where the value of the field `name` came from, or None where nobody said."""
        return self.provenance.get(name) or self.provenance.get("*")

    @property
    def titles(self) -> tuple[str, ...]:
        """Return every title the film goes by, the main one first, without repeats."""
        every = (self.title, self.original_title, *self.alternative_titles)
        return tuple(dict.fromkeys(t for t in every if t))

    @property
    def people(self) -> tuple[str, ...]:
        """Return the names of all people in the record, without repeats."""
        lists = (
            self.directors,
            self.writers,
            self.screenplay,
            self.story,
            self.producers,
            self.executive_producers,
            tuple(m.name for m in self.cast),
            self.narrators,
            self.music,
            self.cinematography,
            self.editors,
            self.creators,
            tuple(a for w in self.based_on for a in w.authors),
        )
        return tuple(dict.fromkeys(n for names in lists for n in names))

    @property
    def characters(self) -> tuple[str, ...]:
        """Return the names of the characters in the cast list, without repeats."""
        return tuple(dict.fromkeys(c for m in self.cast for c in m.characters))


@dataclass(frozen=True, slots=True)
class FilmSummary:
    """What a search answers: enough to tell films of one name apart."""

    id: str
    title: str
    year: int | None
    directors: tuple[str, ...] = ()
    score: float = 1.0
