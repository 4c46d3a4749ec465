"""Sources that disagree: a claim is held against every value that the record keeps of a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from service.facts.claim import Claim, Verdict
from service.facts.kind import Assertion
from service.facts.lexicon import Same
from service.films import Film
from service.films.codec import field_from_json

Asserting = Callable[[Film], Sequence[Assertion]]


def versions(film: Film) -> tuple[Film, ...]:
    """Return the record once for each value that another source gives, with that value in its place."""
    return _versions(Same(film))


@lru_cache(maxsize=64)
def _versions(same: Same) -> tuple[Film, ...]:
    film = same.film
    return tuple(
        replace(
            film,
            **{field: field_from_json(field, other.value)},  # type: ignore[arg-type]  # a field's own type
            provenance=MappingProxyType({**film.provenance, field: other.provenance}),
            conflicts=MappingProxyType({}),
        )
        for field, others in film.conflicts.items()
        for other in others
    )


def reconciled(found: Sequence[Assertion], film: Film, asserting: Asserting) -> list[Assertion]:
    """Return the assertions with the verdict of all sources together.

    A claim that any kept value supports is supported, on that value's evidence. A contradiction stands only
    if every value contradicts, and cites them all; else the record does not decide.
    """
    if not film.conflicts or all(a.claim.verdict is Verdict.SUPPORTED for a in found):
        return list(found)
    others = [asserting(version) for version in versions(film)]
    return [_reconciled(a, others) for a in found]


def _reconciled(assertion: Assertion, others: Sequence[Sequence[Assertion]]) -> Assertion:
    claim = assertion.claim
    if claim.verdict is Verdict.SUPPORTED:
        return assertion
    same = [_counterpart(claim, found) for found in others]
    for other in same:
        if other is not None and other.claim.verdict is Verdict.SUPPORTED:
            return other
    if claim.verdict is not Verdict.CONTRADICTED:
        return assertion
    against = [o.claim for o in same if o is not None and o.claim.verdict is Verdict.CONTRADICTED]
    if len(against) < len(others):
        reason = f"The sources disagree, and not all of them contradict. {claim.reason}"
        undecided = replace(claim, verdict=Verdict.NOT_IN_METADATA, reason=reason, suggestion=None)
        return replace(assertion, claim=undecided)
    evidence = tuple(e for c in (claim, *against) for e in c.evidence)
    kept = tuple(e for i, e in enumerate(evidence) if e not in evidence[:i])
    if len(kept) == len(claim.evidence):
        return assertion
    reasons = dict.fromkeys(c.reason for c in (claim, *against))
    # No value is put in its place: the sources do not agree on which.
    return replace(assertion, claim=replace(claim, evidence=kept, reason=" ".join(reasons), suggestion=None))


def _counterpart(claim: Claim, found: Sequence[Assertion]) -> Assertion | None:
    """Return the assertion of the same kind at the same place."""
    same = (a for a in found if a.claim.kind == claim.kind and a.claim.span == claim.span)
    return next(same, None)
