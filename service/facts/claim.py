"""A claim, its verdict, and what it was held against."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service.document import Span
from service.films import JSON, Provenance


class Verdict(StrEnum):
    """What the record says of a claim. No evidence never reads as supported."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_IN_METADATA = "not_in_metadata"


class SuggestionKind(StrEnum):
    """Whether a suggestion puts the stored value in place, or only spells a name right."""

    VALUE = "value"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A replacement of the source characters at `span` that would mend the claim."""

    kind: SuggestionKind
    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored value that decided the claim, with where it came from."""

    field: str
    value: JSON
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement.

    `span` covers the asserted value in the source (the name, the year), `sentence` the sentence
    that asserts it. `kind` is the claim kind's name, `asserted` the value as parsed, `reason` one
    sentence for the writer, `decided_by` is `rules` or the name of the model that was asked.
    """

    kind: str
    span: Span
    sentence: Span
    text: str
    asserted: JSON
    verdict: Verdict
    reason: str
    evidence: tuple[Evidence, ...] = ()
    suggestion: Suggestion | None = None
    decided_by: str = "rules"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many claims were found and how many of them the record decided."""

    claims: int
    checked: int


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """The claims of a document in order of their spans, and the coverage."""

    claims: tuple[Claim, ...]
    coverage: Coverage
