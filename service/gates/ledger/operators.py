"""Negations, quantifiers and comparisons, each with the word it bears upon."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from service.gates.ledger import phrases
from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.lexicon import antonyms
from service.gates.ledger.tagging import tags
from service.gates.ledger.words import classes, forms, is_common, is_function, stem
from service.gates.ledger.words import words as listed

if TYPE_CHECKING:
    from service.gates.ledger.tokens import Word

REACH = 5
PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "non-")
DENYING = ("un", "non", "non-")
ADJECTIVAL = ("ed", "able", "ible", "ing", "en", "ly", "ful", "al", "ive", "ous")
APART = frozenset({"without", "nor", "neither", "none", "nobody", "nothing"})
SMALL = frozenset({"handful", "few", "couple", "fraction", "third", "quarter"})
RESTRICTING = frozenset({"just", "merely", "simply", "only"})
FREQUENCY = frozenset(
    {"about", "around", "before", "after", "above", "alone", "any", "only", "most", "more", "less"}
)


def _inverted(words: Sequence[Word], i: int) -> bool:
    """Tell whether `little` at word `i` opens a sentence that denies: `little does she know`."""
    return i == 0 and words[i].fold == "little" and len(words) > 1 and words[1].fold in {"do", "does", "did"}


def _denied(words: Sequence[Word]) -> str:
    """Return the stem of the verb of `little does Ilse know`."""
    return next((w.stem for w in words[2:] if w.text[0].islower() and not is_function(w.fold)), "")


@lru_cache(maxsize=16384)
def is_negation(word: str) -> bool:
    """Tell whether a folded word negates by its grammar."""
    table = classes("negations.txt")
    return table.get(word) == "" or word.endswith("n't")


@lru_cache(maxsize=16384)
def negates_inside(word: str) -> bool:
    """Tell whether a folded word negates by its meaning or its prefix.

    >>> negates_inside("unhappy"), negates_inside("under")
    (True, False)
    """
    if classes("negations.txt").get(word) == "lexical" or (word.endswith("less") and is_common(word[:-4])):
        return True
    return any(
        word.startswith(prefix) and _turns(prefix, word) and word.removeprefix(prefix) in listed("common.txt")
        for prefix in PREFIXES
    )


def _turns(prefix: str, word: str) -> bool:
    """Tell whether the prefix makes the opposite of what follows it, as in `unhappy`, not in `unfolds`."""
    base = word.removeprefix(prefix)
    if len(base) <= 3 or stem(word) in listed("positive.txt"):
        return False
    return stem(base) in antonyms(word) or (prefix in DENYING and word.endswith(ADJECTIVAL))


def _is_grammar(words: Sequence[Word], i: int) -> bool:
    """Tell whether word `i` is grammar only; `like` behind a negation or `to` is a verb."""
    verb = words[i].fold == "like" and i > 0 and (is_negation(words[i - 1].fold) or words[i - 1].fold == "to")
    return is_function(words[i].fold) and not verb


def twice_denied(words: Sequence[Word], i: int) -> bool:
    """Tell whether word `i` negates by its meaning and stands behind a negation, so that neither denies: `not
    impossible`, `did not fail`.
    """
    denied = 0 < i < len(words) and is_negation(words[i - 1].fold) and words[i - 1].fold not in APART
    return denied and negates_inside(words[i].fold)


def target(words: Sequence[Word], i: int, *, back: bool = False) -> str:
    """Return the stem of the nearest content word after word `i` (or before it)."""
    span = range(i - 1, max(-1, i - 1 - REACH), -1) if back else range(i + 1, min(len(words), i + 1 + REACH))
    found = next((words[k].stem for k in span if not _is_grammar(words, k)), "")
    beside = i - 1 if back or i + 1 == len(words) else i + 1
    return found or (words[beside].stem if 0 <= beside < len(words) else "")


def _negation(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if not (is_negation(word.fold) or _inverted(words, i)):
        return False
    if word.fold in {"nor", "or"} and any(is_negation(w.fold) for w in words[:i]):
        return False  # `neither … nor` denies once
    if twice_denied(words, i + 1):
        return False
    numbered = i + 1 < len(words) and words[i + 1].text[0].isdigit()
    return not (word.fold in {"no", "none"} and numbered)


def _stands_alone(words: Sequence[Word], i: int) -> bool:
    """Tell whether `alone` at word `i` says that nobody else does: `the dog alone survives`."""
    following = words[i + 1 : i + 2]
    tagged = tags([w.text for w in words])[i + 1 : i + 2]
    return any(
        t.startswith(("VERB", "AUX")) or w.fold in listed("finite.txt") or classes("roles.tsv").get(w.stem)
        for w, t in zip(following, tagged, strict=True)
    )


def restricting(words: Sequence[Word]) -> int:
    """Return how many words restrict (`just`, `merely`) without a negation before them."""
    return sum(
        w.fold in RESTRICTING and not (i and is_negation(words[i - 1].fold)) for i, w in enumerate(words)
    )


def find(words: Sequence[Word]) -> tuple[list[Entry], frozenset[int]]:
    """Return the negations, quantifiers and comparisons of a sentence, and where the words begin that look
    like one and say nothing, as in `not only`. Those of several words come first.
    """
    found: list[Entry] = []
    taken: set[int] = set()
    idle: set[int] = set()
    for i in range(len(words)):
        if i in taken:
            continue
        if phrase := phrases.match(words, i):
            taken |= phrase.taken
            if phrase.phrase.kind:
                found.append(_said(words, phrase))
            else:
                idle |= {words[k].start for k in phrase.taken}
        elif entry := _single(words, i):
            found.append(entry)
    return found, frozenset(idle)


def _said(words: Sequence[Word], match: phrases.Match) -> Entry:
    """Return what a phrase says, with the word it bears upon."""
    first, last = words[min(match.taken)], words[max(match.taken)]
    text = " ".join(words[k].text for k in sorted(match.taken))
    aim = target(words, max(match.taken))
    return Entry(EntryKind(match.phrase.kind), match.phrase.key, text, first.start, last.end, aim)


def _single(words: Sequence[Word], i: int) -> Entry | None:
    """Return what the word `i` says by itself."""
    word = words[i]
    quantifiers, comparisons = classes("quantifiers.tsv"), classes("comparisons.tsv")
    if _negation(words, i):
        aim = _denied(words) if _inverted(words, i) else target(words, i)
        return Entry(EntryKind.NEGATION, "not", word.text, word.start, word.end, aim)
    if word.fold in quantifiers and not (word.text[0].isupper() and word.fold == "may" and i):
        aim = target(words, i) or target(words, i, back=True)
        if _quantifies(words, i):
            return Entry(EntryKind.QUANTIFIER, quantifiers[word.fold], word.text, word.start, word.end, aim)
    if word.fold in RESTRICTING and _counts(words, i + 1):
        return Entry(EntryKind.QUANTIFIER, "only", word.text, word.start, word.end, target(words, i))
    if word.fold in comparisons:
        aim, key = target(words, i), _degree(words, i) or comparisons[word.fold]
        return Entry(EntryKind.COMPARISON, key, word.text, word.start, word.end, aim)
    return None


def _counts(words: Sequence[Word], i: int) -> bool:
    """Tell whether a number or a small quantity begins at word `i`, as behind `just` and `merely`."""
    if i >= len(words):
        return False
    return phrases.is_number(words, i) or (
        words[i].fold == "a" and words[i + 1 : i + 2] != () and words[i + 1].fold in SMALL
    )


def _degree(words: Sequence[Word], i: int) -> str:
    """Return the class of `slower` for `more slowly`."""
    if words[i].fold != "more" or i + 1 == len(words):
        return ""
    table = classes("comparisons.tsv")
    return next((table[f + "er"] for f in forms(words[i + 1].fold) if f + "er" in table), "")


def _quantifies(words: Sequence[Word], i: int) -> bool:
    """Tell whether a word that may also be a preposition or a superlative counts something here."""
    fold, following = words[i].fold, words[i + 1].fold if i + 1 < len(words) else ""
    before = words[i - 1].fold if i else ""
    if fold in {"about", "around"}:
        return following[:1].isdigit() or following in classes("numbers.tsv")
    if fold == "most":
        return (
            before not in {"the", "his", "her", "its", "their", "our", "your"} and i == 0
        ) or following == "of"
    if fold == "any":
        return False
    return (
        not (fold == "all" and before in {"above", "after", "at", "of"})
        and not (fold in {"few", "little"} and before == "a")
        and not (fold == "half" and [w.fold for w in words[max(0, i - 2) : i]] == ["and", "a"])
        and not (fold == "alone" and not _stands_alone(words, i))
    )
