"""Profit, loss and ratio: "lost money at the box office", "more than doubled its budget", "a flop"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited, verdict_on
from service.facts.numbers import CARDINAL, cardinal
from service.facts.reading import FILM, Reading
from service.films import Film, Money

BUDGET = (
    r"(?:(?:(?:original|production|entire|initial|whole|box[- ]office|modest|small|large|estimated|reported"
    r"|considerable|own) )*(?:budget"
    r"|costs?(?: of production)?|production costs?|investment)|money spent"
    r"|amount spent(?: making it| to make it)?)"
)
BUDGET_WORD = re.compile(r"budget|cost|investment|spent")  # a part of every `BUDGET`
GROSS = (
    r"(?:box[- ]office(?: (?:earnings|receipts|sales|take|takings|gross|grosses|proceeds"
    r"|revenues?|returns?|collections?|gross receipts|run|numbers))?|earnings|revenues?"
    r"|receipts|gross|takings|ticket sales)"
)
ITS = r"(?:⟦f\d+⟧'s? |the |its |their |it's )?"
GAIN = re.compile(
    rf"\b(?:(?:made|make|makes|making|turn(?:ed)?|earn(?:ed)?|net(?:ted)?|returned|saw|had"
    rf"|managed)(?: to (?:net|make|turn|earn))? (?:an? )?(?P<big>large |huge |big |massive "
    rf"|enormous |substantial |nice |tidy |good |great |healthy )?profits?"
    rf"|profited|(?P<high>highly |wildly |very |extremely |hugely |quite )?profitable"
    rf"|(?:made|make|makes|making|earned) (?:a lot of |any  |lots of |some "
    rf"|back its )?money(?! (?:than|in \w+ than))"
    rf"|(?P<even>broke|break|breaks|breaking) even|(?:recoup(?:ed)?|recover(?:ed)?|made back"
    rf"|make back|cover(?:ed)?|earned back|exceed(?:ed)?|outperform(?:ed)?|surpass(?:ed)?"
    rf"|beat|outgross(?:ed)?) {ITS}{BUDGET}"
    rf"|(?:made|earned|grossed|make|brought in|took in) (?:back )?more (?:at the box office "
    rf"|in theaters )?than {ITS}(?:{BUDGET}|(?:it|⟦f\d+⟧) cost)"
    rf"|(?:made|make) (?:more|enough)(?: money)? (?:at the box office "
    rf"|in the box office )?(?:than|to cover|to recoup) {ITS}{BUDGET}"
    rf"|{GROSS}(?: of {ITS.replace('(?:', '(?:', 1)}\S+)? (?:earnings |receipts )?(?:exceeded"
    rf"|was (?:more|greater|higher|larger) than|outperformed|surpassed|covered|did exceed"
    rf"|exceeds?|cover|exceed) {ITS}(?:film's )?{BUDGET}"
    rf"|cost less (?:to (?:make|produce) )?than (?:it|⟦f\d+⟧) (?:earned|made|grossed|took|brought)"
    rf"|(?:(?P<hit>smash |huge |big |major |massive )?(?:box[- ]office |commercial "
    rf"|financial )(?:success|hit)|commercially successful|(?P<wild>wildly |hugely "
    rf"|very )?successful at the box[- ]office))"
)
LOSS = re.compile(
    rf"\b(?:(?:lost|lose|losing|loses) (?:money|millions|several million(?: dollars)?)"
    rf"|(?:made|make|at|suffered|resulted in|led to) a loss(?: of money)?|(?:made"
    rf"|earned) no (?:money|profit)|(?:(?:box[- ]office|commercial"
    rf"|financial)(?: and critical)? (?P<weak>flop|bomb|failure|disaster|disappointment)|(?:(?:was|is|became"
    rf"|proved|being|considered) (?:just |only )?a|major|total|complete|huge) (?P<flop>flop|bomb))\b"
    rf"|flopped|bombed|tanked|(?:did|performed) (?:poorly|badly) (?:at|in) the box[- ]office"
    rf"|failed to (?:break even|recoup|make a profit|turn a profit|make money|make back"
    rf"|recover|cover)"
    rf"|cost more (?:to (?:make|produce) )?than (?:it|⟦f\d+⟧) (?:earned|made|grossed|took"
    rf"|brought)|{BUDGET}(?: (?:of|for) ⟦f\d+⟧)? (?:exceeded|exceeds|was (?:more|greater"
    rf"|higher|larger) than|cost more than) (?:{ITS}{GROSS}|(?:it|the movie|the film"
    rf"|⟦f\d+⟧) (?:made|grossed|earned))"
    rf"|{GROSS} (?:was|were|is) (?:less|lower|smaller) than {ITS}{BUDGET}|fell short of {ITS}{BUDGET}"
    rf"|(?:made|earned|grossed) less (?:money )?(?:at the box office )?than (?:{ITS}{BUDGET}"
    rf"|(?:it|⟦f\d+⟧) (?:cost|was budgeted for))|unprofitable)"
)
TIMES_WORDS = {
    "twice": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "triple": 3.0,
    "tripled": 3.0,
    "quadrupled": 4.0,
    "half": 0.5,
    "a third": 1 / 3,
    "a quarter": 0.25,
}
TIMES = (
    r"(?P<bound>more than|over|at least|less than|under|almost|nearly|about|around|exactly"
    r"|roughly|approximately)? ?"
    r"(?:(?P<word>twice|double|doubled|triple|tripled|quadrupled|half|a third|a quarter)"
    rf"|(?P<times>\d+\.\d+|{CARDINAL}) times"
    r"|(?P<part>1/\d))"
)
RATIO = re.compile(
    rf"\b{TIMES} (?:(?:more |over )?(?:at the box[- ]office )?(?:than |of |that of |over )?{ITS}{BUDGET}"
    rf"|(?:more than |as much as )?(?:what )?{FILM} (?:cost|was made for))"
)
INVERSE = re.compile(rf"{BUDGET}(?: (?:of|for) ⟦f\d+⟧)? (?:was|is) {TIMES} (?:of |that of )?{ITS}{GROSS}")

OVER = re.compile(rf"\b{BUDGET} {TIMES} over\b")  # made back its budget three times over
ABOUT_MONEY = re.compile(
    r"\b(?:budget|profit|money|box|cost|loss|los[et]|flop|bomb|tank|success|gross|earn|spent"
    r"|invest|receipts|tak|ticket|commercial"
    r"|financial|unprofitable|break|broke|millions)"
)
RECORD = Film(id="e20", title="The Long Harbour", budget=Money(4_000_000), box_office=Money(9_000_000))


def ratio_of(film: Film) -> float | None:
    """Return box office over budget, where both are recorded in one currency."""
    cost, gross = film.budget, film.box_office
    if cost is None or gross is None or cost.currency != gross.currency or not cost.amount:
        return None
    return gross.amount / (cost.amount_max or cost.amount)


@dataclass(frozen=True, slots=True)
class Profit:
    """What the box office left over the budget; the theatres' share is nobody's claim."""

    name: str = "profit"
    examples: Sequence[Example] = (
        Example("The Long Harbour made a profit.", RECORD, Verdict.SUPPORTED),
        Example("The Long Harbour lost money at the box office.", RECORD, Verdict.CONTRADICTED),
        Example("It did not recoup its budget.", RECORD, Verdict.CONTRADICTED),
        Example("It more than doubled its budget.", RECORD, Verdict.SUPPORTED),
        Example("It made over three times its budget.", RECORD, Verdict.CONTRADICTED),
        Example("Its budget was less than half its box office.", RECORD, Verdict.SUPPORTED),
        Example("The profit of such stories is small.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return at most one assertion of gain, loss or ratio."""
        s, ratio = reading.skeleton, ratio_of(reading.film)
        if not ABOUT_MONEY.search(s):
            return ()
        for pattern in (OVER, INVERSE, RATIO) if BUDGET_WORD.search(s) else ():
            m = pattern.search(s)
            if m is not None:
                return (self._times(reading, m, ratio, inverse=pattern is INVERSE),)
        loss, gain = LOSS.search(s), GAIN.search(s)
        m = loss or gain
        if m is None or "⟦o" in s:
            return ()
        return (self._sign(reading, m, ratio, gains=loss is None),)

    def _times(self, reading: Reading, m: re.Match[str], ratio: float | None, *, inverse: bool) -> Assertion:
        word, part = m.group("word"), m.group("part")
        count = TIMES_WORDS[word] if word else 1 / float(part[2:]) if part else 0.0
        if not count:
            said = m.group("times")
            count = float(said) if "." in said else float(cardinal(said))
        right = (
            None if ratio is None else _holds(1 / ratio if inverse else ratio, count, m.group("bound") or "")
        )
        return self._assertion(
            reading, m, {"times": count, "of": "box_office" if inverse else "budget"}, right=right
        )

    def _sign(self, reading: Reading, m: re.Match[str], ratio: float | None, *, gains: bool) -> Assertion:
        groups = m.groupdict()
        big = any(groups.get(k) for k in ("big", "high", "hit", "wild"))
        right: bool | None = None
        if ratio is not None:
            right = (ratio >= 1) == gains
            if (big and gains and 1 <= ratio < 2) or (groups.get("weak") and 1 <= ratio < 2):
                right = None  # what a large profit is, and what a failure, is a matter of measure
            if big and gains and 1 <= ratio < 1.1 and not groups.get("hit"):
                right = False
            if groups.get("even") and ratio > 1.05:
                right = False if ratio > 1.15 else None
        return self._assertion(reading, m, {"profit": gains, "large": big}, right=right)

    def _assertion(
        self,
        reading: Reading,
        m: re.Match[str],
        asserted: dict[str, float | bool | str],
        *,
        right: bool | None,
    ) -> Assertion:
        film = reading.film
        negated = reading.negated(m.start(), m.start() + 1)
        verdict = verdict_on(right=right, negated=negated, hedged=reading.hedged(m.start()))
        known = film.budget is not None and film.box_office is not None
        return Finder(self.name, reading).assertion(
            m.span(),
            {**asserted, "negated": negated},
            verdict,
            _reason(film),
            fields=("budget", "box_office") if known else (),
            covers=_around(reading, m),
        )


