"""What is said of the film, told in fewer and less uniform sentences.

Two lines on the film become one sentence by coordination, or by a description set in front ("Shot on
film, it …"); the opening takes a relative clause; a phrase of time goes to the front. Each new sentence
has the words and the sources of those it is made of, and no others but `and`, `it` and `that`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.writing.draft.plain.clause import FINITE, Shape
from service.writing.draft.plain.flow import link_of
from service.writing.draft.plain.frames import FILM, Draft, Frame
from service.writing.draft.plain.lists import column
from service.writing.draft.plain.tagging import tag

LONGEST = 30  # words of a sentence made of two
FRONT = 9  # words of a description that may stand in front
_CLAUSE = re.compile(r"[;:–?!]|\b(?:because|though|although|while|if|when|which|who|I|you)\b")
_MEMBERS = re.compile(r",|\b(?:and|or|but)\b")
_COPULA = re.compile(r"(?:is|was) ")
_STORY = re.compile(r"(?:starts|begins|opens|follows|tells)\b")
_TIME = re.compile(
    r"(?P<rest>.+?),? (?P<time>(?:in|at|during|after|before|until|towards) (?:the|its) (?:\w+ )?"
    r"(?:act|half|hour|middle|beginning|start|end|ending|minutes|stretch|reel|box office))"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence to be written: its drafts, what it rests on, its rank, and whether it is a fact."""

    drafts: tuple[Draft, ...]
    sources: tuple[str, ...]
    rank: int = 0
    fact: bool = False


def cohere(lines: Sequence[Line], sound: Callable[[str], bool]) -> list[Line]:
    """Return the lines with neighbours on the film made one sentence where grammar and length allow, and
    `sound` finds nothing wrong with the new sentence.
    """
    out: list[Line] = []
    whole = True  # whether the last line is not yet made of two
    for line in lines:
        both = _united(out[-1], line) if out and whole else None
        whole = both is None or not sound(both.drafts[0].sentence)
        if both is None or whole:
            out.append(line)
        else:
            out[-1] = both
    return [_fronted(line) for line in out]


def led(line: Line, lead: str, sources: Sequence[str]) -> Line | None:
    """Return the line with a phrase of the record before it; None where the film is not its subject.

    >>> line = Line((Draft.film("is too long"),), ("n1",))
    >>> led(line, "At 127 minutes", ("film.runtime_minutes",)).drafts[0].text
    'At 127 minutes, the film is too long'
    """
    draft = line.drafts[0]
    if not _of_film(line):
        return None
    text = f"{lead}, the film {_said(draft)}"
    return replace(line, drafts=(replace(draft, text=text, predicate=""),), sources=(*line.sources, *sources))


def _of_film(line: Line) -> bool:
    """Tell whether the line is one sentence that says something of the film."""
    draft = line.drafts[0]
    return len(line.drafts) == 1 and draft.frame is Frame.FILM and bool(draft.predicate) and draft.end == "."


def _said(draft: Draft) -> str:
    """Return what the sentence says of the film: all behind its subject."""
    return draft.text.removeprefix(FILM).removeprefix("It").strip()


def _united(one: Line, two: Line) -> Line | None:
    a, b = one.drafts[0], two.drafts[0]
    if len(one.drafts) != 1 or not _of_film(two) or len(f"{a.text} {b.text}".split()) > LONGEST:
        return None
    if one.fact and not _of_film(one):
        text = _founded(a, b) if two.fact else _related(a, b)
    elif one.fact > two.fact or not _of_film(one):
        text = ""
    elif one.fact is two.fact:
        text = _about_both(a, b) or _described(a, b) or _described(b, a) or _coordinated(a, b)
    else:
        text = _coordinated(a, b) if _history(a) else ""
    if not text:
        return None
    sources = tuple(dict.fromkeys((*one.sources, *two.sources)))
    return replace(two, drafts=(Draft(text, Frame.FILM),), sources=sources, fact=one.fact and two.fact)


def _history(draft: Draft) -> bool:
    """Tell whether a sentence on the film tells what happened to it, as the record does: `was booed`."""
    verb = next((w for w in tag(_said(draft)) if w.tag in FINITE or w.tag == "VVN"), None)
    return verb is not None and verb.tag in {"VVD", "VBD", "VVN"} and verb.lemma not in column("telling.tsv")


