"""What an edit comes back with: the text, and an account of every change proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.detectors import Finding, Score
from service.document import Document, Edit
from service.facts import ClaimReport
from service.gates import Decision
from service.gates.ledger import Ledger
from service.writing.edit.meta import Meta
from service.writing.ports import Reach, Usage


@dataclass(frozen=True, slots=True)
class Judged:
    """An edit with the gates' decisions and the round in which it was proposed (from 1)."""

    edit: Edit
    decisions: tuple[Decision, ...]
    round: int

    @property
    def refusal(self) -> str:
        """Return the reason of the first refusal; empty where every gate accepts."""
        return next((f"{d.gate}: {d.reason}" for d in self.decisions if not d.accepted), "")


@dataclass(frozen=True, slots=True)
class Scores:
    """The score before and after."""

    before: Score
    after: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class EditResult:
    """An edited copy.

    `edits` are the accepted ones as spans of the content given, in order, without overlap; the
    content is exactly what they make of it. `steps` are the accepted proposals that they are
    composed of, round by round, each against the text of its round; `made_of` leads from an edit's
    id to its steps' ids. `refused` holds all other proposals with the decision that refused them.
    `findings` are those of the text given, `left` those of the content; `house_before` and `house_left`
    what is not as the house style has it. `meta` is None where it was not asked for.
    """

    content: str
    document: Document
    edits: tuple[Edit, ...]
    steps: tuple[Judged, ...]
    refused: tuple[Judged, ...]
    claims: Ledger
    facts: ClaimReport | None
    scores: Scores
    made_of: Mapping[str, tuple[str, ...]]
    findings: tuple[Finding, ...]
    left: tuple[Finding, ...]
    usage: Usage
    model: str
    reach: Reach
    prompts: Mapping[str, str]
    house_before: tuple[Finding, ...] = ()
    house_left: tuple[Finding, ...] = ()
    failures: tuple[str, ...] = ()
    rounds: int = 0
    meta: Meta | None = None
