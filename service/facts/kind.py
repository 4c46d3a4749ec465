"""What a claim kind is: a reading of one sentence and the film in, assertions out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from service.document import Span
from service.facts.claim import Claim, Evidence, Suggestion, SuggestionKind, Verdict
from service.facts.reading import Reading
from service.facts.whole_text import WholeText
from service.facts.wording import cited, one_of
from service.films import JSON, CastMember, Film
from service.films.names import People, part_meant

PRONOUNS = frozenset({"he", "she", "they"})


@dataclass(frozen=True, slots=True)
class Assertion:
    """A claim that a kind found, and the words of the sentence that it accounts for.

    `covers` holds ranges of words (indices into `Reading.words`). A sentence is supported as a whole
    only if every word that carries content is covered by some supported assertion.
    """

    claim: Claim
    covers: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, a record, and the verdict that one claim kind must give; None where the kind must
    stay silent. `replacement` is the text of the suggestion, where one is due.
    """

    text: str
    film: Film
    verdict: Verdict | None
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a kind may know besides the sentence: the people of all stored films, and the whole text that
    the sentence stands in, where it stands in one.
    """

    people: People | None = None
    text: WholeText | None = None


class ClaimKind(Protocol):
    """One kind of claim: a pure function of a reading, whose film is the record."""

    @property
    def name(self) -> str:
        """Return the name that its claims bear."""
        ...

    @property
    def examples(self) -> Sequence[Example]:
        """Return sentences with the verdicts that this kind must give."""
        ...

    def __call__(self, reading: Reading, context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of this kind in the sentence, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Finder:
    """Builds the assertions of one claim kind from skeleton ranges of one reading."""

    kind: str
    reading: Reading

    def assertion(
        self,
        at: tuple[int, int],
        asserted: JSON,
        verdict: Verdict,
        reason: str,
        *,
        fields: Sequence[str] = (),
        covers: Sequence[tuple[int, int]] = (),
        put: str | None = None,
        spelling: str | None = None,
    ) -> Assertion:
        """Return the assertion of `asserted` at the skeleton range `at`.

        `fields` are the record's fields that decided it (cited as evidence), `covers` further
        skeleton ranges that it accounts for, `put` the stored value to put in place of the text at
        `at`, `spelling` its right spelling.
        """
        r = self.reading
        span, text = r.place(*at)
        suggestion = _suggestion(span, text, put, spelling) if put or spelling else None
        meant = r.standing_at(*at)
        if meant is not None:
            reason = f"{reason} (“{text}” is read as {meant.text}.)"
            suggestion = (
                None if text.casefold() in PRONOUNS else suggestion
            )  # the name is mended where it stands
        evidence = tuple(r.once(_evidence, f) for f in fields)
        claim = Claim(self.kind, span, r.sentence.span, text, asserted, verdict, reason, evidence, suggestion)
        return Assertion(claim, tuple(r.word_range(*c) for c in (at, *covers) if c[1] > c[0]))


def _suggestion(span: Span, text: str, put: str | None, spelling: str | None) -> Suggestion:
    """Return the edit that would mend a claim; of a surname alone, only the surname is spelt right."""
    if spelling is not None:
        return Suggestion(SuggestionKind.SPELLING, span, part_meant(text, spelling))
    return Suggestion(SuggestionKind.VALUE, span, put or "")


def verdict_on(*, right: bool | None, negated: bool = False, hedged: bool = False) -> Verdict:
    """Return the verdict on what the record makes `right` (None where it does not tell), and the sentence may
    deny, or only report.

    >>> verdict_on(right=True, negated=True), verdict_on(right=False, hedged=True)
    (<Verdict.CONTRADICTED: 'contradicted'>, <Verdict.NOT_IN_METADATA: 'not_in_metadata'>)
    """
    if right is None or hedged:
        return Verdict.NOT_IN_METADATA
    return Verdict.SUPPORTED if right != negated else Verdict.CONTRADICTED


def _evidence(reading: Reading, name: str) -> Evidence:
    return evidence(reading.film, name)


def evidence(film: Film, name: str) -> Evidence:
    """Return the stored value of the field `name` and where it came from."""
    value: JSON = [as_cast(m) for m in film.cast] if name == "cast" else as_json(getattr(film, name))
    return Evidence(name, value, film.source_of(name))


def as_cast(member: CastMember) -> str:
    """Return an actor as a reader reads it: `Ryu Seung-ryong as Lee Yong-gu`."""
    return f"{member.name} as {' / '.join(member.characters)}" if member.characters else member.name


def as_json(value: object) -> JSON:
    """Return a field's value as JSON: tuples as lists, records as objects."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (tuple, list)):
        return [as_json(v) for v in value]
    if isinstance(value, dict):
        return {str(k): as_json(v) for k, v in value.items()}
    names = getattr(type(value), "__slots__", ())
    return {n: as_json(getattr(value, n)) for n in names} if names else str(value)


__all__ = [
    "Assertion",
    "ClaimKind",
    "Context",
    "Example",
    "Finder",
    "as_json",
    "cited",
    "evidence",
    "one_of",
    "verdict_on",
]
