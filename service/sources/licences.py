"""What may be done with each source's data, as the source itself says."""

from __future__ import annotations

LICENCES = {
    "imdb": "IMDb non-commercial licence: personal and non-commercial use",
    "imdb5000": "no licence granted: local use only",
    "imdb1000": "no licence granted: local use only",
    "tmdb": "TMDB API terms of use: attribution, non-commercial unless agreed",
    "tmdb5000": "no licence granted: local use only",
    "omdb": "CC-BY-NC-4.0",
    "wikidata": "CC0-1.0",
    "wikipedia": "CC-BY-SA-4.0",
    "wikipedia_list": "CC-BY-SA-4.0",
    "extract": "CC-BY-SA-4.0",
    "infotabs": "CC-BY-SA-3.0",
}
"""Licences by a source's short name. OMDb and Wikidata state theirs on their sites' front pages."""

UNKNOWN = "not stated"


def licence_of(source: str) -> str:
    """Return the licence of `source`; of sources joined by `+`, every one that differs."""
    return "; ".join(dict.fromkeys(LICENCES.get(name, UNKNOWN) for name in source.split("+")))
