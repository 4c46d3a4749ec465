"""Names as any common romanisation would write them: letters for which usage differs are made one.

The pairs are those in which the usual romanisations of Korean, Japanese, Chinese and Russian differ from
popular spelling: oo / u (Woo, Wu), ee / i (Hee, Hi), long o as ou or oh (Ryouta, Ohno), final y, ii, iy, ei
or ey (Dmitry, Sergei), kh / h, ck / k, ph / f.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

ENDING = re.compile(r"(?<=[^\W_]{2})(?:ii|iy|yi|ij|ei|ey|y)$")
SAME = (("oo", "u"), ("ee", "i"), ("ou", "o"), ("kh", "h"), ("ck", "k"), ("ph", "f"))
LONG_O = re.compile(r"oh(?![aeiouy])")


def romanised(atoms: Sequence[str]) -> str:
    """Return the joined atoms in one spelling.

    >>> romanised(("yong", "goo")), romanised(("dmitry",))
    ('yonggu', 'dmitri')
    """
    return "".join(map(_one, atoms))


@lru_cache(maxsize=65536)
def _one(atom: str) -> str:
    if len(atom) < 3 or not atom.isalpha():
        return atom
    for written, meant in SAME:
        atom = atom.replace(written, meant)
    return ENDING.sub("i", LONG_O.sub("o", atom))
