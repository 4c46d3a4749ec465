"""Negations, quantifiers and comparisons, each with the word it bears upon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.gates.ledger.entry import Entry, EntryKind
from service.gates.ledger.tagging import tags
from service.gates.ledger.words import classes, is_common, is_function, phrases
from service.gates.ledger.words import words as listed

if TYPE_CHECKING:
    from service.gates.ledger.tokens import Word

REACH = 5
PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "non-")
RESTRICTING = frozenset({"just", "merely", "simply", "only"})
MANY = frozenset({"many", "much"})
FREQUENCY = frozenset(
    {"about", "around", "before", "after", "above", "alone", "any", "only", "most", "more", "less"}
)


def _inverted(words: Sequence[Word], i: int) -> bool:
    """Tell whether `little` at word `i` opens a sentence that denies: `little does she know`."""
    return i == 0 and words[i].fold == "little" and len(words) > 1 and words[1].fold in {"do", "does", "did"}


def _denied(words: Sequence[Word]) -> str:
    """Return the stem of the verb of `little does Ilse know`."""
    return next((w.stem for w in words[2:] if w.text[0].islower() and not is_function(w.fold)), "")


def is_negation(word: str) -> bool:
    """Tell whether a folded word negates by its grammar."""
    table = classes("negations.txt")
    return table.get(word) == "" or word.endswith("n't")


def negates_inside(word: str) -> bool:
    """Tell whether a folded word negates by its meaning or its prefix.

    >>> negates_inside("unhappy"), negates_inside("under")
    (True, False)
    """
    if classes("negations.txt").get(word) == "lexical" or (word.endswith("less") and is_common(word[:-4])):
        return True
    for prefix in PREFIXES:
        base = word.removeprefix(prefix)
        if base != word and len(base) > 3 and base in listed("common.txt"):
            return True
    return False


def target(words: Sequence[Word], i: int, *, back: bool = False) -> str:
    """Return the stem of the nearest content word after word `i` (or before it)."""
    span = range(i - 1, max(-1, i - 1 - REACH), -1) if back else range(i + 1, min(len(words), i + 1 + REACH))
    found = next((words[k].stem for k in span if not is_function(words[k].fold)), "")
    beside = i - 1 if back or i + 1 == len(words) else i + 1
    return found or (words[beside].stem if 0 <= beside < len(words) else "")


def _in_idiom(words: Sequence[Word], i: int) -> bool:
    for phrase in phrases("negation_idioms.txt"):
        for k in range(len(phrase)):
            begin = i - k
            if begin >= 0 and tuple(w.fold for w in words[begin : begin + len(phrase)]) == phrase:
                return True
    return False


def _negation(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if not (is_negation(word.fold) or _inverted(words, i)) or _in_idiom(words, i):
        return False
    numbered = i + 1 < len(words) and words[i + 1].text[0].isdigit()
    return not (word.fold in {"no", "none"} and numbered)


def _stands_alone(words: Sequence[Word], i: int) -> bool:
    """Tell whether `alone` at word `i` says that nobody else does: `the dog alone survives`."""
    return tags([w.text for w in words])[i + 1 : i + 2] == ("VERB|Fin",)


def restricting(words: Sequence[Word]) -> int:
    """Return how many words restrict (`just`, `merely`) without a negation before them."""
    return sum(
        w.fold in RESTRICTING and not (i and is_negation(words[i - 1].fold)) for i, w in enumerate(words)
    )


def find(words: Sequence[Word]) -> list[Entry]:
    """Return the negations, quantifiers and comparisons of a sentence."""
    found = []
    quantifiers, comparisons = classes("quantifiers.tsv"), classes("comparisons.tsv")
    for i, w in enumerate(words):
        if _negation(words, i) and i + 1 < len(words) and words[i + 1].fold in MANY:  # `not many` are few
            found.append(Entry(EntryKind.QUANTIFIER, "few", w.text, w.start, w.end, target(words, i + 1)))
        elif w.fold in MANY and i and _negation(words, i - 1):
            continue
        elif _negation(words, i):
            aim = _denied(words) if _inverted(words, i) else target(words, i)
            found.append(Entry(EntryKind.NEGATION, "not", w.text, w.start, w.end, aim))
        elif w.fold in quantifiers and not (w.text[0].isupper() and w.fold == "may" and i):
            aim = target(words, i) or target(words, i, back=True)
            if not (w.fold == "only" and _in_idiom(words, i)) and _quantifies(words, i):
                rough = w.fold == "some" and i + 1 < len(words) and words[i + 1].fold.isdigit()
                key = "about" if rough else quantifiers[w.fold]
                found.append(Entry(EntryKind.QUANTIFIER, key, w.text, w.start, w.end, aim))
        if w.fold in {"greater", "larger"} and i + 1 < len(words) and words[i + 1].fold == "part":
            found.append(Entry(EntryKind.QUANTIFIER, "most", w.text, w.start, w.end, target(words, i + 1)))
            continue
        if bound := _bound(words, i):
            found.append(Entry(EntryKind.COMPARISON, bound, w.text, w.start, w.end, target(words, i)))
            continue
        if w.fold in comparisons and (w.fold not in {"before", "after", "above", "later", "further"}):
            found.append(
                Entry(EntryKind.COMPARISON, comparisons[w.fold], w.text, w.start, w.end, target(words, i))
            )
    return found


def _bound(words: Sequence[Word], i: int) -> str:
    """Return what bound on a number the word `i` names: `over` 40, `at least` five, five `or more`."""
    fold, following = words[i].fold, words[i + 1] if i + 1 < len(words) else None
    before = words[i - 1].fold if i else ""
    counted = following is not None and (
        following.text[0].isdigit() or following.fold in classes("numbers.tsv") or following.fold == "half"
    )
    if fold in {"over", "under"} and counted:
        return {"over": "more", "under": "less"}[fold]
    if fold in {"least", "more"} and before == {"least": "at", "more": "or"}[fold]:
        return "at least"
    if fold in {"most", "fewer", "less"} and before == ("at" if fold == "most" else "or"):
        return "at most"
    return ""


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
