"""Numbers in words and figures, with what bounds them: "more than four", "at least 2", "several"."""

from __future__ import annotations

import re
from typing import NamedTuple

WORDS = {
    w: i
    for i, w in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        )
    )
} | {
    "a single": 1,
    "single": 1,
    "no": 0,
    "both": 2,
    "a pair of": 2,
    "a couple of": 2,
    "a dozen": 12,
    "sole": 1,
}
VAGUE = {"several": 2, "multiple": 2, "many": 2, "numerous": 2, "various": 2, "a few": 2}
COUNT = (
    r"(?P<bound>more than|over|at least|no less than|no fewer than|less than|fewer than"
    r"|under|at most|no more than|up to|only|just|exactly|atleast|a total of)?"
    r" ?(?P<count>\d{1,3}|"
    + "|".join(sorted((*WORDS, *VAGUE), key=len, reverse=True))
    + r")\b(?P<plus> or more)?"
)


TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
ONES = "|".join(
    sorted(
        (w for w in WORDS if w.isalpha() and w not in {"no", "both", "single", "sole"}), key=len, reverse=True
    )
)
CARDINAL = (
    rf"(?:\d{{1,3}}|(?:a|one|two|three) hundred(?: (?:and )?(?:{'|'.join(TENS)}"
    rf"|{ONES})(?:[- ](?:{ONES}))?)?"
    rf"|(?:{'|'.join(TENS)})(?:[- ](?:{ONES}))?|{ONES})"
)


def cardinal(text: str) -> int:
    """Return the number that a match of `CARDINAL` states.

    >>> cardinal("a hundred and twenty-seven"), cardinal("95")
    (127, 95)
    """
    if text.isdigit():
        return int(text)
    parts = text.replace("-", " ").split()
    return sum(_worth(p, parts) for p in parts if p not in {"and", "a"}) + ("a" in parts) * 100 * (
        "hundred" in parts
    )


def _worth(part: str, parts: list[str]) -> int:
    if part == "hundred":
        return 0
    value = TENS.get(part) or WORDS.get(part, 0)
    return value * 100 if parts[0] == part and "hundred" in parts[1:2] else value


class Count(NamedTuple):
    """A number of things from `low` to `high` (None for no limit)."""

    low: int
    high: int | None

    def holds(self, n: int) -> bool:
        """Tell whether `n` things are as many as said."""
        return self.low <= n and (self.high is None or n <= self.high)


def read_count(m: re.Match[str]) -> Count:
    """Return the count that a match of `COUNT` states."""
    text, bound = m.group("count"), m.group("bound") or ""
    if text in VAGUE:
        return Count(VAGUE[text], None)
    n = int(text) if text.isdigit() else WORDS[text]
    if bound in {"more than", "over"}:
        return Count(n + 1, None)
    if bound in {"at least", "atleast", "no less than", "no fewer than"} or m.group("plus"):
        return Count(n, None)
    if bound in {"less than", "fewer than", "under"}:
        return Count(0, n - 1)
    if bound in {"at most", "no more than", "up to"}:
        return Count(0, n)
    return Count(n, n)
