"""Facts: typed claim kinds, each a parser over sentences and a comparison with the Film."""

from service.facts.check import Decided, check, decide
from service.facts.claim import (
    Claim,
    ClaimReport,
    Coverage,
    Evidence,
    Suggestion,
    SuggestionKind,
    Verdict,
)
from service.facts.kinds import CLAIM_KINDS
from service.facts.undecided import Undecided, undecided

__all__ = [
    "CLAIM_KINDS",
    "Claim",
    "ClaimReport",
    "Coverage",
    "Decided",
    "Evidence",
    "Suggestion",
    "SuggestionKind",
    "Undecided",
    "Verdict",
    "check",
    "decide",
    "undecided",
]
