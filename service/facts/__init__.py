"""Facts: typed claim kinds, each a parser over sentences and a comparison with the Film."""

from service.facts.claim import (
    Claim,
    ClaimReport,
    Coverage,
    Evidence,
    Suggestion,
    SuggestionKind,
    Verdict,
)

__all__ = [
    "Claim",
    "ClaimReport",
    "Coverage",
    "Evidence",
    "Suggestion",
    "SuggestionKind",
    "Verdict",
]
