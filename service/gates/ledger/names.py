"""Names: runs of capitalised words, compared with their variants in mind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.words import classes, forms, is_common, is_function
from service.gates.ledger.words import words as listed

if TYPE_CHECKING:
    from service.gates.ledger.tokens import Word

JOINERS = frozenset(
    [
        "of",
        "the",
        "de",
        "van",
        "von",
        "der",
        "la",
        "le",
        "del",
        "di",
        "da",
        "du",
        "and",
        "&",
        "in",
        "for",
        "to",
        "a",
    ]
)
START = re.compile(r"(?:^|[.!?:;…]['\"”’)]*\s+|[\n])[\W_]*$")
DASHES = re.compile(r"[-‑]")
VERBAL = ("ing", "ed", "ly")
NOT_NAMES = frozenset({"i", "i'm", "i've", "i'd", "i'll", "ok", "tv"})


@lru_cache(maxsize=2048)
def parts(key: str) -> frozenset[str]:
    """Return the folded words that a name consists of, hyphens opened, possessives off.

    >>> sorted(parts("lee yong-gu's"))
    ['gu', 'lee', 'yong']
    """
    bare = (w.removesuffix("'s").removesuffix("'") for w in DASHES.sub(" ", key).split())
    return frozenset(w for w in bare if w and w not in JOINERS)


def is_variant(one: str, other: str) -> bool:
    """Tell whether two names may be one: all words of one stand in the other, or they are
    written together differently.
    """
    a, b = parts(one), parts(other)
    return bool(a and b) and (a <= b or b <= a or "".join(sorted(a)) == "".join(sorted(b)))


def _capital(word: Word) -> bool:
    return word.text[0].isupper() or any(p[:1].isupper() for p in DASHES.split(word.text)[1:])


def _shouted(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper() and is_common(word.fold)


def _is_name(text: str, words: Sequence[Word], i: int, known: frozenset[str]) -> bool:
    word = words[i]
    if not word.text[0].isalpha() or not _capital(word) or word.fold in NOT_NAMES or _shouted(word):
        return False
    if word.fold.removesuffix("'s") in known:
        return True
    if not START.search(text[max(0, word.start - 8) : word.start] if word.start else ""):
        return not is_function(word.fold) or word.fold.isupper()
    if word.fold.partition("-")[0] in classes("numbers.tsv"):
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    runs_on = following is not None and _capital(following) and text[word.end : following.start] == " "
    if word.fold.endswith("ing") and _inflected(word.fold):  # `Starring Petra Lang`
        return False
    return not (is_common(word.fold) or _inflected(word.fold)) or (
        runs_on and not is_function(word.fold) and _follows(words, i)
    )


def _inflected(word: str) -> bool:
    """Tell whether the word that opens a sentence is a form of one that people write small: `Suspecting`."""
    return word.endswith(VERBAL) and any(f in listed("common.txt") for f in forms(word))


def _follows(words: Sequence[Word], i: int) -> bool:
    """Tell whether the capitalised word after a sentence's first is a name in its own right."""
    return not is_function(words[i + 1].fold) and words[i + 1].fold not in NOT_NAMES


def find(text: str, words: Sequence[Word], known: frozenset[str], quoted: Sequence[Entry]) -> list[Entry]:
    """Return the names of a sentence, each run of capitalised words once."""
    inside = [(q.start, q.end) for q in quoted]
    flags = [
        _is_name(text, words, i, known) and not any(s <= w.start and w.end <= e for s, e in inside)
        for i, w in enumerate(words)
    ]
    found, i = [], 0
    while i < len(words):
        if not flags[i]:
            i += 1
            continue
        j = _run_end(text, words, flags, i)
        run = words[i : j + 1]
        key = " ".join(w.fold.removesuffix("'s").removesuffix("'") for w in run)
        found.append(Entry(EntryKind.NAME, key, text[run[0].start : run[-1].end], run[0].start, run[-1].end))
        i = j + 1
    return found


def _run_end(text: str, words: Sequence[Word], flags: Sequence[bool], i: int) -> int:
    """Return the index of the last word of the run of names that begins at `i`."""
    j = i
    while j + 1 < len(words):
        gap = text[words[j].end : words[j + 1].start]
        if (
            gap not in (" ", ". ", "-")
            or words[j].fold.endswith("'s")
            or words[j].text.endswith(("’s", "s’"))
        ):
            break
        if flags[j + 1]:
            j += 1
        elif (
            j + 2 < len(words)
            and flags[j + 2]
            and words[j + 1].fold in JOINERS - {"and", "&", "in", "for", "to", "a"}
            and text[words[j + 1].end : words[j + 2].start] == " "
        ):
            j += 2
        else:
            break
    return j
