"""What a model is asked for in an edit, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from service.document import Document
from service.errors import BudgetExceeded, ModelError, ModelMisconfigured, ModelUnavailable
from service.films import Film
from service.gates.ledger import Standing
from service.writing.edit.asks import PARAGRAPH, Rewrites
from service.writing.edit.place import Place
from service.writing.edit.proposed import numbered, proposed
from service.writing.edit.result import Judged
from service.writing.edit.rounds import Contest
from service.writing.edit.selection import FRAME, QUOTES, SHARE, Paragraph, key, select, tokens
from service.writing.ports import Answer, Ask, Model, PromptLibrary, Reach, Usage
from service.writing.prompts import Reply

MOST_CALLS = 60
PATIENCE = 3  # unusable answers in a row, after which nothing more is asked
LEAST_TOKENS, ROOM = 300, 3  # of an answer: room for long words and for a model that counts otherwise


@dataclass
class Asking:
    """Asks one model, paragraph by paragraph in order, and keeps the account: `tokens` are those of
    the whole text given, of which answers may have a share.
    """

    model: Model
    prompts: PromptLibrary
    seed: int | None = None
    tokens: int | None = None
    usage: Usage = field(default_factory=Usage)
    versions: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    answered_by: str = ""
    declined: list[Judged] = field(default_factory=list)
    _written: set[str] = field(default_factory=set)
    _spent: int = 0
    _calls: int = 0
    _in_a_row: int = 0
    _over: bool = False

    def __post_init__(self) -> None:
        self.answered_by = self.model.name

    async def chosen(self, contests: Sequence[Contest]) -> list[Contest]:
        """Return the contests as the rules ranked them, for a model of reach `sentence`.

        Nothing is asked of it: the rules' order is strict (worth, then kind, then text), so no choice
        is left open, and a small model's choice follows the place of an option, not its words
        (`prompts/README.md`, `draft_join`).
        """
        return list(contests)

    async def rewrites(
        self, sites: Sequence[Place], tried: set[tuple[str, str]], standing: Standing, *, film: Film | None
    ) -> list[Contest]:
        """Return contests of the model's rewrites for the sentences that must or should be mended.

        `tried` gains the sentences asked about and those proposed. A failure of the model costs its
        paragraph and is told in `failures`. Raises ModelMisconfigured.
        """
        del standing  # the gates hold the whole text against each proposal
        total = self.tokens if self.tokens is not None else tokens_of(sites[0].document) if sites else 0
        found: list[Contest] = []
        while not self._over and self._calls < MOST_CALLS:
            affordable = select(sites, tried, int(SHARE * total) - self._spent)
            if not affordable:
                break
            paragraph = affordable[0]
            tried.update(key(paragraph.places[i].text) for i in paragraph.flagged)
            reply = await self._ask(paragraph, film.title if film else "")
            if reply is not None:
                texts = [t.strip() for r in reply.value.rewrites for t in r.texts]
                self._written.update(texts)
                tried.update(map(key, texts))
                found += self._taken(paragraph, reply)
        return found

    def unwritten(self, sites: Sequence[Place]) -> list[Place]:
        """Return the sites without the sentences that the model wrote: it was told what to avoid, and
        a rule that cuts into a fresh sentence would undo what was weighed as a whole.
        """
        return [p for p in sites if p.text not in self._written]

    def declines(self, number: int) -> list[Judged]:
        """Return what was declined before any gate since the last call, as of round `number`."""
        told, self.declined = self.declined, []
        return [replace(j, round=number) for j in told]

    async def _ask(self, paragraph: Paragraph, film: str) -> Reply[Rewrites] | None:
        self._calls += 1
        prompt = replace(PARAGRAPH, max_tokens=LEAST_TOKENS + ROOM * paragraph.tokens)
        counting = _Counting(self)
        try:
            reply = await prompt.ask(
                paragraph.inputs(film), model=counting, prompts=self.prompts, seed=self.seed
            )
        except ModelMisconfigured:
            raise
        except (ModelError, BudgetExceeded) as error:
            self._failed(paragraph, error)
            return None
        self._in_a_row = 0
        self._spent += _written(reply) * max(1, reply.usage.calls)
        self.versions[PARAGRAPH.name] = reply.version
        return reply

    def _failed(self, paragraph: Paragraph, error: ModelError | BudgetExceeded) -> None:
        self._spent += paragraph.tokens
        self._in_a_row += 1
        self._over = isinstance(error, ModelUnavailable | BudgetExceeded) or self._in_a_row >= PATIENCE
        end = " Nothing more was asked." if self._over else ""
        self.failures.append(f"{_about(paragraph)}: {error.message}{end}")

    def _taken(self, paragraph: Paragraph, reply: Reply[Rewrites]) -> tuple[Contest, ...]:
        outcome = proposed(paragraph, reply.value, f"model:{reply.model}")
        for edit, decision in outcome.declined:
            self.declined.append(Judged(numbered(edit, len(self.declined) + 1), (decision,), 0))
        self.failures += [f"{_about(paragraph)}: {said}." for said in outcome.astray]
        return outcome.contests


@dataclass(frozen=True, slots=True)
class _Counting:
    """The model, each of its answers entered in the account, those that lead to nothing among them."""

    account: Asking

    @property
    def name(self) -> str:
        return self.account.model.name

    @property
    def reach(self) -> Reach:
        return self.account.model.reach

    async def ask(self, ask: Ask) -> Answer:
        answer = await self.account.model.ask(ask)
        self.account.usage += answer.usage
        self.account.answered_by = answer.model
        return answer


def _written(reply: Reply[Rewrites]) -> int:
    return sum(FRAME + sum(QUOTES + tokens(t) for t in r.texts) for r in reply.value.rewrites)


def tokens_of(document: Document) -> int:
    """Return how many tokens the prose of a document has."""
    return sum(tokens(b.text) for b in document.prose)


def _about(paragraph: Paragraph) -> str:
    opening = " ".join(paragraph.places[0].text.split()[:6])
    return f"The paragraph “{opening} …”"
