"""What a gate is given and what it answers. A refusal is a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from service.detectors import Analysis, Finding, Subject, analyse, detect
from service.detectors.house_style import HouseStyle
from service.detectors.house_style import find as house_findings
from service.document import Document, Edit
from service.facts import Claim, check
from service.films import Film
from service.gates.ledger import Marks, Region, Settlement, Standing, regions, settle_region
from service.reviews import Note


@dataclass(frozen=True)
class Change:
    """A document before and after `edits`, with what the new text may draw upon.

    A change may be a neighbourhood: a paragraph cut out of a longer text. Then `rest` is the
    standing of the whole text before the change, and gates that weigh a whole text (its length,
    its score, the places of the keyphrase) leave that to the round's own check. A step that is not
    `closing` may let the score fall, as a rate does when words are cut. What is costly is
    computed once, when a gate first asks; `found`, `checked` and `told` spare even that for the text
    before.
    """

    before: Document
    after: Document
    edits: tuple[Edit, ...]
    subject: Subject
    notes: tuple[Note, ...] = ()
    protect: tuple[str, ...] = ()
    max_cut: float | None = None
    headings: bool = False
    house: HouseStyle | None = None
    rest: Standing | None = None
    closing: bool = True
    found: tuple[Finding, ...] | None = None
    checked: tuple[Claim, ...] | None = None
    told: Standing | None = None

    @property
    def film(self) -> Film | None:
        """Return the film the text is about, where it is known."""
        return self.subject.film

    @property
    def whole(self) -> bool:
        """Tell whether the documents are whole texts, not a neighbourhood."""
        return self.rest is None

    @cached_property
    def standing(self) -> Standing:
        """Return what the whole text before asserts."""
        return self.rest or self.told or Standing.of(self.before, self.film, self.notes)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """Return the sentences that the edits touch, before and after."""
        return tuple(regions(self.before, self.after, self.edits))

    @cached_property
    def findings_before(self) -> tuple[Finding, ...]:
        """Return the findings of the text before."""
        return self.found if self.found is not None else detect(self.before, self.subject)

    @cached_property
    def findings_after(self) -> tuple[Finding, ...]:
        """Return the findings of the text after."""
        return detect(self.after, self.subject, analysis=self.reading_after)

    @cached_property
    def reading_after(self) -> Analysis:
        """Return the detectors' reading of the text after."""
        return analyse(self.after, self.subject)

    @cached_property
    def house_before(self) -> tuple[Finding, ...]:
        """Return what in the text before is not as the house writes it."""
        return house_findings(self.before, self.house) if self.house else ()

    @cached_property
    def claims_before(self) -> tuple[Claim, ...]:
        """Return the claims of the text before; none where no film is known."""
        if self.checked is not None:
            return self.checked
        return check(self.before, self.film).claims if self.film else ()

    @cached_property
    def claims_after(self) -> tuple[Claim, ...]:
        """Return the claims of the text after; none where no film is known."""
        return check(self.after, self.film).claims if self.film else ()

    @cached_property
    def settlements(self) -> tuple[Settlement, ...]:
        """Return each region's part of the ledger."""
        rest = self.standing.after_change(self.regions)
        marks = Marks.of(self.claims_before, (*self.findings_before, *self.house_before))
        return tuple(settle_region(r, rest, marks) for r in self.regions)


@dataclass(frozen=True, slots=True)
class Decision:
    """A gate's answer, with a reason that names what decided it."""

    gate: str
    accepted: bool
    reason: str


class Gate(Protocol):
    """One thing that no edit may do."""

    @property
    def name(self) -> str:
        """Return the gate's name, as decisions give it."""
        ...

    def __call__(self, change: Change) -> Decision:
        """Return the decision on `change`."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A gate made of a name and a function that returns why the change is refused, or nothing."""

    name: str
    refuses: Objection

    def __call__(self, change: Change) -> Decision:
        """Return the decision on `change`."""
        reason = self.refuses(change)
        return Decision(self.name, not reason, reason or "nothing to object")


class Objection(Protocol):
    """Says why a change is refused; the empty string where it is not."""

    def __call__(self, change: Change) -> str:
        """Return the reason of the refusal, or an empty string."""
        ...
