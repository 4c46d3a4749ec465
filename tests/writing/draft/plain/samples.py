"""Films and notes that several tests of plain drafts share."""

from __future__ import annotations

from pathlib import Path

from service import store
from service.films import Award, CastMember, Film, Money, RelatedFilm, SourceWork
from service.reviews import Note, parse_notes

ROOT = Path(__file__).resolve().parents[4]
DRAFTS = ROOT / "evals" / "data" / "drafts"

HARBOUR = Film(
    id="the-last-harbour-1987",
    title="The Last Harbour",
    year=1987,
    runtime_minutes=127,
    directors=("Ingrid Sand",),
    cast=(
        CastMember("Tom Weller", ("Joseph Kane",)),
        CastMember("Mara Lind", ("Ada Kane",)),
        CastMember("Park Joon-seo", ("Han",)),
    ),
    music=("Elias Corr",),
    cinematography=("Nils Aaby",),
    countries=("Norway",),
    genres=("Drama", "Crime"),
    based_on=(SourceWork("Salt and Rope", ("H. Berg",), "novel"),),
    awards=(Award("Harbour Film Festival", "Golden Anchor", 1987),),
    related=(RelatedFilm("remake", "The Last Harbour", 2004, "Denmark"),),
    budget=Money(1_500_000),
    box_office=Money(9_250_000),
)
BARE = Film(id="bare", title="Bare")


def catalogue() -> dict[str, Film]:
    """Return the films of the starter catalogue by id."""
    return {film.id: film for film in store.catalogue()}


def drafts() -> dict[str, tuple[str, tuple[Note, ...]]]:
    """Return for each notes file its film's id and its notes."""
    rows = (r.split("\t") for r in (DRAFTS / "films.tsv").read_text(encoding="utf-8").splitlines()[2:])
    return {name: (film, parse_notes((DRAFTS / name).read_text(encoding="utf-8"))) for name, film in rows}


def all_notes() -> list[tuple[str, Note]]:
    """Return every note of the files, with its film's id."""
    return [(film, note) for film, notes in drafts().values() for note in notes]
