"""What note-takers set apart by marks and not by sentences: lists, arrows, pluses, bare nouns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.writing.draft.plain.clause import Shape, analyse, is_plural, main_verb
from service.writing.draft.plain.frames import Draft, Frame, lowered
from service.writing.draft.plain.lists import column
from service.writing.draft.plain.phrases import determined, with_article
from service.writing.draft.plain.rating import rating_in
from service.writing.draft.plain.segments import split
from service.writing.draft.plain.tagging import Word, tag

TURN = 4  # words of what a film turns from or into, in `farce → tragedy`
BARE = 2  # nouns of a sentence that is nothing else
FRAGMENT = 6  # words of a noun phrase that a later sentence may be, with its frame's verb
ALONE = 2  # words of a frame's verb with one word behind it
_NOMINAL = ("NN", "NP", "AJ", "AT0", "DPS", "ORD")
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
        return [sentence] if _turned(sentence, names) else steps
    return _listed(sentence, names)


def _listed(sentence: str, names: frozenset[str]) -> list[str]:
    """Return the members of a list with semicolons, or the sentence where these part two whole clauses."""
    members: list[str] = []
    for mark, segment in split(sentence):
        if mark.strip() == ";" or not members:
            members.append(segment)
        else:
            members[-1] += mark + segment
    if len(members) < 2:
        return [sentence]
    first, *later = (tag(m, names) for m in members)
    whole = len(members) == 2 and all(main_verb(t) is not None for t in (first, *later))
    said_of_first = not _quality(first) and any(_quality(t) for t in later)
    return [sentence] if whole or said_of_first else members


def _quality(words: Sequence[Word]) -> bool:
    return bool(words) and main_verb(words) is None and analyse(words).shape is Shape.ADJECTIVE_PHRASE


def _turned(text: str, names: frozenset[str]) -> Draft | None:
    """Return what the film or someone turns from and into: `farce → tragedy`, `Lind: widow → thief`."""
    steps = _ARROW.split(text)
    if len(steps) != 2:
        return None
    who, _, start = steps[0].rpartition(": ")
    end, comma, later = steps[1].partition(", ")
    tagged = tag(start, names), tag(end, names)
    if not all(t and len(t) <= TURN and all(w.among(*_NOMINAL) for w in t) for t in tagged):
        return None
    said = f"goes from {lowered(start, tagged[0])} to {lowered(end, tagged[1])}{comma}{later}"
    return Draft(f"{with_article(who, tag(who, names))} {said}") if who else Draft.film(said)


def bare_nouns(parts: Sequence[str], names: frozenset[str]) -> int:
    """Return how many nouns alone a note begins with, each with a full stop: `Rain. Mud. Horses.`"""
    tagged = [tag(p.rstrip(".!"), names) for p in parts]
    bare = [bool(t) and len(t) <= BARE and all(w.among("NN", "NP") for w in t) for t in tagged]
    count = bare.index(False) if False in bare else len(bare)
    return count if count > 1 and any(len(t) == 1 for t in tagged[:count]) else 0


def stands(draft: Draft, before: Draft) -> bool:
    """Tell whether a later part of a note is a fragment that leans on the part before, as `One line.`,
    `Whole film in it.` or, after what somebody does, `Fine.` do, and takes no frame of its own.
    """
    if before.frame is Frame.OWN and draft.frame is Frame.FILM and before.shape is Shape.CLAUSE:
        alone = draft.shape in {Shape.ADJECTIVE_PHRASE, Shape.PARTICIPLE, Shape.NOUN_PHRASE}
        if alone and draft.predicate.startswith("is ") and len(draft.predicate.split()) == ALONE:
            return True
    described = re.match(r"(?:an?|some) \w+ \w+", draft.predicate) is not None
    framed = (draft.frame is Frame.THERE and not described) or draft.predicate.startswith("is ")
    return framed and draft.shape is Shape.NOUN_PHRASE and len(draft.predicate.split()) <= FRAGMENT


def jotted(text: str, words: Sequence[Word], names: frozenset[str]) -> Draft | None:
    """Return the sentence that a text with a note-taker's marks stands for, or None where it has none.

    >>> jotted("first half > second half", tag("first half > second half"), frozenset()).text
    'The first half is better than the second half'
    >>> jotted("opening chase ++, subplots --", tag("opening chase ++, subplots --"), frozenset()).text
    'the opening chase is a plus, the subplots a minus'
    """
    if len(words) > 1 and len({w.low for w in words if w.is_word}) == 1:
        return Draft(text, shape=Shape.OTHER)  # `colours, colours, colours`
    turned = _turned(text, names)
    if turned is not None:
        return turned
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
    adverb = re.search(r" (?:still|always|by far)$", subject)
    copula = "are" if is_plural(better) else "is"
    if adverb is not None:
        return Draft(f"{subject[: adverb.start()]} {copula}{adverb.group()} better than {other}")
    return Draft(f"{subject} {copula} better than {other}")


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
    later = [tag(s, names) for _, s in split(draft.text)[1:]]
    if draft.frame is not Frame.THERE:
        named = draft.frame is Frame.FILM and draft.shape is Shape.NOUN_PHRASE
        return named and any(p and p[0].tag == "VVD" and any(w.low == "my" for w in p) for p in later)
    first = tag(draft.predicate, names)
    return (bool(first) and _has_own_verb(first)) or any(p and (_has_own_verb(p) or _said(p)) for p in later)


def _said(words: Sequence[Word]) -> bool:
    """Tell whether a segment is a word of feeling or what somebody did: `oof`, `held my breath`."""
    if words[0].text.lower() in column("interjections.tsv"):
        return len(words) == 1
    return analyse(words).shape is Shape.VERB_PHRASE


def _has_own_verb(words: Sequence[Word]) -> bool:
    return words[0].low not in {"and", "but", "so"} and main_verb(words) is not None and not _relative(words)


def _relative(words: Sequence[Word]) -> bool:
    return any(w.among("PNQ", "DTQ", "CJT", "CJS", "AVQ") or w.low == "that" for w in words)
