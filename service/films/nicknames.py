"""Nicknames that stand inside a recorded name: Ellis Boyd "Red" Redding, Robert (Bud) White."""

from __future__ import annotations

import re
from functools import lru_cache

# A nickname begins with a capital or a digit; in round brackets it stands before the surname, for after it
# stands a note: Vera (voice).
_DOUBLE = r"[\"“”„]([^\"“”„]+)[\"“”]"
_SINGLE = r"(?:(?<=\s)|^)['‘’]((?=[^\W_a-z])[^'‘’]{2,40})['’](?=[\s,]|$)"
_INNER = r"(?<=\s)\(((?=[^\W_a-z])[^()]{2,40})\)(?=\s+[^\W\d_a-z])"
_NICKNAME = re.compile(f"{_DOUBLE}|{_SINGLE}|{_INNER}")
_NOTE = re.compile(r"\([^)]*\)")
_MARKS = frozenset("\"“”„'‘’(")


@lru_cache(maxsize=20_000)
def split_nicknames(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the name without its nicknames and notes in brackets, single-spaced, and the nicknames. The
    nicknames stay in a name that is nothing else.

    >>> split_nicknames('Ellis Boyd "Red" Redding'), split_nicknames("Robert (Bud) White (voice)")
    (('Ellis Boyd Redding', ('Red',)), ('Robert White', ('Bud',)))
    """
    if _MARKS.isdisjoint(name):
        return name, ()
    nicknames = tuple(next(g for g in m.groups() if g).strip() for m in _NICKNAME.finditer(name))
    plain = " ".join(_NOTE.sub(" ", _NICKNAME.sub(" ", name)).split())
    return plain or " ".join(nicknames), nicknames if plain else ()


def spoken_forms(name: str) -> tuple[str, ...]:
    """Return the ways of saying a name of several words in full: as recorded, without its nicknames, and each
    nickname before the surname.

    >>> spoken_forms('Ellis Boyd "Red" Redding')
    ('Ellis Boyd "Red" Redding', 'Ellis Boyd Redding', 'Red Redding')
    """
    plain, nicknames = split_nicknames(name)
    if not nicknames:
        return (name,)
    return name, plain, *(f"{n} {plain.split()[-1]}" for n in nicknames)
