"""What a detector is: a kind, a pure function of the analysis, and the examples that prove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from service.detectors.analysis import Analysis
from service.detectors.finding import Example, Finding


@dataclass(frozen=True, slots=True)
class Detector:
    """One kind of finding. `find` returns the findings in any order; `examples` hold texts that must be
    flagged and near misses that must stay silent.
    """

    kind: str
    find: Callable[[Analysis], Sequence[Finding]]
    examples: tuple[Example, ...] = field(repr=False)

    def __call__(self, analysis: Analysis) -> Sequence[Finding]:
        """Return the findings of this kind."""
        return self.find(analysis)
