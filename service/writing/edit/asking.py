"""What a model is asked for in an edit, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.films import Film
from service.gates.ledger import Standing
from service.writing.edit.place import Place
from service.writing.edit.rounds import Contest
from service.writing.ports import Model, PromptLibrary, Usage



@dataclass
class Asking:
    """Asks one model and keeps the account."""

    model: Model
    prompts: PromptLibrary
    seed: int | None = None
    usage: Usage = field(default_factory=Usage)
    versions: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    answered_by: str = ""

    def __post_init__(self) -> None:
        self.answered_by = self.model.name

    async def chosen(self, contests: Sequence[Contest]) -> list[Contest]:
        """Return the contests with the model's choice first."""
        return list(contests)

    async def rewrites(
        self, sites: Sequence[Place], tried: set[tuple[str, str]], standing: Standing, *, film: Film | None
    ) -> list[Contest]:
        """Return contests of the model's rewrites."""
        del sites, tried, standing, film
        return []
