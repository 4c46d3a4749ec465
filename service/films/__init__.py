"""Films: the stored metadata record and the words that belong to it."""

from service.films.codec import film_from_json, film_to_json
from service.films.film import (
    JSON,
    Alternative,
    AudienceRating,
    Award,
    CastMember,
    Certificate,
    Film,
    FilmSummary,
    Money,
    Provenance,
    RelatedFilm,
    Release,
    SourceWork,
)
from service.films.merge import disagreements, merge, same_film, site_ids

__all__ = [
    "JSON",
    "Alternative",
    "AudienceRating",
    "Award",
    "CastMember",
    "Certificate",
    "Film",
    "FilmSummary",
    "Money",
    "Provenance",
    "RelatedFilm",
    "Release",
    "SourceWork",
    "disagreements",
    "film_from_json",
    "film_to_json",
    "merge",
    "same_film",
    "site_ids",
]
