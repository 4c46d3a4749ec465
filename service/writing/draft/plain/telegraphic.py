"""Constructions of note-takers that lack more than a subject or a copula: `Rome, 1960: …`, `never seen …`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from service.films import Film
from service.writing.draft.plain.clause import Shape, analyse, is_plural, main_verb
from service.writing.draft.plain.frames import Draft, Frame, lowered
from service.writing.draft.plain.knitting import MISSING_I
from service.writing.draft.plain.names import name_words
from service.writing.draft.plain.nouns import determiner
from service.writing.draft.plain.phrases import with_article
from service.writing.draft.plain.segments import split
from service.writing.draft.plain.subjects import by_writer
from service.writing.draft.plain.tagging import Word, tag

_CAPITAL = r"[A-Z][\w'’.-]+"
_PLACED = re.compile(
    rf"(?P<place>{_CAPITAL}(?: {_CAPITAL}){{0,2}}),? (?P<date>(?:the )?(?:(?:early|late|mid)[- ])?"
    r"(?P<named>\d{4}s|\d{1,2}(?:st|nd|rd|th) century)|"
    r"(?:(?:spring|summer|autumn|fall|winter) (?:of )?)?\d{4})"
    r"(?:[:,.]| –) (?P<rest>\w.+)"
)
_WARNED = re.compile(r"(?:be warned|warning|beware|fair warning)\s*[,:–-]\s*(?P<rest>\w.+)", re.IGNORECASE)
_SCANT = re.compile(r"not (?:much|many|enough|a lot of)(?: of an?)? [a-z-]+", re.IGNORECASE)
_SEEN = frozenset({"see", "watch", "read", "hear", "know", "meet", "be", "wait"})
_FELT = frozenset(
    {"sure", "glad", "sorry", "surprised", "curious", "convinced", "grateful", "amazed", "unsure"}
)
_PRESENT = ("VVZ", "VBZ", "VHZ", "VDZ")
_NOMINATIVE = frozenset({"i", "you", "we", "he", "she", "they", "it"})
_ASKS = ("AVQ", "DTQ", "PNQ")
_AUXILIARY = ("VB", "VD", "VH", "VM")


def placed_in_time(line: str, film: Film) -> str:
    """Return a line that opens with a place and a date as a sentence set there.

    >>> placed_in_time("East Berlin, 1984. A captain listens in", Film(id="f", title="Heat"))
    'In East Berlin in 1984, a captain listens in'
    """
    match = _PLACED.match(line)
    if match is None or match["place"] in {*film.titles, *film.people, *film.characters}:
        return line
    first = re.split(r"(?<=[.!?]) ", match["rest"])[0]
    words = tag(first, name_words(film))
    verbless = main_verb(words) is None
    if verbless and (analyse(words).shape is not Shape.NOUN_PHRASE or first != match["rest"]):
        return line
    date = match["date"] if not match["named"] or match["date"].startswith("the ") else f"the {match['date']}"
    said = lowered(match["rest"], words)
    there = f"there {'are' if is_plural(words) else 'is'} " if verbless else ""
    return f"In {match['place']} in {date}, {there}{said}"


def telegraphic(text: str, names: frozenset[str]) -> Draft | None:
    """Return the sentence that a text in note-taker's shorthand stands for, or None where it is none.

    >>> telegraphic("never seen the play so can't compare", frozenset()).text
    "I have never seen the play, so I can't compare"
    """
    words = tag(text, names)
    makers: tuple[Callable[[str, Sequence[Word], frozenset[str]], Draft | None], ...] = (
        _warned, _perfect, _unsure, _person, _parted, _denied, _scant, _ranked,
    )  # fmt: skip
    return next((made for maker in makers if words and (made := maker(text, words, names))), None)


def _warned(text: str, _words: Sequence[Word], names: frozenset[str]) -> Draft | None:
    match = _WARNED.match(text)
    if match is None:
        return None
    rest = tag(match["rest"], names)
    shape = analyse(rest).shape
    low = lowered(match["rest"], rest)
    if shape in {Shape.ADJECTIVE_PHRASE, Shape.PREPOSITION_PHRASE}:
        return Draft(f"be warned: the film is {low}", Frame.FILM)
    return Draft(f"be warned: {low}") if shape is Shape.CLAUSE else None


def _perfect(text: str, words: Sequence[Word], _names: frozenset[str]) -> Draft | None:
    """Supply `I have` before `never seen …`."""
    at = 1 if words[0].low in {"never", "only", "just", "already", "finally", "still"} else 0
    if len(words) < at + 2 or words[at].tag not in {"VVN", "VBN"} or words[at].lemma not in _SEEN:
        return None
    if words[at + 1].among("PRF", "CJ", "PUN") or (words[at + 1].among("PRP") and words[at].tag == "VVN"):
        return None
    low = MISSING_I.sub(r", \1 I ", lowered(text, words))
    return Draft(f"I have {low}", Frame.WRITER, f"have {low}")


def _unsure(text: str, words: Sequence[Word], _names: frozenset[str]) -> Draft | None:
    """Supply `I am` before `not sure it works`."""
    at = 1 if words[0].among("XX0", "AV0") else 0
    if len(words) < at + 2 or words[at].low not in _FELT or words[at + 1].among("PUN"):
        return None
    low = lowered(text, words)
    return Draft(f"I am {low}", Frame.WRITER, f"am {low}")


def _person(text: str, words: Sequence[Word], names: frozenset[str]) -> Draft | None:
    """Supply the copula in `Mara Lind as the aunt, best thing in it`."""
    pieces = split(text)
    if len(pieces) != 2 or pieces[1][0] != ", " or not words[0].among("NP"):
        return None
    who, what = tag(pieces[0][1], names), tag(pieces[1][1], names)
    heads = [w for w in who if w.among("NP")]
    named = next((i for i, w in enumerate(who) if not w.among("NP") and w.low != "and"), len(who))
    alone = named == len(who)
    if not heads or main_verb(who) is not None or not (alone or who[named].low == "as"):
        return None
    superlative = what[0].tag == "AJS" or what[0].low == "most"
    described = alone and analyse(what).shape is Shape.ADJECTIVE_PHRASE and not what[0].among("XX0", "AV0")
    fits = superlative or described or what[0].low in {"a", "an", "the", "all"}
    if main_verb(what) is not None or not fits:
        return None
    det = "" if described else determiner(what, role="predicate")
    copula = "are" if is_plural(who[:named]) else "is"
    return Draft(f"{pieces[0][1]} {copula} {f'{det} ' if det else ''}{pieces[1][1]}")


def _parted(_text: str, words: Sequence[Word], names: frozenset[str]) -> Draft | None:
    """Take away the comma between a subject and its verb: `Lind's cutting, never lets you settle`."""
    pieces = split(_text)
    if len(pieces) != 2 or pieces[1][0] not in {", ", " – "}:
        return None
    subject, rest = tag(pieces[0][1], names), tag(pieces[1][1], names)
    owned = any(w.among("POS") for w in subject)
    if not (owned or words[0].among("DPS") or words[0].low in {"the", "this", "that"}):
        return None
    if (
        analyse(subject).shape is not Shape.NOUN_PHRASE
        or main_verb(subject) is not None
        or is_plural(subject)
    ):
        return None
    verb = main_verb(rest)
    if verb is None or verb > 1 or not rest[verb].among(*_PRESENT) or by_writer(rest, verb):
        return None
    if verb == 1 and not rest[0].among("AV0"):
        return None
    return Draft(f"{pieces[0][1]} {pieces[1][1]}")


def _denied(text: str, words: Sequence[Word], _names: frozenset[str]) -> Draft | None:
    """Supply the copula before `not` in `the villagers not saints either`."""
    at = next((i for i, w in enumerate(words) if w.low == "not"), 0)
    subject, rest = words[:at], words[at + 1 :]
    if not at or not rest or main_verb(words) is not None or any(w.among("PUN") for w in subject):
        return None
    definite = subject[0].low in {"the", "this", "that", "my"} or subject[0].among("NP", "DPS")
    if analyse(subject).shape is not Shape.NOUN_PHRASE or not (definite or is_plural(subject)):
        return None
    if analyse(rest).shape not in {Shape.NOUN_PHRASE, Shape.ADJECTIVE_PHRASE, Shape.PREPOSITION_PHRASE}:
        return None
    copula = "are" if is_plural(subject) or is_plural(rest) else "is"
    head = with_article(text[: subject[-1].end], subject)
    return Draft(f"{head} {copula} {text[words[at].start :]}", shape=Shape.SMALL_CLAUSE)


def _scant(text: str, words: Sequence[Word], _names: frozenset[str]) -> Draft | None:
    """Supply `there is` before `not much plot`."""
    if _SCANT.fullmatch(text) is None:
        return None
    copula = "are" if "many" in text.casefold() or is_plural(words) else "is"
    low = lowered(text, words)
    return Draft(f"there {copula} {low}", Frame.THERE, low, shape=Shape.NOUN_PHRASE)


def _ranked(text: str, words: Sequence[Word], _names: frozenset[str]) -> Draft | None:
    """Supply the copula in `first half better than the rest`."""
    at = next((i for i, w in enumerate(words) if w.low == "than"), 0) - 1
    if at < 1 or words[at].tag != "AJC" or main_verb(words) is not None:
        return None
    subject = words[:at]
    nominal = all(w.among("AT0", "DPS", "ORD", "CRD", "AJ", "NN", "NP", "POS") for w in subject)
    if not nominal or not subject[-1].among("NN", "NP"):
        return None
    copula = "are" if is_plural(subject) else "is"
    head = with_article(text[: subject[-1].end], subject)
    return Draft(f"{head} {copula} {text[words[at].start :]}", shape=Shape.SMALL_CLAUSE)


def second_clause(text: str, names: frozenset[str]) -> tuple[str, str] | None:
    """Return a phrase without a verb and the clause that a conjunction adds to it: `two films in one`,
    `and they rhyme`.
    """
    words = tag(text, names)
    for i, word in enumerate(words[:-2]):
        if word.low in {"and", "but", "so", "yet"} and words[i + 1].low in _NOMINATIVE and i:
            phrase = analyse(words[:i]).shape in {Shape.NOUN_PHRASE, Shape.ADJECTIVE_PHRASE}
            if phrase and main_verb(words[:i]) is None and main_verb(words[i + 1 :]) == 1:
                return text[: words[i - 1].end].rstrip(" ,;–"), text[word.start :]
            return None
    return None


def asks(words: Sequence[Word]) -> bool:
    """Tell whether words have the order of a question: `what does it mean`."""
    if len(words) == 1:
        return words[0].low in {"why", "how", "who", "what"}
    return (
        len(words) > 3
        and words[0].among(*_ASKS)
        and words[1].among(*_AUXILIARY)
        and words[2].among("PNP", "AT0", "DPS", "NP0", "DT0", "NN2")
    )
