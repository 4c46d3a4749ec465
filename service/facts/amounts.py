"""Amounts of money as writers put them: "$3.5 million", "300 thousand dollars", "₤858 million"."""

from __future__ import annotations

import re
from typing import NamedTuple

SYMBOLS = {
    "$": "",
    "us$": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "hk$": "HKD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
}
UNITS = {
    "dollar": "",
    "pound": "GBP",
    "euro": "EUR",
    "rupee": "INR",
    "yen": "JPY",
    "lira": "ITL",
    "franc": "FRF",
    "mark": "DEM",
    "won": "KRW",
    "usd": "USD",
    "gbp": "GBP",
    "eur": "EUR",
    "inr": "INR",
}
SCALES = {
    "thousand": 1e3,
    "k": 1e3,
    "grand": 1e3,
    "lakh": 1e5,
    "m": 1e6,
    "mil": 1e6,
    "mill": 1e6,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
}
IN_WORDS = {
    "a quarter of a": 0.25,
    "a quarter": 0.25,
    "half a": 0.5,
    "a couple hundred": 200.0,
    "a hundred": 100.0,
    "a few hundred": 300.0,
    "one and a half": 1.5,
    "a": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "hundred": 100.0,
}
NUMBER = r"\d[\d,]*(?:\.\d+)?"
AMOUNT = (
    r"(?:(?P<symbol>us\$|a\$|c\$|hk\$|[$£€¥₹₤]) ?)?(?P<number>"
    + NUMBER
    + r"|(?:\b(?:"
    + "|".join(sorted(IN_WORDS, key=len, reverse=True))
    + r")\b(?= (?:thousand|million|billion|crore|lakh))))"
    r"(?: ?-? ?(?:to )?[$£€]?(?P<upto>\d[\d,]*(?:\.\d+)?)(?= (?:million|billion|crore)))?"
    r"(?: ?(?P<half>and a half ))?(?: ?(?P<scale>thousand|lakhs?|million|mil|mill|crores?"
    r"|billion|bn|k|m|b)\b)?"
    r"(?: (?P<unit>(?:us )?(?:dollars?|pounds?|euros?|rupees?|yen|lira|francs?|marks?|won"
    r"|usd|gbp|eur|inr))\b)?"
)


class Amount(NamedTuple):
    """A sum as stated: `low` to `high` in whole units of `currency` ("" where not said), `step` the
    size of its last digit.
    """

    low: float
    high: float
    currency: str
    step: float

    def equals(self, amount: float, upper: float | None = None) -> bool:
        """Tell whether a stored amount (or range) rounds to what is stated."""
        slack = max(self.step * 0.5, 0.005 * self.high)
        return self.low - slack <= (upper or amount) and amount <= self.high + slack


def read_amount(m: re.Match[str]) -> Amount | None:
    """Return the amount that a match of `AMOUNT` states, None where it is a bare number."""
    scale_word = (m.group("scale") or "").rstrip("s")
    symbol, unit = m.group("symbol"), (m.group("unit") or "").removeprefix("us ").rstrip("s")
    if not (symbol or unit or scale_word):
        return None
    scale = SCALES.get(scale_word, 1.0)
    text = m.group("number")
    low = (IN_WORDS[text] if text in IN_WORDS else float(text.replace(",", ""))) + (
        0.5 if m.group("half") else 0
    )
    high = float(m.group("upto").replace(",", "")) if m.group("upto") else low
    decimals = len(text.partition(".")[2]) if text not in IN_WORDS else 0
    currency = SYMBOLS.get(symbol or "", "") or UNITS.get(unit, "") or ("ITL" if symbol == "₤" else "")
    return Amount(low * scale, high * scale, currency, scale / 10**decimals)
