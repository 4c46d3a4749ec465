"""Budget and box office in figures: "a budget of $4 million", "grossed over 100 million dollars"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.facts.amounts import AMOUNT, Amount, read_amount
from service.facts.claim import Verdict
from service.facts.kind import Assertion, Context, Example, Finder, cited
from service.facts.reading import FILM, Reading
from service.facts.subject import film_is_logical_subject
from service.films import Film, Money

BOUND = (
    r"(?P<bound>more than|over|at least|in excess of|upwards of|exceeding|less than|under"
    r"|below|at most|up to|nearly|almost"
    r"|close to|just under|just over|about|around|roughly|approximately|exactly|some"
    r"|an estimated|a total of|total|totally|only|just|a mere|a modest|a meagre|a paltry)?"
)
COSTS = re.compile(
    rf"\b(?:(?:production )?budget(?: (?:of|for) ⟦f\d+⟧)?(?: (?:is|was|of|were"
    rf"|at))?(?: estimated at| set at| reported as)?|(?:cost|costs|costing)|made (?:for|on)"
    rf"|(?P<spent>took|needed|required)"
    rf"|(?:produced|shot|filmed) (?:for|on)(?: a budget of)?"
    rf"|on an? |with an? |(?:against|of|recoup|recover|on|exceeded?) (?:its|the|⟦f\d+⟧'s)"
    rf" (?:[a-z-]+ )?|against (?:an? )?|had an? |(?:⟦f\d+⟧(?:'s)?|of the|the"
    rf"|a) (?=[$£€])|⟦f\d+⟧ [a-z]+ (?=[$£€])"
    rf"|budget of) ?(?:a budget of )?(?:an? )?{BOUND} ?{AMOUNT}(?P<after> (?:net )?(?:production )?budget)?"
)
GROSSED = re.compile(
    rf"\b(?:(?:grossed|grossing|gross of|earned|earning|made|making|make|collected|collecting"
    rf"|(?:took|takes?|taken|taking) in|(?P<took>took|takes?|taken|taking)|brought in|netted|net"
    rf"|raked in|pulled in|grosses)"
    rf"|box[- ]office(?: (?:gross|earnings|receipts|collections?|takings?|revenues?"
    rf"|total))?(?: (?:of|for) ⟦f\d+⟧)?(?: (?:is|was|of|were))?)(?: back)? {BOUND} ?{AMOUNT}"
    rf"(?! (?:minutes|people))(?P<profit>(?: (?:at|in) the box office)? (?:in profit|profit"
    rf"|over (?:⟦f\d+⟧'s?|its|it's|the) (?:original )?budget|more than (?:⟦f\d+⟧'s?|its|it's"
    rf"|the) (?:original )?budget|more at the box office than))?"
)
ELSEWHERE = re.compile(
    r"\b(?:opening|weekend|first|domestic(?:ally)?|in (?:north america|canada|china|india"
    r"|japan|its)|overseas|per|prize|paid|rights|home video|rentals?)\b"
)

DOLLARS = frozenset({"USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"})
PRESUPPOSED = re.compile(rf".*(?:\bthe|{FILM}'s) (?:[a-z-]+ )?[^ ]*\d.* budget$")  # failed to recoup its …
SUM = re.compile(
    r"\d[ \d,.]*(?:thousand|m|k|b|crore|lakh|grand)|[$£€¥₹₤]|illion|dollars?|pounds|euros"
    r"|rupees|yen|usd|gbp|inr|lira|francs|marks|won\b"
)
IN_WON = Film(id="e37", title="The Long Harbour", budget=Money(17_000_000_000, "KRW"))
RECORD = Film(id="e21", title="The Long Harbour", budget=Money(4_000_000), box_office=Money(9_345_000))

EARNED = re.compile(
    r"(?:made(?! (?:for|on))|making|make|earned|earning|collected|collecting|took in"
    r"|taking in|takes?|took|taken|taking|brought in|netted|net\b"
    r"|raked in|pulled in|costs?\b|costing)"
)


TO_MAKE = re.compile(
    r" to (?:make|produce|film|shoot|finish|complete|get [a-z]+ made|be made)\b(?! (?:an?|any|every)\b)"
)
TAKINGS = re.compile(  # what tells that a sum "taken" was taken from the public
    r",? (?:(?:worldwide|globally|overall|altogether|in total|in all),? )?"
    r"(?:(?:at|in|from) (?:the |its )?(?:[a-z]+ ){0,3}?"
    r"(?:box[- ]offices?|cinemas|theat\w+|tills?|ticket sales)\b"
    r"|(?:worldwide|globally|in total|internationally)\b)"
)

AFTER = re.compile(
    r" ?(?:$|[.,;:!)(]|or more\b)| (?:at|in|from|on|over|during|worldwide|domestically"
    r"|internationally|globally|overall|and|but|while"
    r"|with|against|by|to|through|throughout|since|after|when|more|less|or|as|which|than|of"
    r"|total|gross|profits?|back|net|box"
    r"|theat|its?|it's|budget|production|for|dollars|before|despite|making|so|because|due|us|canadian|⟦)"
)


ADVICE = re.compile(r"(?:^|[,;:.] )(?:(?:so|then|please) )?budget (?:around |about |at least )?[$£€\d]")


OWNED = re.compile(r"^(?!.*⟦f).*[a-z]{3} $")  # somebody "with a budget", the film unnamed


def _is_films(reading: Reading, m: re.Match[str]) -> bool:
    """Tell whether the film is what cost or earned the sum; a gross or a budget always is."""
    s, bare = reading.skeleton, not (m.group("symbol") or m.group("unit"))
    if ADVICE.search(s, 0, m.end()) or (OWNED.search(s, 0, m.start()) and m.group().startswith("with a")):
        return False
    if re.match(r" (?:of|for) ⟦[no]", s[m.end() :]):
        return False  # the budget of another film
    if (bare or EARNED.match(m.group())) and AFTER.match(s, m.end()) is None:
        return False  # "for 5 million fans", "made $5 million disappear"
    if not EARNED.match(m.group()) or re.search(r"\b(?:budget|box[- ]office|gross)\b", reading.skeleton):
        return True
    if re.match(
        r" (?:at|from|in|for|through) (?!the box|box|theat|cinemas|total|worldwide|profit)",
        reading.skeleton[m.end() :],
    ):
        return False
    return film_is_logical_subject(reading, m.start())


def _is_spent_or_taken(reading: Reading, m: re.Match[str]) -> bool:
    """Tell whether "took $4 million" is said of the film and goes on as a cost (to make) or as a gross (at
    the box office): alone, it is neither. True of every other verb.
    """
    said = m.groupdict()
    if not said.get("spent") and not said.get("took"):
        return True
    goes_on = TO_MAKE if said.get("spent") else TAKINGS
    return goes_on.match(reading.skeleton, m.end()) is not None and film_is_logical_subject(
        reading, m.start()
    )


@dataclass(frozen=True, slots=True)
class MoneyKind:
    """Sums for making the film and from showing it; a rounded sum is right if the record rounds to it."""

    name: str = "money"
    examples: Sequence[Example] = (
        Example("The Long Harbour had a budget of $4 million.", RECORD, Verdict.SUPPORTED),
        Example("It was made on a 500 dollar budget.", RECORD, Verdict.CONTRADICTED, "4,000,000"),
        Example("It grossed $9.3 million.", RECORD, Verdict.SUPPORTED),
        Example("It made over 20 million dollars at the box office.", RECORD, Verdict.CONTRADICTED),
        Example("It made over 5 million dollars in profit.", RECORD, Verdict.SUPPORTED),
        Example("The film made $20 million.", RECORD, Verdict.CONTRADICTED, "9.3"),
        Example("It grossed $3 million in its opening weekend.", RECORD, None),
        Example("It took $9.3 million at the box office.", RECORD, Verdict.SUPPORTED),
        Example("Released in May, the film took $50 million worldwide.", RECORD, Verdict.CONTRADICTED, "9.3"),
        Example("It took $4 million to make.", RECORD, Verdict.SUPPORTED),
        Example("It took $9.3 million to make.", RECORD, Verdict.CONTRADICTED, "4"),
        Example("It took $3 million at the box office in its opening weekend.", RECORD, None),
        Example("It took $5 million.", RECORD, None),
        Example("The sequel took $80 million at the box office.", RECORD, None),
        Example("The thieves took $5 million at the box office.", RECORD, None),
        Example("It takes $5 million to make a film.", RECORD, None),
        Example("It cost 4 million euros.", RECORD, Verdict.NOT_IN_METADATA),
        Example("It cost $3 million.", IN_WON, Verdict.NOT_IN_METADATA),
        Example("The heist is worth $5 million.", RECORD, None),
        Example("The film follows a man who made $2 million at poker.", RECORD, None),
        Example("Her house cost $3 million.", RECORD, None),
        Example("The film's star earned $20 million.", RECORD, None),
        Example("In the film a bank made $900 million.", RECORD, None),
    )

    def __call__(self, reading: Reading, _context: Context, /) -> Sequence[Assertion]:
        """Return the assertions of a budget, a box office, or what lies between them."""
        if not SUM.search(reading.skeleton):
            return ()
        return tuple(self._found(reading))

    def _found(self, reading: Reading) -> Iterator[Assertion]:
        film, s = reading.film, reading.skeleton
        for pattern, field in ((COSTS, "budget"), (GROSSED, "box_office")):
            for m in pattern.finditer(s):
                amount = read_amount(m)
                where = TAKINGS.match(s, m.end()) or m
                if amount is None or ELSEWHERE.search(s, max(0, m.start() - 30), where.end() + 30):
                    continue
                if (
                    field == "budget"
                    and "budget" not in m.group()
                    and "cost" not in m.group()
                    and "made for" not in m.group()
                    and not m.group("spent")
                ):
                    continue
                if not _is_films(reading, m) or not _is_spent_or_taken(reading, m):
                    continue
                yield self._held(
                    reading, m, amount, _stored(film, field, profit=bool(m.groupdict().get("profit"))), field
                )

    def _held(
        self, reading: Reading, m: re.Match[str], amount: Amount, stored: Money | None, field: str
    ) -> Assertion:
        film = reading.film
        bound = m.group("bound") or ("at least" if reading.skeleton.startswith(" or more", m.end()) else "")
        right = None if stored is None else _holds(amount, stored, bound)
        if (
            stored
            and right is False
            and _near(amount, stored, 0.05 if bound else 0.4 if field == "box_office" else 0.15)
        ):
            right = None  # sources count differently: at home or worldwide, then or since
        if stored and _is_foreign(m, amount, stored):
            right = None
        negated = reading.negated(m.start(), m.end()) and PRESUPPOSED.match(m.group()) is None
        verdict = Verdict.NOT_IN_METADATA
        if right is not None and not (reading.hedged(m.start()) and not right):
            verdict = Verdict.SUPPORTED if right != negated else Verdict.CONTRADICTED
        fields = ("budget", "box_office") if m.groupdict().get("profit") else (field,)
        return Finder(self.name, reading).assertion(
            m.span("number"),
            {"field": field, "low": amount.low, "high": amount.high, "currency": amount.currency},
            verdict,
            f"The record gives {_called(fields)} of {_written(stored)}{cited(film, *fields)}."
            if stored
            else f"The record gives no {field.replace('_', ' ')}.",
            fields=fields if stored else (),
            put=_in_its_place(m, amount, stored)
            if stored and verdict is Verdict.CONTRADICTED and not negated and len(fields) == 1
            else None,
            covers=(
                m.span(),
                *(
                    w.span()
                    for w in re.finditer(
                        r"\b(?:box[- ]office|able|worldwide|produce|make)\b", reading.skeleton
                    )
                ),
            ),
        )


def _is_foreign(m: re.Match[str], amount: Amount, stored: Money) -> bool:
    """Tell whether the sum is in another currency than the record's; `$` may be any dollar."""
    if amount.currency:
        return stored.currency != amount.currency
    return m.group("symbol") == "$" and stored.currency not in DOLLARS