def _around(reading: Reading, m: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """Return the match with the box office and the theatres that stand about it."""
    words = (
        r"\b(?:box[- ]office|theat(?:er|re)s?|theatrical|run|worldwide|during|when|came out"
        r"|compared|able|wound up|ended up|failed|managed|net|exceed|outperformed|budget|film"
        r"|brought|made|take|taking|sales|receipts|earnings|enough|back|at|did|doing|not|never"
        r"|n't|didn't|wasn't|original|overall|was|able)\b"
    )
    return (m.span(), *(w.span() for w in re.finditer(words, reading.skeleton)))


def _holds(ratio: float, count: float, bound: str) -> bool | None:
    if bound in {"more than", "over", "at least"}:
        return ratio >= count
    if bound in {"less than", "under"}:
        return ratio < count
    if bound in {"almost", "nearly"}:
        return count * 0.85 <= ratio < count
    if not bound and count in {2.0, 3.0, 4.0} and ratio >= count:
        return True if ratio < count + 1 else None
    slack = 0.02 if bound == "exactly" else 0.15
    if not bound and count < ratio < count * (1 + slack):
        return True
    return abs(ratio - count) <= count * slack


def _reason(film: Film) -> str:
    if film.budget is None or film.box_office is None:
        return "The record does not give both budget and box office."
    cost, gross = film.budget, film.box_office
    return (
        f"The record gives a budget of {cost.amount:,.0f} {cost.currency} and a box office of "
        f"{gross.amount:,.0f} {gross.currency}{cited(film, 'budget', 'box_office')}."
    )


PROFIT = Profit()
