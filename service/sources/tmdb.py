"""What TMDB's API and the TMDB-5000 tables share: objects, credits by job, countries and languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from service.sources.cells import characters, named, text
from service.sources.words import country, genre, language_of_code

JOBS = {
    "Director": ("directors",),
    "Co-Director": ("directors",),
    "Producer": ("producers",),
    "Executive Producer": ("executive_producers",),
    "Writer": ("writers",),
    "Screenplay": ("writers", "screenplay"),
    "Story": ("writers", "story"),
    "Original Music Composer": ("music",),
    "Music": ("music",),
    "Director of Photography": ("cinematography",),
    "Cinematography": ("cinematography",),
    "Editor": ("editors",),
    "Creator": ("creators",),
}
SOURCE_JOBS = {
    "Novel": "novel",
    "Book": "book",
    "Short Story": "short story",
    "Theatre Play": "play",
    "Comic Book": "comic",
}


def facts(movie: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that a movie object of the API and a row of the table both have."""
    released = text(movie.get("release_date"))
    title, original = text(movie.get("title")), text(movie.get("original_title"))
    return {
        "title": title or original,
        "original_title": original if original != title else "",
        "year": int(released[:4]) if released[:4].isdigit() else None,
        "releases": [{"date": released}] if released else [],
        "runtime_minutes": _whole(movie.get("runtime")),
        "genres": [genre(g) for g in named(movie.get("genres"))],
        "production_companies": named(movie.get("production_companies")),
        "countries": [country(c) for c in named(movie.get("production_countries"))],
        "languages": list(_languages(movie.get("spoken_languages"))),
        "budget": _money(movie.get("budget")),
        "box_office": _money(movie.get("revenue")),
        "ratings": _ratings(movie),
    }


def credits_of(cast: object, crew: object) -> dict[str, object]:
    """Return the fields that lists of cast and crew give, the directors complete."""
    fields: dict[str, object] = {"cast": list(_cast(cast))}
    lists: dict[str, list[str]] = {}
    based_on: list[dict[str, object]] = []
    for member in _objects(crew):
        name, job = text(member.get("name")), text(member.get("job"))
        for field in JOBS.get(job, ()) if name else ():
            if name not in lists.setdefault(field, []):
                lists[field].append(name)
        if name and job in SOURCE_JOBS:
            based_on.append({"authors": [name], "kind": SOURCE_JOBS[job]})
    fields |= lists
    fields["based_on"] = based_on
    if lists.get("directors"):
        fields["complete"] = ["directors"]
    return fields


def _cast(cast: object) -> Iterator[dict[str, object]]:
    seen: set[str] = set()
    for member in sorted(_objects(cast), key=lambda m: _whole(m.get("order")) or 0):
        name = text(member.get("name"))
        if name and name not in seen:
            seen.add(name)
            yield {"name": name, "characters": characters(member.get("character"))}


def _objects(given: object) -> list[Mapping[str, object]]:
    listed = given if isinstance(given, Sequence) and not isinstance(given, str) else []
    return [o for o in listed if isinstance(o, Mapping)]


def _languages(given: object) -> Iterator[str]:
    for language in _objects(given):
        code = text(language.get("iso_639_1"))
        known = language_of_code(code)
        name = known if known != code else text(language.get("english_name") or language.get("name"))
        if name:
            yield name


def _whole(given: object) -> int | None:
    """Return a count; TMDB writes 0 where it does not know, and the tables write 90.0."""
    return int(float(text(given))) or None if text(given) else None


def _money(given: object) -> dict[str, object] | None:
    amount = _whole(given)
    return {"amount": amount, "currency": "USD"} if amount else None


def _ratings(movie: Mapping[str, object]) -> list[dict[str, object]]:
    votes = _whole(movie.get("vote_count"))
    if not votes:
        return []
    return [
        {"site": "TMDB", "value": float(text(movie.get("vote_average")) or 0), "maximum": 10, "votes": votes}
    ]
