"""One word for one thing: genres, countries and languages as Finecut's records write them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

GENRES = {
    "sci-fi": "Science Fiction",
    "science-fiction": "Science Fiction",
    "film-noir": "Film Noir",
    "reality-tv": "Reality",
    "sci fi": "Science Fiction",
    "scifi": "Science Fiction",
    "science fiction": "Science Fiction",
    "animated": "Animation",
    "cartoon": "Animation",
    "biographical": "Biography",
    "biopic": "Biography",
    "historical": "History",
    "romantic": "Romance",
    "noir": "Film Noir",
    "suspense": "Thriller",
    "kids": "Family",
    "children": "Family",
    "children's": "Family",
}
COUNTRIES = {
    "usa": "United States",
    "us": "United States",
    "united states of america": "United States",
    "uk": "United Kingdom",
    "republic of korea": "South Korea",
    "korea": "South Korea",
    "people's republic of china": "China",
    "russian federation": "Russia",
    "czechia": "Czech Republic",
    "republic of ireland": "Ireland",
    "türkiye": "Turkey",
}


@cache
def genre(name: str) -> str:
    """Return the genre's name as records write it.

    >>> genre("Sci-Fi"), genre("Drama")
    ('Science Fiction', 'Drama')
    """
    return GENRES.get(name.strip().lower(), name.strip())


@cache
def country(name: str) -> str:
    """Return the country's name as records write it.

    >>> country("USA"), country("France")
    ('United States', 'France')
    """
    return COUNTRIES.get(name.strip().lower(), name.strip())


def country_of_code(code: str) -> str:
    """Return the country of an ISO 3166 code, or the code where it is not in the table."""
    return _codes("countries.tsv").get(code.upper(), code)


def language_of_code(code: str) -> str:
    """Return the language of an ISO 639-1 code, or the code where it is not in the table."""
    return _codes("languages.tsv").get(code.lower(), code)


@cache
def _codes(name: str) -> dict[str, str]:
    text = files("service.sources").joinpath(f"data/{name}").read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {code: word for code, _, word in lines}