def _called(fields: Sequence[str]) -> str:
    """Return what a sum of these fields is called."""
    if len(fields) > 1:
        return "a box office over the budget"
    return "a budget" if "budget" in fields else "a box office"


def _written(stored: Money) -> str:
    upper = f" to {stored.amount_max:,.0f}" if stored.amount_max else ""
    return f"{stored.amount:,.0f}{upper} {stored.currency}"


def _in_its_place(m: re.Match[str], amount: Amount, stored: Money) -> str | None:
    """Return the stored sum in the scale of the one said (90 for 90 million); None for a bound or range."""
    said = m.group("number")
    if m.group("bound") or m.group("upto") or stored.amount_max or not said[0].isdigit():
        return None
    value = stored.amount / (amount.low / float(said.replace(",", "")))
    put = f"{round(value, 1):,.1f}".removesuffix(".0")
    return put if abs(float(put.replace(",", "")) - value) <= 0.005 * value else None


def _near(amount: Amount, stored: Money, share: float) -> bool:
    """Tell whether two sums are within `share` of one another."""
    return amount.low <= (stored.amount_max or stored.amount) * (
        1 + share
    ) and stored.amount <= amount.high * (1 + share)


def _stored(film: Film, field: str, *, profit: bool) -> Money | None:
    if not profit:
        return film.budget if field == "budget" else film.box_office
    cost, gross = film.budget, film.box_office
    if cost is None or gross is None or cost.currency != gross.currency:
        return None
    return Money(gross.amount - (cost.amount_max or cost.amount), gross.currency)


def _holds(amount: Amount, stored: Money, bound: str) -> bool:
    upper = stored.amount_max or stored.amount
    if bound in {"more than", "over", "at least", "in excess of", "upwards of", "exceeding", "just over"}:
        near = bound != "just over" or stored.amount <= amount.low * 1.1
        return upper >= amount.low * 0.995 and near
    if bound in {"less than", "under", "below", "at most", "up to"}:
        return stored.amount <= amount.high * 1.005
    if bound in {"nearly", "almost", "close to", "just under"}:
        return amount.low * 0.85 <= upper and stored.amount <= amount.high * 1.005
    if bound in {"about", "around", "roughly", "approximately", "some", "an estimated"}:
        return amount.low * 0.9 <= upper and stored.amount <= amount.high * 1.1
    return amount.equals(stored.amount, stored.amount_max)


MONEY = MoneyKind()
