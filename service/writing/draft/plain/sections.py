"""Which section a note belongs to, where the writer did not say.

Words speak for sections with the weights of `data/sections.tsv`; so do a few facts of grammar and
of the record: whose name stands first, what the main verb does, whether there is one at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from service.document import fold
from service.films import Film
from service.reviews import Note, SectionName
from service.writing.draft.plain.clause import Shape, analyse, main_verb
from service.writing.draft.plain.content import stem
from service.writing.draft.plain.lists import column, rows
from service.writing.draft.plain.names import name_words
from service.writing.draft.plain.people import named_in
from service.writing.draft.plain.rating import is_rating
from service.writing.draft.plain.split import parts
from service.writing.draft.plain.tagging import Word, tag
from service.writing.draft.plain.tidy import tidy

ORDER = tuple(SectionName)
PLOT, CHARACTERS, THEMES, LEGACY = ORDER
_ABSTRACT = re.compile(r"\w{3,}(?:ness|ity|ism|hood|dom|ship|tude|cracy)$")
_PERSON = re.compile(r"\w{2,}(?:er|or|ist|man|men|woman|women|ian|eer|ant)s?$")
_INDEFINITE = frozenset({"a", "an", "two", "three", "four", "some", "no"})
_STATIVE = frozenset(
    {"be", "have", "look", "feel", "seem", "sound", "make", "get", "give", "keep", "let", "know"}
)


@lru_cache(maxsize=1)
def _weights() -> dict[str, tuple[tuple[SectionName, float], ...]]:
    found: dict[str, tuple[tuple[SectionName, float], ...]] = {}
    for word, section, weight in rows("sections.tsv"):
        found[word] = (*found.get(word, ()), (SectionName(section), float(weight)))
    return found


def scores(text: str, film: Film) -> dict[SectionName, float]:
    """Return how much speaks for each section."""
    line = tidy(text, film)
    tag(line, name_words(film))
    total = dict.fromkeys(ORDER, 0.0)
    for section, weight in _by_words(line):
        total[section] += weight
    for part in parts(line, film) or (line,):
        for section, weight in _by_grammar(tag(part, name_words(film)), film):
            total[section] += weight
    return total


def _by_words(line: str) -> list[tuple[SectionName, float]]:
    table = _weights()
    seen: set[str] = set()
    found: list[tuple[SectionName, float]] = []
    for form in re.findall(r"[\w'’]+(?:-\w+)*", fold(line)):
        key = form if form in table else form.removesuffix("'s")
        if key in table and stem(key) not in seen:
            seen.add(stem(key))
            found += table[key]
    return found


def _by_grammar(words: Sequence[Word], film: Film) -> list[tuple[SectionName, float]]:
    found: list[tuple[SectionName, float]] = []
    if not words:
        return found
    if is_rating(" ".join(w.text for w in words)):
        return [(LEGACY, 20)]
    text = " ".join(w.text for w in words)
    lows = [fold(w.text) for w in words]
    parts = {w for c in film.characters for w in fold(c).split() if len(w) > 2}
    acts = bool(named_in([m.name for m in film.cast], text))
    if acts:
        found.append((CHARACTERS, 5))
    elif named_in([*film.music, *film.cinematography, *film.editors], text):
        found.append((THEMES, 5))
    if any(w.low in {"he", "she", "they", "his", "her"} for w in words[:4]):
        found.append((PLOT, 3))
    analysis = analyse(words)
    main = main_verb(words)
    if any(low in parts for low in lows[:4]):
        found.append((CHARACTERS, 2))
    elif (
        words[0].tag == "NP0"
        and words[1:2]
        and words[1].tag in {"NP0", "POS"}
        and not _has_comma_early(words)
    ):
        found.append((CHARACTERS, 4))
    found += _by_verb(words, main)
    if analysis.shape is Shape.NOUN_PHRASE and any(_ABSTRACT.match(w.low) for w in words):
        found.append((THEMES, 3))
    if any(w.low in {"?"} for w in words) or _is_question(words):
        found.append((THEMES, 2))
    if main is None and any(w.low == "as" for w in words[1:-1]):
        found.append((THEMES, 3))
    return found


def _has_comma_early(words: Sequence[Word]) -> bool:
    """Tell whether the note opens with a place and a date, as `East Berlin, 1984.`"""
    return len(words) > 3 and words[2].text == "," and words[3].among("CRD")


def _is_question(words: Sequence[Word]) -> bool:
    return words[0].low in {"who", "what", "why", "how", "is", "can", "does", "do"}


def _by_verb(words: Sequence[Word], main: int | None) -> list[tuple[SectionName, float]]:
    if main is None:
        return []
    verb = words[main]
    subject = words[:main]
    event = verb.tag in {"VVZ", "VVB"} and verb.lemma not in _STATIVE
    event = event or (verb.among("VB") and words[main + 1 : main + 2] != () and words[main + 1].tag == "VVN")
    indefinite = bool(subject) and (subject[0].low in _INDEFINITE or subject[0].tag == "NN1")
    found: list[tuple[SectionName, float]] = []
    if words[0].low == "set" and words[1:2] and words[1].among("PRP"):
        found.append((PLOT, 4))
    if words[0].low == "about":
        found.append((THEMES, 4))
    if _of_ideas(subject):
        found.append((THEMES, 3))
    elif event and subject and of_people(subject):
        found.append((PLOT, 1.5 + 1.5 * indefinite))
    elif event and subject:
        found.append((PLOT, 1))
    if verb.tag in {"VVD", "VBD"} and not indefinite:
        found.append((LEGACY, 1))
    if verb.low in {"is", "are"} and any(w.low == "about" for w in words[main + 1 : main + 3]):
        found.append((THEMES, 3))
    return found


def of_people(words: Sequence[Word]) -> bool:
    """Tell whether the words name a person or a role."""
    roles = column("roles.tsv")
    return any(
        w.tag in {"NP0", "PNP"}
        or w.low in roles
        or w.lemma in roles
        or (w.among("NN") and _PERSON.match(w.low))
        for w in words
    )


def _of_ideas(words: Sequence[Word]) -> bool:
    if not words or of_people(words):
        return False
    nouns = [w for w in words if w.among("NN")]
    return bool(nouns) and (nouns[0].lemma in _ideas() or _ABSTRACT.match(nouns[0].low) is not None)


@lru_cache(maxsize=1)
def _ideas() -> frozenset[str]:
    return frozenset(
        w for w, section, weight in rows("sections.tsv") if section == "themes" and weight == "2"
    )


def section_of(note: Note, film: Film) -> SectionName:
    """Return the note's own section, else the one that most speaks for (themes where nothing does)."""
    if note.section is not None:
        return note.section
    found = scores(note.text, film)
    if not any(found.values()):
        return THEMES
    return max(ORDER, key=lambda s: found[s])
