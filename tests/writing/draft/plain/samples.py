"""Films and notes that several tests of plain drafts share."""

from __future__ import annotations

import json
import re
from pathlib import Path

from service.films import Award, CastMember, Film, Money, RelatedFilm, SourceWork
from service.films.codec import film_from_json
from service.reviews import Note, SectionName

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
    lines = (ROOT / "service/store/data/catalogue.jsonl").read_text(encoding="utf-8").splitlines()
    films = (film_from_json(json.loads(line)) for line in lines if line.strip())
    return {f.id: f for f in films}


def drafts() -> dict[str, tuple[str, tuple[Note, ...]]]:
    """Return for each notes file its film's id and its notes."""
    rows = (DRAFTS / "films.tsv").read_text(encoding="utf-8").splitlines()[2:]
    return {name: (film, read_notes(DRAFTS / name)) for name, film in (r.split("\t") for r in rows)}


def read_notes(path: Path) -> tuple[Note, ...]:
    """Read bullets, with headings as sections."""
    notes: list[Note] = []
    section = None
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = re.fullmatch(r"(?:#+ )?(plot|characters|themes|legacy)", line.strip(), re.IGNORECASE)
        if heading:
            section = SectionName(heading[1].lower())
        elif re.match(r"[-*] ", line):
            notes.append(Note(f"n{len(notes) + 1}", line[2:], section))
    return tuple(notes)


def all_notes() -> list[tuple[str, Note]]:
    """Return every note of the files, with its film's id."""
    return [(film, note) for film, notes in drafts().values() for note in notes]
