"""Whether a sentence that words were taken out of is still one. Better keep a cliché than break it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

from service.gates.ledger.entry import HARD
from service.gates.ledger.reading import read
from service.gates.ledger.tagging import tags
from service.gates.ledger.tokens import split_words
from service.writing.edit.place import listed
from service.writing.edit.signature import signs, threes

PAIRS = ((r"\bboth\b", r"\band\b"), (r"\bbetween\b", r"\band\b"),
    (r"\bnot (?:only|just|merely)\b", r"\bbut\b|;"),
    (r"\beither\b", r"\bor\b"), (r"\bneither\b", r"\bnor\b"), (r"\bwhether\b", r"\bor\b|\bthat\b|"),
    (r"\b(?:so|such) \w+", r""), (r"(?:^|, )from\b", r"\bto\b"), (r"\bnot only\b", r"\bbut\b"))  # fmt: skip
OPEN_END = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "these",
        "that",
        "which",
        "who",
        "whose",
        "whom",
        "where",
        "when",
        "while",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "into",
        "with",
        "and",
        "or",
        "but",
        "nor",
        "as",
        "than",
        "if",
        "because",
        "although",
        "though",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "its",
        "his",
        "her",
        "their",
        "our",
        "your",
        "my",
        "such",
        "so",
        "very",
        "more",
        "most",
        "not",
        "no",
        "only",
        "both",
        "either",
        "neither",
        "between",
        "among",
        "about",
        "against",
        "through",
        "how",
        "why",
        "what",
        "each",
        "every",
    ]
)
SUBORDINATE = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "when",
        "while",
        "because",
        "although",
        "though",
        "if",
        "as",
        "since",
        "unless",
        "whether",
        "how",
        "why",
        "what",
        "after",
        "before",
        "until",
    ]
)
BARE_START = frozenset(
    {"and", "or", "nor", "which", "that", "who", "whose", "whom", "than", "of", "to", "also"}
)
LINKING = re.compile(
    r"^(?:it|this|the (?:film|movie|story|picture)|[A-Z“\"*_][^,]{0,60}?) "
    r"(?:is|was|remains|becomes) (?:an?|the) "
    r"(?:\w+ )?(?:film|movie|picture|story|work|tale|piece|narrative|experience|journey|"
    r"masterpiece|classic|gem|one)"
    r"(?: of (?:art|cinema|film))?[.!]$",
    re.IGNORECASE,
)


MODIFIER = 2  # words that may go where no verb is known to stay
FEWEST = 5  # words of a sentence that as many were taken out of


@cache
def _known() -> frozenset[tuple[str, str, str]]:
    text = (files("service.writing.edit") / "data" / "threes.txt").read_text(encoding="utf-8")
    return frozenset((a, b, c) for a, b, c in (line.split(" ") for line in text.splitlines()))


def objection(old: str, new: str, *, written: bool = False, small: bool = False) -> str:
    """Return what is wrong with `new`, made from `old`; an empty string where nothing is.

    Only faults that `old` does not have count. Where a rule `written` as a construction put its own
    words, these need not have been heard before; a `small` cut takes a modifier alone.
    """
    if not new:
        return ""
    checks = (
        _marks,
        _ends,
        _pairs,
        _joined,
        _doubled,
        _lists,
        _unclosed,
        _vacuous,
        *_asked(written=written, small=small),
    )
    return next((said for check in checks if (said := check(old, new))), "")


def _asked(*, written: bool, small: bool) -> tuple[Callable[[str, str], str], ...]:
    """Return the checks of a cut: of a modifier alone the sentence keeps its verbs."""
    if written:
        return ()
    return (_short, _unheard) if small else (_short, _verbs, _clauses, _unheard)


@lru_cache(maxsize=16384)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    words = split_words(text)
    return tuple(zip((w.fold for w in words), tags([w.text for w in words]), strict=True))


def _marks(old: str, new: str) -> str:
    for a, b in (("(", ")"), ("“", "”"), ("[", "]")):
        if new.count(a) - new.count(b) != old.count(a) - old.count(b):
            return f"an unmatched {a}{b}"
    if new.count('"') % 2 != old.count('"') % 2:
        return "an unmatched quotation mark"
    if any(new.count(sign) % 2 != old.count(sign) % 2 for sign in ("*", "**", "`", "_", "__", "~~")):
        return "half of a pair of marks"
    return "no mark at its end" if old[-1:] in ".!?" and new[-1:].isalnum() else ""


def _ends(old: str, new: str) -> str:
    before, after = _tagged(old), _tagged(new)
    if not after:
        return "no words"
    last = after[-1][0]
    if last in OPEN_END and (not before or before[-1][0] != last):
        return f"it ends with {last!r}"
    first = after[0][0]
    if first in BARE_START and before[0][0] != first:
        return f"it begins with {first!r}"
    for m in re.finditer(r"(\w+)[,;:)]", new):
        word = m.group(1).lower()
        if word in OPEN_END - {
            "that",
            "this",
            "these",
            "is",
            "was",
            "so",
            "such",
            "not",
            "no",
            "her",
            "what",
            "how",
            "both",
            "be",
            "to",
            "in",
            "on",
            "by",
            "as",
            "more",
            "most",
            "about",
            "through",
        } and not re.search(rf"\b{word}{re.escape(m.group(0)[-1])}", old, re.IGNORECASE):
            return f"{m.group(0)!r} leaves a phrase open"
    return ""


def _finite(text: str) -> tuple[int, int]:
    """Return the number of finite verbs, and of those that no subordinating word accounts for."""
    tagged = _tagged(text)
    finite = sum(t.endswith("|Fin") for _, t in tagged)
    below = sum(
        w in SUBORDINATE and not (w in {"that", "as"} and t.startswith(("DET", "ADP"))) for w, t in tagged
    )
    return finite, finite - below


def _verbs(old: str, new: str) -> str:
    (had, had_main), (has, has_main) = _finite(old), _finite(new)
    if not had and len(old.split()) - len(new.split()) > MODIFIER:
        return "its verb is not known"
    if had and not has:
        return "no finite verb"
    return "no main clause" if had_main > 0 and has_main <= 0 else ""


JOINED = re.compile(r"(?:, |; )(?:and|but|yet|so|while|as) ", re.IGNORECASE)


def _clauses(old: str, new: str) -> str:
    """Name a clause that follows a comma and conjunction and has lost its verb."""
    for m in JOINED.finditer(new):
        begins = " ".join(new[m.end() :].split()[:2]).rstrip(",.;:!?")
        at = old.find(m.group() + begins)
        rest, was = new[m.end() :], old[at + len(m.group()) :]
        if at >= 0 and not _finite(rest)[0] and (_finite(was)[0] or len(rest.split()) + 3 < len(was.split())):
            return f"{begins!r} without its verb"
    return ""


def _pairs(old: str, new: str) -> str:
    for head, tail in PAIRS:
        if not tail:
            continue
        had = re.search(rf"(?:{head}).*?(?:{tail})", old, re.IGNORECASE)
        if (
            had
            and re.search(head, new, re.IGNORECASE)
            and not re.search(rf"(?:{head}).*?(?:{tail})", new, re.IGNORECASE)
        ):
            return f"{re.search(head, new, re.IGNORECASE)[0]!r} without its other half"  # type: ignore[index]  # found above
    return ""


def _joined(old: str, new: str) -> str:
    """Name a conjunction that joined two adjectives and now joins an adjective to a noun."""
    before, after = _tagged(old), _tagged(new)
    joined = {
        (before[i - 1][0], before[i][0])
        for i in range(1, len(before) - 1)
        if before[i][0] in {"and", "or"} and before[i + 1][1].startswith("ADJ")
    }
    behind = (("", ""), *after)
    for ahead, left, word, right in zip(behind, after, after[1:], after[2:], strict=False):
        adjective = left[1].startswith("ADJ") or ahead[0] in {"more", "most", "very"}
        if adjective and (left[0], word[0]) in joined and right[1].startswith(("NOUN", "PROPN")):
            return f"{' '.join((left[0], word[0], right[0]))!r} joins an adjective to a noun"
    return ""


def _doubled(old: str, new: str) -> str:
    pattern = re.compile(r"\b([^\W\d_]+) \1\b", re.IGNORECASE)
    had = Counter(m.group().lower() for m in pattern.finditer(old))
    fresh = next((m.group() for m in pattern.finditer(new) if not had[m.group().lower()]), "")
    return f"{fresh!r} doubled" if fresh else ""


LIST_AFTER = re.compile(r", [^,]{1,45}, (?:and|or) |,? (?:and|or) [^,]{1,45}, (?:and|or) ")
LIST_FIRST = re.compile(r"(?:[^,.]{1,45}, ){0,4}[^,.]{1,45},? (?:and|or) [^,.]{1,60}, ")
NOTHING = re.compile(
    r"\b(?:play|plays|played) an? \w+ (?:role|part)[.,]|"
    r"\b(?:is|are|was|were|remains?|becomes?|became) (?:(?:an?|another|one|the) )?(?:\w+ )?"
    rf"(?:{'|'.join(sorted(listed('relational.txt')))})(?: of the (?:film|movie|story))?[.,]|"
    r"\ban? (?:variety|range|number|series|mix) of (?:\w+ )?\w+\.$"
)


def _lists(old: str, new: str) -> str:
    """Name a cut that takes the head of a list and leaves its other members."""
    start = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    end = next(
        (
            i
            for i, (a, b) in enumerate(zip(reversed(old), reversed(new), strict=False))
            if a.lower() != b.lower()
        ),
        min(len(old), len(new)),
    )
    while start and old[start - 1].isalnum():  # `Through …, technical` that became `Technical`
        start -= 1
    gone, rest = old[start : len(old) - end], old[len(old) - end :]
    if len(gone.split()) < FEWEST - 2:
        return ""
    if start == 0 and LIST_FIRST.match(rest):
        return "the list loses its head"
    if gone[:1] != "," and LIST_AFTER.match(rest):
        return "the list loses its head"
    return ""


UNCLOSED = re.compile(r"(?P<head>[^,.;:]+), (?P<member>[^,;:.]{2,80})[.;:!?]$")
CLOSED = re.compile(r",? (?:and|or) ")


def _unclosed(old: str, new: str) -> str:
    """Name the last member of a list that has lost its `and`: `a tale of hope, resilience.`"""
    m, was = UNCLOSED.search(new), UNCLOSED.search(old)
    if m is None or m.group("member").startswith(("and ", "or ")) or CLOSED.search(m.group("member")):
        return ""
    if was and not was.group("member").startswith(("and ", "or ")):
        return ""
    stood = re.search(re.escape(f", {m.group('member')}") + r",?(?: (?:and|or)\b|, )", old)
    return f"the list ends with {m.group('member')!r}" if stood else ""


def _vacuous(old: str, new: str) -> str:
    if (LINKING.match(new) and not LINKING.match(old)) or (NOTHING.search(new) and not NOTHING.search(old)):
        return "it says nothing any more"
    if len(new.split()) < FEWEST <= len(old.split()) - len(new.split()) + 1:
        return "too little of it is left"
    reading = read(new)
    if len(reading.content) < 2 and not any(e.kind in HARD for e in reading.entries):
        return "it says nothing any more"
    return ""


def _short(old: str, new: str) -> str:
    """Name a sentence that a cut leaves too few words, however many went in earlier cuts."""
    return "too little of it is left" if len(new.split()) < min(FEWEST, len(old.split())) else ""


def _unheard(old: str, new: str) -> str:
    """Name three signs in a row that no text of the corpora holds and that the cut brought together."""
    fresh = set(threes(signs(new))) - set(threes(signs(old))) - _known()
    return f"unheard of: {' '.join(min(fresh))}" if fresh else ""
