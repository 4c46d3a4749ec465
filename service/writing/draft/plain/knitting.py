"""How the later segments of a sentence are joined to its first, as grammar asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.writing.draft.plain.clause import Shape, analyse, main_verb
from service.writing.draft.plain.frames import lowered
from service.writing.draft.plain.phrases import with_article
from service.writing.draft.plain.segments import split
from service.writing.draft.plain.subjects import by_writer
from service.writing.draft.plain.tagging import Word, could_be, tag

SHORT = 4  # words of a participle that stands as a second adjective
_SAYING = frozenset({"think", "guess", "suppose", "believe", "suspect", "say", "hear", "find", "swear"})
MISSING_I = re.compile(r",? (so|and|but) (?=(?:ca|wo|could|would|do|did)n['’]t\b)")
_LINKS = frozenset(
    [
        "and",
        "but",
        "or",
        "nor",
        "so",
        "yet",
        "because",
        "since",
        "though",
        "although",
        "while",
        "whereas",
        "when",
        "where",
        "who",
        "which",
        "whose",
        "whom",
        "that",
        "if",
        "unless",
        "until",
        "after",
        "before",
        "as",
        "than",
        "with",
        "without",
        "for",
        "not",
        "even",
        "especially",
        "including",
        "like",
    ]
)


def knit(text: str, names: frozenset[str]) -> str:
    """Return a sentence whose later segments are joined to it as grammar asks.

    A verb without subject gets `and`, a second clause a semicolon, the last of a list `and`,
    a trailing `no …` a `with`.

    >>> knit("The film starts as a farce, turns into a tragedy", frozenset())
    'The film starts as a farce and turns into a tragedy'
    """
    pieces = split(text)
    if len(pieces) < 2:
        return text
    tagged = [tag(s, names) for _, s in pieces]
    if main_verb(tagged[0]) is None or _subordinate(tagged[0]) or _counted_off(tagged):
        return text
    out = pieces[0][1]
    mine = tagged[0][0].text == "I"
    for i, (mark, segment) in enumerate(pieces[1:], 1):
        last = i == len(pieces) - 1
        if out.endswith((" and", " or", " but")) or _aside(tagged[i]):
            out += mark + segment
        elif mine and tagged[i] and tagged[i][0].tag in {"VVD", "VVN"} and mark == ", ":
            out += f" and {segment}" if last else mark + segment
        else:
            out += _joined(mark, segment, tagged[i], last=last, earlier=tagged[:i])
    return MISSING_I.sub(r", \1 I ", out) if mine else out


def _counted_off(tagged: Sequence[Sequence[Word]]) -> bool:
    """Tell whether short clauses of one subject follow each other: `I came, I saw, I slept`."""
    first = tagged[0][0].low
    return len(tagged) > 2 and all(len(t) <= 6 and t[0].low == first for t in tagged if t)


def _aside(words: Sequence[Word]) -> bool:
    """Tell whether a segment is a clause of saying or thinking set between commas: `some said`, `I think`."""
    return 1 < len(words) <= 3 and words[-1].lemma in _SAYING and words[-1].among("VV")


def _subordinate(words: Sequence[Word]) -> bool:
    return words[0].low in _LINKS or words[0].among("AVQ", "CJS") or words[0].among("VVG")


def _joined(  # noqa: PLR0911 - one line a construction of English
    mark: str, segment: str, words: Sequence[Word], *, last: bool, earlier: Sequence[Sequence[Word]]
) -> str:
    if not words or words[0].low in _LINKS or words[0].among("CJ", "PNQ", "DTQ", "AVQ", "VVG"):
        return mark + segment
    shape = analyse(words).shape
    if shape in {Shape.VERB_PHRASE, Shape.IMPERATIVE} and by_writer(words, 0):
        return f", and I {segment}"
    if shape in {Shape.VERB_PHRASE, Shape.PARTICIPLE} and _goes_on(words, earlier[0]):
        listed = len(earlier) > 1 and mark == ", "
        return (", and " if listed else " and ") + segment if last else mark + segment
    if shape is Shape.CLAUSE and mark == ", " and not words[0].among("PRP"):
        analysis = analyse(words)
        subject = words[: analysis.predicate]
        if not any(w.among("NN", "NP", "PNP", "PNI", "DT0", "EX0") for w in subject):
            return mark + segment
        return f"; {lowered(with_article(segment, subject), words) if subject else segment}"
    if last and mark == ", " and shape is Shape.PARTICIPLE and len(words) <= SHORT and _told_so(earlier[-1]):
        return f" and {segment}"  # `the subplot is sudden, handled honestly`
    if last and words[0].low in {"no", "zero"} and mark == ", ":
        return f", with {segment}"
    if last and mark == ", " and len(earlier) >= 2 and _parallel(words, earlier[-1]):
        return f" and {segment}"
    return mark + segment


def _goes_on(words: Sequence[Word], before: Sequence[Word]) -> bool:
    """Tell whether a verb without subject goes on from the clause before: `won a prize, deserved more`."""
    if words[0].tag != "VVN":
        return analyse(words).shape is Shape.VERB_PHRASE
    past = any(w.tag in {"VVD", "VVN", "VBD", "VHD"} for w in before)
    follows = words[1] if len(words) > 1 else None
    passive = follows is None or (follows.among("PRP") and follows.low != "like")
    return past and could_be(words[0].low, "VVD") and not passive


def _told_so(words: Sequence[Word]) -> bool:
    """Tell whether a clause ends in one adjective of its copula: `the subplot is sudden`."""
    return len(words) > 2 and words[-1].among("AJ") and words[-2].among("VB")


def _parallel(words: Sequence[Word], before: Sequence[Word]) -> bool:
    """Tell whether two segments are members of one list: both adjectives, or both short nouns."""
    if any(w.tag == "CJC" for w in words):
        return False
    shapes = {analyse(words).shape, analyse(before).shape}
    return len(shapes) == 1 and shapes <= {Shape.ADJECTIVE_PHRASE, Shape.NOUN_PHRASE} and len(words) <= 6
