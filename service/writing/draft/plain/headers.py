"""A note with a header: `Mara Lind: steals every scene`, `last shot = perfect`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from service.reviews import SectionName
from service.writing.draft.plain.clause import Shape, analyse, broken_subject, is_plural, main_verb
from service.writing.draft.plain.completion import plain, rest_of
from service.writing.draft.plain.frames import Draft, Frame, lowered
from service.writing.draft.plain.lists import column
from service.writing.draft.plain.nouns import determiner, head_of
from service.writing.draft.plain.phrases import POINTING, determined, with_article
from service.writing.draft.plain.segments import split
from service.writing.draft.plain.subjects import by_writer
from service.writing.draft.plain.tagging import Word, tag

MEMBERS = 2  # up to so many, a list may have members of different kinds
_PRESENT = ("VVZ", "VBZ", "VHZ", "VDZ", "VVD", "VBD", "VHD", "VDD", "VM0")


def headed(
    head: str, rest: str, names: frozenset[str], section: SectionName | None, *, equal: bool = False
) -> Draft | None:
    """Complete `Lee Yong-gu: childlike father, …`, `last shot = perfect`, `tight: no scene too many`."""
    subject, words = tag(head, names), tag(rest, names)
    if not subject or not words:
        return None
    if subject[0].among("PRP"):
        return Draft(f"{head}: {lowered(rest, words)}")  # `on the wirework: yes, they fly`
    above = analyse(subject)
    doing = above.shape is Shape.SMALL_CLAUSE and subject[above.predicate].low.endswith("ing")
    if equal and doing:  # `Lind wiping the glass = best moment`
        return Draft(f"{head} is {determined(lowered(rest, words), words, 'predicate')}")
    labelled = _labelled(subject, rest, names)
    if labelled is not None or above.shape in {Shape.SMALL_CLAUSE, Shape.ADJECTIVE_PHRASE}:
        made = plain(head, names, section)
        return labelled or (Draft(f"{made.text}: {lowered(rest, words)}") if made else None)
    if main_verb(subject) is not None or (above.shape is not Shape.NOUN_PHRASE and not _nominal(subject)):
        return None
    return _said_of(head, subject, rest, words, names, equal=equal)


def _labelled(subject: Sequence[Word], rest: str, names: frozenset[str]) -> Draft | None:
    """Return what a label of one word says of what it stands before: `worst: the android reveal`, `wasted:
    Mara Lind, barely there`. It is no word on the film.
    """
    (_, first), *more = split(rest)
    named = tag(first, names)
    if len(subject) > 1 or not named or main_verb(named) is not None:
        return None
    definite = named[0].among("NP", "DPS") or named[0].low in {"the", "this", "that"}
    said = analyse(named).shape
    if not definite or said not in {Shape.NOUN_PHRASE, Shape.OTHER} or len(more) > 1:
        return None
    label, verb = subject[0].low, "are" if is_plural(named) else "is"
    later = tag(more[0][1], names) if more else []
    remark = "".join(m + s for m, s in more)
    if later and later[0].among("NN", "NP", "AT0", "DPS"):
        return None  # a list
    if label in _EXTREMES:
        told = bool(later) and later[0].tag in _PRESENT
        return Draft(f"the {label} {verb} {first}{', which ' + more[0][1] if told else remark}")
    if subject[0].among("VVN", "AJ0") and named[0].among("NP"):
        return Draft(f"{first} {verb} {label}{remark}")
    return None


_EXTREMES = frozenset({"best", "worst"})


def _nominal(words: Sequence[Word]) -> bool:
    return all(
        w.among("NN", "NP", "AJ", "AT0", "ORD", "CRD", "POS", "PUN", "VVG", "DPS", "CJC", "PRF")
        for w in words
    )


def _said_of(
    head: str,
    subject: Sequence[Word],
    rest: str,
    words: Sequence[Word],
    names: frozenset[str],
    *,
    equal: bool,
) -> Draft | None:
    series = _series(head, names)
    topic = with_article(series, subject)
    copula = "are" if is_plural(subject) or series != head else "is"
    low = lowered(rest, words)
    pieces = split(rest)
    if len(pieces) > 1 and broken_subject(words):
        words = tag(pieces[0][1], names)
    shape = Shape.OTHER if len(pieces) > MEMBERS and _mixed(rest, names) else analyse(words).shape
    first = words[0]
    if shape is Shape.SMALL_CLAUSE and (
        first.tag == "AJS" or first.low.endswith("iest") or first.low == "most"
    ):
        shape = Shape.NOUN_PHRASE
    past = first.low in column("participles.tsv", "-")
    verb = main_verb(words) or 0
    if shape is Shape.VERB_PHRASE and by_writer(words, verb):
        return Draft(f"{topic}: I {low}")
    if shape is Shape.VERB_PHRASE and (past or words[verb].tag in _PRESENT):
        return Draft(f"{topic} {low}")
    if subject[0].among("CRD") and is_plural(subject):
        counted = lowered(head, subject)
        return Draft(f"there are {counted}: {_series(low, names)}", Frame.THERE, f"{counted}: {low}")
    if shape in {Shape.ADJECTIVE_PHRASE, Shape.PREPOSITION_PHRASE, Shape.PARTICIPLE}:
        return Draft(f"{topic} {copula} {rest_of(low, names)}")
    remark = len(words) == 1 and first.low not in column("roles.tsv")  # `the cross-cut: textbook`
    if (
        shape is Shape.NOUN_PHRASE
        and first.low not in POINTING
        and ((equal and first.low not in {"no", "zero"}) or (not remark and _descriptive(subject, words)))
    ):
        series = _series(low, names)
        bare = series != low or (equal and len(words) == 1)  # a list, or `action = noise`
        said = series if bare else determined(low, words, "predicate")
        return Draft(f"{topic} {copula} {said}")
    return Draft(f"{topic}: {low}")


def _mixed(rest: str, names: frozenset[str]) -> bool:
    """Tell whether a list has nouns and qualities both: `one take, filthy, loud`."""
    shapes = {analyse(tag(s, names)).shape for _, s in split(rest)}
    return Shape.NOUN_PHRASE in shapes and bool(shapes & {Shape.ADJECTIVE_PHRASE, Shape.PARTICIPLE})


def _series(low: str, names: frozenset[str]) -> str:
    """Return a list of noun phrases with its `and`; other text as it is."""
    pieces = split(low)
    nominal = [bool(t) and analyse(t).shape is Shape.NOUN_PHRASE for t in (tag(s, names) for _, s in pieces)]
    if len(pieces) < 2 or not all(nominal) or any(s.startswith(("and ", "or ", "no ")) for _, s in pieces):
        return low
    return ", ".join(s for _, s in pieces[:-1]) + " and " + pieces[-1][1]


def _descriptive(subject: Sequence[Word], words: Sequence[Word]) -> bool:
    """Tell whether the noun phrase says what the subject is, and is no remark about it."""
    head = head_of(words)
    person = subject[0].among("NP")
    bare = words[0].among("NN", "AJ") and not determiner(words, role="predicate")
    if person and bare and head is not None and head.tag == "NN1":
        return False  # `chemistry you can't fake`
    after_mark = (w for before, w in pairwise(words) if before.among("PUN"))
    if person and any(w.tag == "VVG" for w in after_mark):
        return False  # `shaving scene, stitching his own cheek`
    if len(subject) == 1 and words[0].low == "the" and len(words) > 4 and not person:
        return False
    return (
        not words[0].among("CRD")
        and words[0].low not in {"no", "not", "never", "more", "less", "my", "every", "each", "any", "zero"}
        and not any(w.low == "as" for w in subject)
    )
