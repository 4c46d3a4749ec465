"""Films: the stored metadata record and the words that belong to it."""

from service.films.film import (
    JSON,
    Alternative,
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

__all__ = [
    "JSON",
    "Alternative",
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
]
