"""How people of the record are named: who plays whom, and who may go by the surname alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from service.document import fold
from service.films import Film
from service.writing.draft.plain.lists import column

_PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "dos", "du", "la", "le", "van", "von", "der", "den", "ten"}
)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\.?$")


def surname(name: str) -> str:
    """Return the surname by which the person may go after the first mention, or the full name
    where order or division are unsure.

    >>> [surname(n) for n in ("Joe Pesci", "Robert De Niro", "Bong Joon-ho", "Samuel L. Jackson", "Cher")]
    ['Pesci', 'De Niro', 'Bong Joon-ho', 'Jackson', 'Cher']
    """
    parts = _SUFFIX.sub("", name).split()
    if len(parts) < 2 or not parts[-1][0].isupper() or family_first(parts):
        return name
    at = len(parts) - 1
    while at > 1 and parts[at - 1].lower() in _PARTICLES:
        at -= 1
    middle = parts[1:at]
    if at == len(parts) - 1 and any(not re.fullmatch(r"[A-Z]\.?", m) for m in middle):
        return name
    return " ".join(parts[at:])


def family_first(parts: list[str]) -> bool:
    """Tell whether the family name may stand first, as in Korean and Chinese names."""
    families = column("family_names.tsv")
    hyphened = re.fullmatch(r"[A-Z]\w+-[a-z]\w*", parts[-1]) is not None
    return (
        hyphened or fold(parts[0]) in families or any("-" in p and p.split("-")[1].islower() for p in parts)
    )


def short_names(film: Film) -> dict[str, str]:
    """Return for each person the surname, where no two people or characters share it."""
    makers = (*film.directors, *film.music, *film.cinematography, *film.editors, *film.screenplay)
    full = list(dict.fromkeys([*makers, *(m.name for m in film.cast)]))
    taken = [surname(n) for n in full]
    others = {fold(w) for c in film.characters for w in c.split()}
    return {
        name: short
        for name, short in zip(full, taken, strict=True)
        if short != name and taken.count(short) == 1 and fold(short) not in others
    }


def plain_character(character: str) -> str:
    """Return a character's name without a remark in brackets.

    >>> plain_character("Ye-seung (child)")
    'Ye-seung'
    """
    return re.sub(r"\s*\([^)]*\)", "", character).strip()


def actors_of(film: Film) -> dict[str, tuple[str, ...]]:
    """Return for each character the actors who play it, in billing order."""
    found: dict[str, list[str]] = {}
    for member in film.cast:
        for character in member.characters:
            found.setdefault(plain_character(character), []).append(member.name)
    return {c: tuple(a) for c, a in found.items() if c}


def mentioned(name: str, text: str) -> bool:
    """Tell whether the text has the full name, whatever its case and accents."""
    return _whole(name).search(fold(text)) is not None


@lru_cache(maxsize=4096)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")


def named_in(names: Iterable[str], text: str) -> list[str]:
    """Return those of the names that the text has, in full or by an unmistakable surname."""
    return [n for n in names if mentioned(n, text) or (surname(n) != n and mentioned(surname(n), text))]
