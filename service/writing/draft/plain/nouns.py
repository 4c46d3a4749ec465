"""Which article a noun phrase without one takes, from counts over reviews by people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from service.writing.draft.plain.english import article
from service.writing.draft.plain.lists import column, ideas, is_craft, rows
from service.writing.draft.plain.tagging import Word

_PRENOMINAL = ("AJ", "NN", "VVG", "VVN", "ORD", "CRD", "AV0", "PUN", "CJC", "NP")


FEW = 8  # uses that tell nothing of a noun
ORDER = frozenset({"first", "last", "final", "next", "whole", "entire"})
_MASS = re.compile(r"\w{3,}(?:ness|ity|ism|hood|dom|ship|ment|tion|ance|ence)$")


def abstract(noun: str) -> bool:
    """Tell whether the noun's ending is one of ideas and states: -ness, -ity, -ism."""
    return _MASS.match(noun) is not None


@lru_cache(maxsize=1)
def _counts() -> dict[str, tuple[int, ...]]:
    return {r[0]: tuple(int(x) for x in r[1:]) for r in rows("articles.tsv")}


def predicative(noun: str) -> bool:
    """Tell whether people say `it is a NOUN` of a film: a large share of the noun's uses."""
    bare, a, the, _p_bare, p_a, p_the = _counts().get(noun, (0,) * 6)
    total = bare + a + the
    return noun in column("kinds.tsv") or (
        total >= 10 and (p_a + p_the) / total >= 0.16 and not is_craft(noun)
    )


def head_of(words: Sequence[Word]) -> Word | None:
    """Return the noun that heads the phrase: the last one before a preposition, clause or mark."""
    head = None
    counted = words[0].low == "one" and len(words) > 2 and words[1].among("PRF")
    for word in words[2 if counted else 0 :]:
        if word.among("NN", "NP", "PNI"):
            head = word
        elif word.among("PRP", "PRF", "TO0") or (
            head is not None and not word.among("AJ", "CJC", "POS", "ORD", "CRD")
        ):
            break
    return head


def determiner(words: Sequence[Word], *, role: str) -> str:  # noqa: PLR0911 - one line a construction of English
    """Return the article that belongs before a bare noun phrase, or nothing.

    `role` is `subject`, `predicate` or `existential`.
    """
    first = words[0]
    head = head_of(words)
    if first.low == "same" and head is not None:
        return "the"
    if role != "subject" and first.among("NP") and _named_after(words, head):
        return _indefinite(words, head) if head else ""
    if (
        head is None
        or head.among("NP", "PNI")
        or first.among("AT0", "DPS", "DT0", "PNP", "CRD", "PNI", "NP", "PRP")
    ):
        return ""
    if any(w.among("AT0", "DPS") for w in words[: words.index(head)]):
        return ""
    if first.low in {"such", "no", "all", "both", "half", "what", "quite", "every", "each"}:
        return ""
    if any(
        w.tag == "AJS" or w.low in {"same", "only", "most"} or (w.among("AJ") and w.low.endswith("iest"))
        for w in words[: words.index(head)]
    ):
        return "the"
    if any(w.tag == "ORD" or w.low in ORDER for w in words[: words.index(head)]):
        return article(first.text) if first.among("AJ0") and first.low not in ORDER else "the"
    if role == "subject":
        return _subject(words, head)
    if head.tag != "NN1" or _coordinated(words, head):
        return ""
    if role == "predicate" and head.low in column("kinds.tsv") and "-" not in head.low:
        bare, a = _counts().get(head.low, (0, 0, 0, 0, 1, 0))[3:5]
        return "" if bare > a else article(words[0].text)
    return _indefinite(words, head)


def _named_after(words: Sequence[Word], head: Word | None) -> bool:
    """Tell whether a name stands before the noun that it describes: `Bach organ theme`."""
    if head is None or head.tag != "NN1" or words[0].text.endswith("s"):
        return False
    return not any(w.among("POS", "PUN", "PRP", "AT0", "DPS") for w in words[: words.index(head)])


def _coordinated(words: Sequence[Word], head: Word) -> bool:
    at = words.index(head)
    if any(w.low == "and" for w in words[1:at]) and words[0].among("NN"):
        return True
    if not at and len(words) > 2 and words[1].text == "," and words[2].among("NN"):
        return True
    return len(words) > at + 2 and words[at + 1].low == "and" and words[at + 2].tag == "NN1"


def _subject(words: Sequence[Word], head: Word) -> str:
    if is_craft(head.low):
        return "the"
    if (
        head.tag != "NN1"
        or _coordinated(words, head)
        or any(w.low == "and" for w in words[: words.index(head)])
    ):
        return ""
    if words[0] is head and (head.low in ideas() or (head.low not in _counts() and _MASS.match(head.low))):
        return ""
    bare, a, the, *_ = _counts().get(head.low, (0, 1, 1, 0, 0, 0))
    return "" if bare > a + the else "the"


def _indefinite(words: Sequence[Word], head: Word) -> str:
    if head.low not in _counts() and _MASS.match(head.low):
        return ""
    bare, a, *_ = _counts().get(head.low, (0, 1, 0, 0, 0, 0))
    if bare + a < FEW and words[0].among("AJ"):
        return article(words[0].text)
    return "" if bare > a else article(words[0].text)
