"""Put plain words in place of a stock phrase: "delves into" is "looks at"; data in `plain.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from service.document import Operation
from service.writing.edit.inflected import PARTICIPLE, PAST, as_form, forms
from service.writing.edit.joinery import mended
from service.writing.edit.place import Candidate, Place
from service.writing.edit.slotted import rows

NAME = "rule:plain"
LONG = 6  # letters above which a word said twice in a sentence is heard
VERB = re.compile(r"~(?:\(\?:)?([a-z|]+)\)?~")
FIELD = re.compile(r"\{(\d)(?::\w+)?\}")


class Phrase(NamedTuple):
    """A stock phrase, its verbs, what stands instead, and why."""

    pattern: re.Pattern[str]
    verbs: tuple[str, ...]
    instead: str
    reason: str


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return the phrases of the data file in its order."""
    return tuple(_phrase(*row) for row in rows("plain.tsv"))


def _phrase(pattern: str, instead: str, reason: str) -> Phrase:
    named = VERB.search(pattern)
    verbs = tuple(named.group(1).split("|")) if named else ()
    alternatives = "|".join(sorted({f for v in verbs for f in forms(v)}, key=lambda f: (-len(f), f)))
    return Phrase(
        re.compile(VERB.sub(lambda _: f"(?P<verb>{alternatives})", pattern), re.IGNORECASE),
        verbs,
        instead,
        reason,
    )


ADVERB = r"(?:\w+ly |also |not |never |always |since )?$"
HAVING = re.compile(rf"\b(?:has|have|had|having) {ADVERB}|['’](?:ve|d) {ADVERB}", re.IGNORECASE)
PASSIVE = re.compile(rf"\b(?:be|been|being|is|are|was|were|gets?|got) {ADVERB}", re.IGNORECASE)


def _passive(phrase: Phrase, found: re.Match[str], instead: str) -> bool:
    """Tell whether the verb is in the passive, which several words cannot take: `was transcended by`."""
    said = (found.groupdict().get("verb") or "").lower()
    taken = any(said in forms(v)[PAST : PARTICIPLE + 1] for v in phrase.verbs)
    ahead = found.string[: found.start("verb")] if said else ""
    return taken and len(instead.split()) > 1 and bool(PASSIVE.search(ahead))


def _filled(phrase: Phrase, found: re.Match[str]) -> str:
    said = found.groupdict().get("verb") or ""
    groups = [g for k, g in enumerate(found.groups(), 1) if k != found.re.groupindex.get("verb")]
    ahead = found.string[: found.start("verb")] if said else ""
    done = bool(HAVING.search(ahead) or PASSIVE.search(ahead))
    filled = VERB.sub(lambda m: as_form(m.group(1), said, phrase.verbs, participle=done), phrase.instead)
    return FIELD.sub(lambda m: groups[int(m.group(1)) - 1] or "", filled)


def offer(place: Place) -> Iterable[Candidate]:
    """Offer the sentence with each flagged stock phrase in plain words, and with all of them."""
    every, reasons = place.text, []
    for phrase in phrases():
        m = phrase.pattern.search(place.text)
        if m is None or not place.flagged(*m.span()):
            continue
        instead = _filled(phrase, m)
        if _said_beside(place.text, m, instead) or _passive(phrase, m, instead):
            continue
        reason = phrase.reason or _reason(m.group().strip(), instead.strip())
        yield _candidate(_put(place.text, m, instead), reason)
        again = phrase.pattern.search(every)
        if (
            again
            and not _passive(phrase, again, instead)
            and not _said_beside(every, again, _filled(phrase, again))
        ):
            every = _put(every, again, _filled(phrase, again))
            reasons.append(reason)
    if len(reasons) > 1:
        yield _candidate(every, " ".join(reasons))


def _said_beside(text: str, found: re.Match[str], instead: str) -> bool:
    """Tell whether two neighbouring words of `instead` are new and stand in the sentence already."""
    rest = _words(text[: found.start()] + " | " + text[found.end() :])
    fresh = set(pairwise(_words(instead))) - set(pairwise(_words(found.group())))
    long = {w for pair in fresh for w in pair if len(w) > LONG} - set(_words(found.group()))
    return bool(fresh & set(pairwise(rest))) or len(long & set(rest)) > 0


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+|\|", text.lower())


def _put(text: str, found: re.Match[str], instead: str) -> str:
    return mended(text, text[: found.start()] + instead + text[found.end() :])


def _candidate(text: str, reason: str) -> Candidate:
    return Candidate(text, Operation.REWRITE, NAME, reason, -0.2)


def _reason(stock: str, plain: str) -> str:
    return f"‘{plain}’ says ‘{stock}’ in plain words." if plain else f"‘{stock}’ adds nothing."
