"""A skeleton with its names written out, for claims about what bears names of many kinds, such as prizes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.document import fold
from service.facts.reading import Reading

NAMED = re.compile(r"⟦[no]\d+⟧")


@dataclass(frozen=True, slots=True)
class Written:
    """The sentence folded, the film as a tag, other names as written; `at` leads back to the skeleton."""

    text: str
    at: tuple[int, ...]
    ends: tuple[int, ...]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the skeleton's range of the text's `[start, end)`."""
        return self.at[start], self.ends[end - 1]


def write_out(reading: Reading) -> Written:
    """Return the skeleton of `reading` with its names written out."""
    text: list[str] = []
    at: list[int] = []
    ends: list[int] = []
    end = 0
    for m in NAMED.finditer(reading.skeleton):
        name = fold(reading.mention(m.group()).text)
        text += (reading.skeleton[end : m.start()], name)
        at += [*range(end, m.start()), *[m.start()] * len(name)]
        ends += [*range(end + 1, m.start() + 1), *[m.end()] * len(name)]
        end = m.end()
    last = len(reading.skeleton)
    return Written(
        "".join((*text, reading.skeleton[end:])), (*at, *range(end, last)), (*ends, *range(end + 1, last + 1))
    )
