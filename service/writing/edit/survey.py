"""What is found in the text as it stands, and where it may be mended: read once for each text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from service.detectors import Finding, Level
from service.document import Document
from service.writing.edit.place import Place
from service.writing.edit.plan import places, wanted
from service.writing.edit.state import Job
from service.writing.edit.trial import Trial


@dataclass(frozen=True)
class Survey:
    """A text between two rounds, with its findings."""

    job: Job
    document: Document
    findings: tuple[Finding, ...]

    @cached_property
    def trial(self) -> Trial:
        """Return the trial of edits of the text."""
        return self.job.trial(self.document)

    @cached_property
    def targets(self) -> tuple[Finding, ...]:
        """Return the findings that cuts may answer, and what the house does not want."""
        found = wanted(self.findings, self.job.request.intensity, copy=self.job.copy)
        house = self.job.house_findings(self.document)
        return (*found, *(f for f in house if f.level is Level.MUST))

    @cached_property
    def sites(self) -> list[Place]:
        """Return the editable sentences with all their targets."""
        return self._places(self.targets)

    @cached_property
    def urgent(self) -> list[Place]:
        """Return the editable sentences with the targets that must be mended alone."""
        return self._places([f for f in self.targets if f.level is Level.MUST])

    def _places(self, targets: tuple[Finding, ...] | list[Finding]) -> list[Place]:
        return places(
            self.document,
            targets,
            self.trial.standing.known,
            titles=self.job.titles,
            headings=self.job.request.headings,
            price=self.job.price,
        )
