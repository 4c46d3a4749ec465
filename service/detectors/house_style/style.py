"""A house style, and how it is read: every fault names the key that it stands under."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain
from types import MappingProxyType

from service.document import fold
from service.errors import InputError
from service.films import JSON

VARIANTS = ("uk", "us")
SHORTEST_LIMIT = 8  # words: no house asks for shorter sentences than this
MOST_TERMS = 2_000
MOST_TOLD = 60  # terms that a prompt has room for; the second pass knows them all


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """`banned` terms with the reason; `preferred` and `names`: what to write by what not to;
    `spelling`: `uk`, `us` or empty; `sentence_words`: the longest sentence, 0 for any.
    """

    banned: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    preferred: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    spelling: str = ""
    sentence_words: int = 0

    @property
    def replacements(self) -> dict[str, str]:
        """Return what is put in place of what: spellings, then terms, then names, later ones first."""
        respelt = spellings(self.spelling) if self.spelling else {}
        direct = {wrong: self.preferred.get(right, right) for wrong, right in respelt.items()}
        return {**direct, **self.preferred, **self.names}

    def rules(self) -> Iterator[str]:
        """Yield what a writer must know of the style, a sentence a rule; at most `MOST_TOLD` terms of a kind.

        >>> list(HouseStyle(preferred={"movie": "film"}, sentence_words=30).rules())
        ['Write "film", never "movie".', 'No sentence has more than 30 words.']
        """
        if self.spelling:
            yield f"Use {'British' if self.spelling == 'uk' else 'American'} spelling."
        told = {**self.preferred, **self.names}
        for wrong, right in list(told.items())[:MOST_TOLD]:
            yield f'Write "{right}", never "{wrong}".'
        for term, reason in list(self.banned.items())[:MOST_TOLD]:
            yield f'Never write "{term}".' + (f" {reason}" if reason else "")
        if self.sentence_words:
            yield f"No sentence has more than {self.sentence_words} words."


@cache
def spellings(variant: str) -> dict[str, str]:
    """Return the words of the other variant with their spelling in `variant`."""
    found = {}
    text = (files("service.detectors.house_style") / "data" / "spelling.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            british, american, endings = line.split("\t")
            for ending in endings.split():
                tail = ending.removeprefix("-")
                uk, us = british + tail, american + tail
                found[us if variant == "uk" else uk] = uk if variant == "uk" else us
    return found


def read_style(given: Mapping[str, JSON]) -> HouseStyle:
    """Return the style that an object of the TOML file's shape says.

    Raises InputError, its field the key at fault, for an unknown key, a value of the wrong kind, and
    a replacement that another line would replace or ban.
    """
    readers: dict[str, Callable[[str, JSON], object]] = {
        "banned": _banned, "preferred": _terms, "names": _names, "spelling": _spelling,
        "sentence_words": _limit,
    }  # fmt: skip
    unknown = next((k for k in given if k not in readers), None)
    if unknown is not None:
        raise _fault(unknown, "is no key of a house style", f"The keys are: {', '.join(readers)}.")
    style = HouseStyle(**{k: readers[k](k, v) for k, v in given.items()})  # type: ignore[arg-type]  # each reader gives its field's type
    _settled(style)
    return style


def _fault(key: str, what: str, remedy: str) -> InputError:
    return InputError(f"House style: `{key}` {what}.", field=f"house_style.{key}", remedy=remedy)


def _term(key: str, value: JSON) -> str:
    if not isinstance(value, str) or not re.search(r"\w", value) or "\n" in value or len(value) > 200:
        raise _fault(key, "is no term", "Give a word or phrase on one line, in quotation marks.")
    return " ".join(value.split())


def _table(key: str, value: JSON) -> Mapping[str, JSON]:
    if not isinstance(value, Mapping) or len(value) > MOST_TERMS:
        raise _fault(
            key, f"is no table of up to {MOST_TERMS} lines", f'Write [{key}] and lines such as "a" = "b".'
        )
    return value


def _banned(key: str, value: JSON) -> Mapping[str, str]:
    if isinstance(value, list):
        return {_term(f"{key}[{i}]", v): "" for i, v in enumerate(value)}
    table = _table(key, value)
    wrong = next((k for k, v in table.items() if not isinstance(v, str)), None)
    if wrong is not None:
        raise _fault(f"{key}.{wrong}", "has no reason", "Give the reason as a string; it may be empty.")
    return {_term(f"{key}.{k}", k): str(v) for k, v in table.items()}


def _terms(key: str, value: JSON) -> Mapping[str, str]:
    return {_term(f"{key}.{k}", k): _term(f"{key}.{k}", v) for k, v in _table(key, value).items()}


def _names(key: str, value: JSON) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for right, wrong in _table(key, value).items():
        if not isinstance(wrong, list):
            raise _fault(f"{key}.{right}", "is no list", 'Write "Right Name" = ["Wrong Name", …].')
        name = _term(f"{key}.{right}", right)
        found |= {_term(f"{key}.{right}[{i}]", w): name for i, w in enumerate(wrong)}
    return found


def _spelling(key: str, value: JSON) -> str:
    if value not in VARIANTS:
        raise _fault(key, f"is {value!r}", f'Give "{VARIANTS[0]}" or "{VARIANTS[1]}".')
    return str(value)


def _limit(key: str, value: JSON) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < SHORTEST_LIMIT:
        raise _fault(key, f"is {value!r}", f"Give a whole number of words from {SHORTEST_LIMIT}.")
    return value


def _settled(style: HouseStyle) -> None:
    """Refuse replacements that another line would undo: an edited text must stay as it is."""
    own = {fold(t): t for t in chain(style.banned, style.preferred, style.names)}
    for key, table in (("preferred", style.preferred), ("names", style.names)):
        for term, instead in table.items():
            said = fold(instead)
            inside = (t for f, t in own.items() if f" {f} " in f" {said} ")
            again = next((t for t in inside if fold(t) != said or table.get(t) != instead), None)
            if again is not None:
                what = f"puts {instead!r}, but {again!r} is itself replaced or banned"
                raise _fault(f"{key}.{term}", what, "Drop one of both.")
