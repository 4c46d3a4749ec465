"""Tense made even: how a film is and is played is told in the present, as the record's facts on it are.

What the writer went through ("I laughed"), what happened to the film ("was booed", "flopped in 1982") and
what is told with its time stay in the past.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.films import Film
from service.reviews import SectionName
from service.writing.draft.plain.clause import FINITE, is_plural, main_verb
from service.writing.draft.plain.lists import column, is_craft
from service.writing.draft.plain.names import name_words
from service.writing.draft.plain.people import surname
from service.writing.draft.plain.tagging import Word, tag

_PAST = ("VVD", "VBD", "VHD", "VDD")
_TIMED = re.compile(
    r"\b(?:i|we|my|me|us|our|when|while|ago|then|once|before|after|until|since|originally|finally|yesterday|"
    r"last (?:year|week|night|time)|back|at first|used to|first time|years?|decades?|\d{2,4}s?|never|ever|"
    r"already)\b|[\"“”]",
    re.IGNORECASE,
)
_MAKERS = frozenset(
    {
        "studio",
        "producer",
        "director",
        "writer",
        "critic",
        "audience",
        "crew",
        "people",
        "everyone",
        "everybody",
    }
    | {"viewer", "friend", "crowd", "screening", "actor", "shoot", "production", "team", "fan", "censor"}
)
_SENSED = frozenset({"feel", "look", "seem", "sound"})  # what lasts, whatever became of the film
_FILM = frozenset({"film", "movie", "picture", "story"})
_IRREGULAR = {"be": ("is", "are"), "have": ("has", "have"), "do": ("does", "do")}
_SUPPLETIVE = {"was": "be", "were": "be", "had": "have", "did": "do"}


def present(text: str, film: Film, section: SectionName | None) -> str:
    """Return a sentence's text with what it tells of the film in the present.

    >>> present("The ending felt rushed and made no sense", Film(id="f", title="Heat"), None)
    'The ending feels rushed and makes no sense'
    >>> present("I laughed when the film was booed", Film(id="f", title="Heat"), None)
    'I laughed when the film was booed'
    """
    names = name_words(film)
    return "; ".join(_clause(part, names, film, section) for part in text.split("; "))


def _clause(text: str, names: frozenset[str], film: Film, section: SectionName | None) -> str:
    words = tag(text, names)
    main = main_verb(words)
    if main is None or main == 0 or words[main].tag not in _PAST or _TIMED.search(text):
        return text
    verbs = [i for i, w in enumerate(words) if w.tag in FINITE and w.tag in _PAST and i >= main]
    story = _subject(words[:main], film, section)
    if section is SectionName.LEGACY and _lemma(words[main]) not in _SENSED:
        return text
    if story is None or not all(_convertible(words, i, main, story=story) for i in verbs):
        return text
    plural = is_plural(words[:main])
    for i in reversed(verbs):
        text = text[: words[i].start] + inflected(_lemma(words[i]), plural=plural) + text[words[i].end :]
    return text


def _subject(words: Sequence[Word], film: Film, section: SectionName | None) -> bool | None:
    """Tell whether a subject is of the story, where any verb may tell; False where it is the film, a part
    of it or who plays in it, and only a verb of telling may; None where it is none of these.
    """
    nouns = [w for w in words if w.among("NN", "NP", "PNP")]
    if (
        not nouns
        or any(w.lemma in _MAKERS for w in nouns)
        or any(w.among("PUN", "PNQ", "DTQ", "CJT") for w in words)
    ):
        return None
    said = " ".join(w.text for w in words)
    cast = {surname(m.name) for m in film.cast} | {m.name for m in film.cast}
    parts = {p for c in film.characters for p in (c, *c.split())}
    if nouns[0].among("NP"):
        played = any(name in said for name in cast) or nouns[0].text in parts
        return False if played or is_craft(nouns[-1].lemma) else None
    telling = nouns[0].low == "it" or any(w.lemma in _FILM or is_craft(w.lemma) for w in nouns)
    return False if telling or section is not SectionName.PLOT else nouns[0].among("NN") or None


def _convertible(words: Sequence[Word], at: int, main: int, *, story: bool) -> bool:
    """Tell whether the verb at `at` is a simple past that may be told in the present."""
    word, lemma = words[at], _lemma(words[at])
    if word.low == "lay" and at + 1 < len(words) and words[at + 1].among("PNP", "AT0", "DPS"):
        return False  # `they lay it on`: of `lay`, and in the present
    later = [w for w in words[at + 1 : at + 4] if not w.among("AV0", "XX0")]
    passive = bool(later) and (later[0].tag == "VVN" or later[0].low in column("participles.tsv"))
    if passive and lemma in {"be", "have"}:
        return False
    negated = at + 1 < len(words) and words[at + 1].among("XX0")
    if not story and lemma not in column("telling.tsv") and not negated:
        return False
    if at == main:
        return True
    before = next((w for w in reversed(words[main + 1 : at]) if not w.among("AV0")), None)
    ellipsis = word.tag == "VDD" and (at + 1 == len(words) or words[at + 1].among("PUN"))
    return ellipsis or (before is not None and before.tag == "CJC")


def _lemma(word: Word) -> str:
    return _SUPPLETIVE.get(word.low, word.lemma)


def inflected(lemma: str, *, plural: bool) -> str:
    """Return the present form of a verb: `carries`, `has`, or for a plural subject the base."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma][plural]
    if plural:
        return lemma
    if re.search(r"[^aeiou]y$", lemma):
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if re.search(r"(?:s|sh|ch|x|z|o)$", lemma) else f"{lemma}s"
