"""Putting a sentence together again after words were taken out: capitals, commas, articles, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable

SPACES = re.compile(r"[ \t ]{2,}")
BEFORE_MARK = re.compile(r"\s+([,.;:!?…])")
DOUBLED = re.compile(r",\s*(?=[,;:.!?…])")
AFTER_STRONG = re.compile(r"([;:])\s*,")
AFTER_OPEN = re.compile(r"([(“‘\[])\s+")
BEFORE_CLOSE = re.compile(r"\s+([)”\]])")
ARTICLE = re.compile(r"\b([Aa])(n?)( +)([^\W_][\w’'-]*)")
VOWEL = re.compile(r"(?:[aeiou]|hour|honest|honou?r|heir)", re.IGNORECASE)
NOT_VOWEL = re.compile(r"(?:uni(?!n|m)|use|usu|eu|one\b|once\b|ubiq|u-|utop|uto)", re.IGNORECASE)
INFINITIVE = re.compile(
    r"\b(will|would|can|could|may|might|must|shall|should|to)( (?:\w+ly|also|not|only|never))? are\b"
)
LETTER = re.compile(r"[^\W\d_]")


def without(text: str, cuts: Iterable[tuple[int, int]]) -> str:
    """Return the sentence without the characters of `cuts`, put in order again.

    >>> without("A warm, vivid, honest film.", [(1, 13)])
    'An honest film.'
    """
    kept, at = [], 0
    for start, end in sorted(cuts):
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    return mended(text, "".join(kept))


def mended(old: str, new: str) -> str:
    """Return `new`, made from the sentence `old`, with its spaces, marks, articles, capital, and the form of
    `be` right.
    """
    new = INFINITIVE.sub(r"\1\2 be", new)
    new = BEFORE_MARK.sub(r"\1", SPACES.sub(" ", new)).strip()
    new = AFTER_OPEN.sub(r"\1", BEFORE_CLOSE.sub(r"\1", new))
    new = AFTER_STRONG.sub(r"\1", DOUBLED.sub("", new)).lstrip(",;:–— ")
    return capitalised(articles(old, new), like=old)


def capitalised(text: str, *, like: str) -> str:
    """Return `text` with a capital first letter where `like` has one."""
    first, model = LETTER.search(text), LETTER.search(like)
    if not first or not model or not model.group().isupper():
        return text
    at = first.start()
    return text if at and text[at - 1].isdigit() else text[:at] + text[at].upper() + text[at + 1 :]


def articles(old: str, new: str) -> str:
    """Return `new` with `a` or `an` as the next word asks, where that word is a new neighbour."""
    known = {m.group(0).lower() for m in ARTICLE.finditer(old)}

    def fix(m: re.Match[str]) -> str:
        if m.group(0).lower() in known or m.group(4).isupper():
            return m.group(0)
        wants = bool(VOWEL.match(m.group(4))) and not NOT_VOWEL.match(m.group(4))
        return f"{m.group(1)}{'n' if wants else ''}{m.group(3)}{m.group(4)}"

    return ARTICLE.sub(fix, new)


def lowered(word: str, *, known: frozenset[str] = frozenset()) -> str:
    """Return a sentence's first word as it is written inside one, names left as they are."""
    return word if word.lower() in known or word in {"I"} or word.isupper() else word[:1].lower() + word[1:]
