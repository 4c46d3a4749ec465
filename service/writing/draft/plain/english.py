"""Small English: articles, lists, numbers, durations, money, countries and genres."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from service.films import Money
from service.writing.draft.plain.lists import rows

_VOWEL = re.compile(r"[aeiou]|8|11(?!\d)|18(?!\d)|18\d\d", re.IGNORECASE)
_LIKE_YOU = re.compile(r"uni(?!n|m)|us[eau]|eu|one\b|once\b|ubi|ufo|(?-i:U[A-Z.])", re.IGNORECASE)
_SILENT_H = re.compile(r"hour|honest|honou?r|heir", re.IGNORECASE)
_SPELT = re.compile(r"[FHLMNRSX](?=[A-Z\-.\d])")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def article(following: str) -> str:
    """Return `a` or `an` as the sound of the following words asks.

    >>> [article(w) for w in ("hour", "European", "1980s", "8", "MGM film", "unlikely", "US film", "Italian")]
    ['an', 'a', 'a', 'an', 'an', 'an', 'a', 'an']
    """
    word = following.lstrip("“‘\"'(")
    if _SPELT.match(word):
        return "an"
    if _LIKE_YOU.match(word):
        return "a"
    return "an" if _VOWEL.match(word) or _SILENT_H.match(word) else "a"


def listed(items: Sequence[str]) -> str:
    """Return the items as a list in words.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def number(value: int) -> str:
    """Return a count in words up to ten, in digits above."""
    return NUMBERS[value] if 0 < value < len(NUMBERS) else f"{value:,}"


def duration(minutes: int) -> str:
    """Return a runtime in hours and minutes.

    >>> duration(127), duration(60), duration(90)
    ('two hours and seven minutes', 'one hour', 'an hour and a half')
    """
    hours, rest = divmod(minutes, 60)
    if rest == 30 and hours:
        return "an hour and a half" if hours == 1 else f"{number(hours)} and a half hours"
    parts = []
    if hours:
        parts.append(f"{number(hours)} hours" if hours > 1 else "an hour" if rest else "one hour")
    if rest:
        parts.append(f"{number(rest)} minute{'s' if rest > 1 else ''}")
    return " and ".join(parts)


_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}


def money(value: Money) -> str:
    """Return an amount as a reader says it; rounded figures get `about`.

    >>> money(Money(4_500_000)), money(Money(258_366_855)), money(Money(914_000, "GBP"))
    ('$4.5 million', 'about $258.4 million', '£914,000')
    """
    symbol = _SYMBOLS.get(value.currency, f"{value.currency} ")
    low, exact = _amount(value.amount)
    if value.amount_max is not None and value.amount_max != value.amount:
        high, _ = _amount(value.amount_max)
        return f"{symbol}{low} to {symbol}{high}"
    return f"{'' if exact else 'about '}{symbol}{low}"


def _amount(amount: float) -> tuple[str, bool]:
    for size, name in ((1_000_000_000, "billion"), (1_000_000, "million")):
        if amount >= size:
            digits = 2 if size > 1_000_000 else 1
            shown = round(amount / size, digits)
            text = f"{shown:.{digits}f}".rstrip("0").rstrip(".")
            return f"{text} {name}", abs(shown * size - amount) < 1
    return f"{amount:,.0f}", True


@lru_cache(maxsize=1)
def _nationalities() -> dict[str, str]:
    return {country.casefold(): adjective for country, adjective in rows("nationalities.tsv")}


def nationality(countries: Sequence[str]) -> str:
    """Return the adjective of one or two countries; empty where there are more, or one is unknown.

    >>> nationality(["South Korea"]), nationality(["United Kingdom", "United States"])
    ('South Korean', 'British-American')
    """
    found = [_nationalities().get(c.strip().casefold(), "") for c in countries]
    if not found or len(found) > 2 or not all(found):
        return ""
    if len(found) == 2 and any(" " in f for f in found):
        return " and ".join(found)
    return "-".join(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _genres() -> dict[str, tuple[str, str, int]]:
    return {g: (before, noun, int(rank)) for g, before, noun, rank in rows("genres.tsv")}


def genre(genres: Sequence[str], kind: str = "film") -> str:
    """Return at most two genres as a noun phrase without its article, the kind's own noun for none.

    >>> genre(["Comedy", "Drama"]), genre(["Crime", "Drama"]), genre(["Sci-Fi", "Horror"]), genre(["Drama"])
    ('comedy-drama', 'crime drama', 'science-fiction horror film', 'drama')
    >>> genre(["Romance", "Comedy", "Drama"]), genre(["Animation", "Family"]), genre([])
    ('romantic comedy', 'animated family film', 'film')
    """
    thing = {"film": "film", "movie": "film", "": "film"}.get(kind, kind.replace("_", " "))
    known = list(dict.fromkeys(g for g in (_plain(x) for x in genres) if g in _genres()))[:2]
    if not known:
        return thing
    if set(known) == {"comedy", "drama"}:
        return "comedy-drama" if thing == "film" else f"comedy-drama {thing}"
    return _composed(known, thing)


def _plain(name: str) -> str:
    return re.sub(r"\s*\b(film|movie)s?$", "", name.strip().casefold())


def _composed(known: list[str], thing: str) -> str:
    table = _genres()
    nouns = sorted((g for g in known if table[g][1]), key=lambda g: table[g][2])
    head = nouns[0] if nouns and thing == "film" else None
    left = sorted((g for g in known if g != head), key=lambda g: -table[g][2])
    before = dict.fromkeys(table[g][0] for g in left)
    return " ".join([*before, table[head][1] if head else thing])
