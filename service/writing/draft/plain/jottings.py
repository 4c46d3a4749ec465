"""What note-takers set apart by marks and not by sentences: lists, arrows, pluses, bare nouns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.writing.draft.plain.clause import Shape, analyse, is_plural, main_verb
from service.writing.draft.plain.frames import Draft, Frame, lowered
from service.writing.draft.plain.phrases import determined, with_article
from service.writing.draft.plain.rating import rating_in
from service.writing.draft.plain.segments import split
from service.writing.draft.plain.tagging import Word, tag

TURN = 4  # words of what a film turns from or into, in `farce → tragedy`
_ARROW = re.compile(r"\s+→\s+")
_WEIGHED = re.compile(r"(?P<what>[^+]+?)\s*(?P<mark>\+{1,3}|-{2,3}|–)")
_COMPARED = re.compile(r"(?P<better>[^<>]+?)\s+(?P<mark>[<>])\s+(?P<worse>[^<>]+)")
_QUOTED = re.compile(r"(?P<quote>[\"“][^\"”]{3,}[\"”])(?:\s*(?P<mark>=|:|,)| –)\s+(?P<said>\w.*)")
_RATED = re.compile(r"(?P<said>.*[a-z\"”)])(?:[,;]| –)? (?P<rating>\d+(?:\.\d)?(?: out of |/)\d+)[.!]?")


def apart(sentence: str, names: frozenset[str]) -> list[str]:
    """Return what the marks of a note-taker set apart in a sentence as texts of their own.

    >>> apart("a spy in the gang; a mole in the force; neither sleeps", frozenset())
    ['a spy in the gang', 'a mole in the force', 'neither sleeps']
    >>> apart("he talks; she listens", frozenset()), apart("pure fun 8/10", frozenset())
    (['he talks; she listens'], ['pure fun', '8/10'])
    """
    if rating_in(sentence) is not None:
        return [sentence]
    rated = _RATED.fullmatch(sentence)
    if rated is not None and rating_in(rated["rating"]) is not None:
        return [*apart(rated["said"], names), rated["rating"]]
    if "→" in sentence:
        steps = _ARROW.split(sentence)
        return [sentence] if _turn(steps, names) else steps
    return _listed(sentence, names)


def _listed(sentence: str, names: frozenset[str]) -> list[str]:
    """Return the members of a list with semicolons, or the sentence where these part two whole clauses."""
    members: list[str] = []
    for mark, segment in split(sentence):
        if mark.strip() == ";" or not members:
            members.append(segment)
        else:
            members[-1] += mark + segment
    if all(main_verb(tag(m, names)) is not None for m in members) and len(members) < 3:
        return [sentence]
    return members


def _turn(steps: Sequence[str], names: frozenset[str]) -> bool:
    """Tell whether the steps are what one thing turns from and into, both without a verb."""
    tagged = [tag(step, names) for step in steps]
    return len(steps) == 2 and all(t and len(t) <= TURN and main_verb(t) is None for t in tagged)


def bare_nouns(parts: Sequence[str], names: frozenset[str]) -> bool:
    """Tell whether a note is nouns alone, each with a full stop: `Rain. Mud. Horses.`"""
    tagged = [tag(p.rstrip(".!"), names) for p in parts]
    return len(parts) > 1 and all(len(t) == 1 and t[0].among("NN", "NP") for t in tagged)


def jotted(text: str, words: Sequence[Word], names: frozenset[str]) -> Draft | None:
    """Return the sentence that a text with a note-taker's marks stands for, or None where it has none.

    >>> jotted("first half > second half", tag("first half > second half"), frozenset()).text
    'The first half is better than the second half'
    >>> jotted("opening chase ++, subplots --", tag("opening chase ++, subplots --"), frozenset()).text
    'the opening chase is a plus, the subplots a minus'
    """
    if len(words) > 1 and len({w.low for w in words if w.is_word}) == 1:
        return Draft(text, shape=Shape.OTHER)  # `colours, colours, colours`
    steps = _ARROW.split(text)
    if _turn(steps, names):
        return Draft.film(f"goes from {lowered(steps[0], words)} to {steps[1]}")
    return _weighed(text, names) or _compared(text, names) or _quoted(text, names)


def _weighed(text: str, names: frozenset[str]) -> Draft | None:
    found = [_WEIGHED.fullmatch(segment) for _, segment in split(text)]
    marks = {f["mark"] for f in found if f}
    if not all(found) or not marks - {"–"}:
        return None
    said: list[str] = []
    for match in found:
        if match is None:
            return None
        subject = tag(match["what"], names)
        if main_verb(subject) is not None:
            return None
        copula = "" if said else "are " if is_plural(subject) else "is "
        sign = "plus" if "+" in match["mark"] else "minus"
        said.append(f"{with_article(match['what'], subject)} {copula}a {sign}")
    return Draft(", ".join(said), shape=Shape.SMALL_CLAUSE)


def _compared(text: str, names: frozenset[str]) -> Draft | None:
    found = _COMPARED.fullmatch(text)
    if found is None:
        return None
    pair = (found["better"], found["worse"]) if found["mark"] == ">" else (found["worse"], found["better"])
    better, worse = (tag(side, names) for side in pair)
    if main_verb(better) is not None or main_verb(worse) is not None:
        return None
    subject, other = with_article(pair[0], better), determined(lowered(pair[1], worse), worse, "subject")
    return Draft(f"{subject} {'are' if is_plural(better) else 'is'} better than {other}")


def _quoted(text: str, names: frozenset[str]) -> Draft | None:
    """Return what is said of a quotation: that it is the line, or the remark behind it."""
    found = _QUOTED.fullmatch(text)
    if found is None:
        return None
    words = tag(found["said"], names)
    phrase = analyse(words).shape is Shape.NOUN_PHRASE and main_verb(words) is None
    named = words[0].among("AT0", "DPS", "AJS", "ORD") or words[0].low in {"last", "best", "worst", "one"}
    if phrase and (named or found["mark"] == "="):
        said = determined(lowered(found["said"], words), words, "predicate")
        return Draft(f"{found['quote']} is {said}", shape=Shape.SMALL_CLAUSE)
    return Draft(f"{found['quote']}: {lowered(found['said'], words)}", shape=Shape.OTHER)


def unsound(draft: Draft, names: frozenset[str]) -> bool:
    """Tell whether a frame was put before what has a verb of its own: `There are two hours but flies by`."""
    if draft.frame is not Frame.THERE:
        return False
    pieces = [tag(s, names) for _, s in split(draft.predicate)]
    return any(p and _has_own_verb(p) for p in pieces)


def _has_own_verb(words: Sequence[Word]) -> bool:
    return words[0].low not in {"and", "but", "so"} and main_verb(words) is not None and not _relative(words)


def _relative(words: Sequence[Word]) -> bool:
    return any(w.among("PNQ", "DTQ", "CJT", "CJS", "AVQ") or w.low == "that" for w in words)
