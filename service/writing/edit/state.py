"""What an edit is about, and where it stands."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from service.detectors import Finding, Subject
from service.detectors.house_style import find as house_findings
from service.document import Document, Edit
from service.gates.ledger import Ledger
from service.reviews import Note
from service.writing.edit.offers import Offers
from service.writing.edit.request import MAX_CUT, EditRequest
from service.writing.edit.result import Judged
from service.writing.edit.rounds import Budget, Memory
from service.writing.edit.trial import Neighbourhoods, Trial
from service.writing.ports import Progress


@dataclass
class State:
    """Where the edit stands: the text now with its findings (None where they are not known yet), the
    edits of the original that lead to it, the trail; `settled` is the last word on some edits.
    """

    document: Document
    findings: tuple[Finding, ...] | None
    budget: Budget
    edits: tuple[Edit, ...] = ()
    steps: list[Judged] = field(default_factory=list)
    refused: list[Judged] = field(default_factory=list)
    memory: Memory = field(default_factory=set)
    rounds: int = 0
    asked: set[tuple[str, str]] = field(default_factory=set)
    stages: list[tuple[Edit, ...]] = field(default_factory=list)
    settled: tuple[tuple[Edit, ...], tuple[tuple[Edit, ...], Ledger, Document]] | None = None


@dataclass(frozen=True)
class Job:
    """What is asked, of which text; `copy` tells whether the whole reads as copy."""

    request: EditRequest
    original: Document
    subject: Subject
    titles: tuple[str, ...]
    copy: bool
    began: float
    progress: Progress
    offers: Offers = field(default_factory=Offers)
    neighbourhoods: Neighbourhoods = field(default_factory=dict)

    def trial(self, document: Document) -> Trial:
        """Return the trial of edits of `document`."""
        r = self.request
        return Trial(
            document,
            self.subject,
            self.notes,
            r.protect,
            r.headings,
            self.titles,
            r.house,
            self.neighbourhoods,
        )

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return the writer's notes, and the house's words as notes: either may be put into the text."""
        house = self.request.house
        own = sorted({*house.names.values(), *house.preferred.values()}) if house else []
        return (*self.request.notes, *(Note(f"house{i}", word) for i, word in enumerate(own)))

    def house_findings(self, document: Document) -> tuple[Finding, ...]:
        """Return what in the document is not as the house writes it."""
        house = self.request.house
        return house_findings(document, house, titles=self.titles) if house else ()

    def allowed_cut(self, document: Document) -> float:
        """Return the share of the words now that may still go."""
        floor = (1 - self.request.max_cut) * self.original.words
        return max(0.0, 1 - floor / max(1, document.words))

    @property
    def price(self) -> float:
        """Return how dear a word is: the fewer may go, the dearer. It depends on no text, so that a second
        run on the outcome weighs as the first did.
        """
        return max(1.0, MAX_CUT / max(self.request.max_cut, 0.01))

    def spent(self) -> bool:
        """Tell whether the time granted is over."""
        return self.request.seconds is not None and time.monotonic() - self.began > self.request.seconds