def _founded(opening: Draft, draft: Draft) -> str:
    """Return the opening with what the film is based on, or a sequel to, in front.

    >>> _founded(Draft("Bare is a drama", Frame.FILM), Draft.film("is based on a play"))
    'Based on a play, Bare is a drama'
    >>> _founded(Draft("Directed by X, Bare is a drama", Frame.FILM), Draft.film("is based on a play"))
    'Directed by X and based on a play, Bare is a drama'
    """
    said = _COPULA.sub("", draft.predicate, count=1)
    if opening.frame is not Frame.FILM or not re.match(r"(?:based on|an? \w+ (?:to|of)) ", said):
        return ""
    directed = re.match(r"Directed by [^,]+(?=, )", opening.text)
    if directed is None:
        return "" if opening.text.startswith("Directed") else f"{said[0].upper()}{said[1:]}, {opening.text}"
    if not said.startswith("based on"):
        return ""
    return f"{directed.group()} and {said}{opening.text[directed.end() :]}"


def _related(opening: Draft, draft: Draft) -> str:
    """Return the opening with a relative clause, where its last word is no name the clause could be about.

    >>> _related(Draft("Bare is a drama from 2013", Frame.FILM), Draft.film("starts as a farce"))
    'Bare is a drama from 2013 that starts as a farce'
    """
    fits = re.search(r" from \d{4}$", opening.text) and _STORY.match(draft.predicate)
    return f"{opening.text} that {_said(draft)}" if fits else ""


def _about_both(one: Draft, two: Draft) -> str:
    """Return two subjects of the film in one sentence.

    >>> _about_both(Draft.film("is about work"), Draft.film("is about birth as horror"))
    'The film is about work and about birth as horror'
    """
    first, second = _said(one), _said(two)
    if not (first.startswith("is about ") and second.startswith("is about ")):
        return ""
    if re.search(r"[;:–?!]", first + second):
        return ""
    return f"{one.text}{_comma(first, second)} and {second.removeprefix('is ')}"


def _comma(first: str, second: str) -> str:
    """Return the comma that two predicates need between them where either has members of its own."""
    return "," if _MEMBERS.search(first) or _MEMBERS.search(second) else ""


def _described(one: Draft, two: Draft) -> str:
    """Return `one` as a description in front of `two`.

    >>> _described(Draft.film("is handheld", Shape.ADJECTIVE_PHRASE), Draft.film("has no music"))
    'Handheld, the film has no music'
    """
    if one.shape not in {Shape.ADJECTIVE_PHRASE, Shape.PARTICIPLE} or not _COPULA.match(one.predicate):
        return ""
    if one.shape is Shape.ADJECTIVE_PHRASE and two.predicate.startswith("is about "):
        return ""
    front = _COPULA.sub("", _said(one), count=1)
    words = tag(front)
    verbs = [w for i, w in enumerate(words) if i and words[i - 1].tag == "CJC" and w.among("V")]
    if link_of(one, two) == "but" or len(words) > FRONT or verbs or _CLAUSE.search(front):
        return ""
    return f"{front[0].upper()}{front[1:]}, the film {_said(two)}"


def _coordinated(one: Draft, two: Draft) -> str:
    """Return both predicates with one subject.

    >>> _coordinated(Draft.film("won a prize and a medal"), Draft.film("was remade"))
    'The film won a prize and a medal, and was remade'
    """
    first, second = _said(one), _said(two)
    if first.startswith("is about ") is not second.startswith("is about "):
        return ""
    if _CLAUSE.search(first) or re.search(r"[;:–?!]", second) or _verbs(first) > 1:
        return ""
    return f"{one.text}{_comma(first, second)} {link_of(one, two)} {second}"


def _verbs(predicate: str) -> int:
    """Return how many finite verbs a predicate has, in its relative clauses as well."""
    return sum(w.tag in FINITE for w in tag(predicate))


def _fronted(line: Line) -> Line:
    """Return the line with its phrase of time in front, where it ends in one.

    >>> _fronted(Line((Draft.film("drags in the middle"),), ("n1",))).drafts[0].text
    'In the middle the film drags'
    """
    draft = line.drafts[0]
    said = _said(draft)
    match = _TIME.fullmatch(said) if _of_film(line) else None
    if match is None or _CLAUSE.search(said) or _MEMBERS.search(said):
        return line
    time = match["time"]
    text = f"{time[0].upper()}{time[1:]} the film {match['rest']}"
    return replace(line, drafts=(replace(draft, text=text, predicate=""),))
