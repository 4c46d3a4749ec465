"""Words of a text: what says something, in which language it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from wordfreq import top_n_list

from service.document import fold
from service.document.stemming import snowball
from service.writing.draft.plain.tagging import tag
from service.writing.draft.request import LANGUAGES

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
FREQUENT = 150  # so many of a language's most frequent words are taken for its grammar
TELLING = 60  # by so many of them a language is known
SURE = 8  # fewer words tell no language


@cache
def grammar(language: str) -> frozenset[str]:
    """Return the words of a language that mostly hold a sentence together, folded."""
    return frozenset(fold(w) for w in top_n_list(language, FREQUENT))


@cache
def _telling(language: str) -> frozenset[str]:
    others = {fold(w) for other in LANGUAGES if other != language for w in top_n_list(other, FREQUENT)}
    return frozenset(fold(w) for w in top_n_list(language, TELLING)) - others


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word."""
    return snowball(word, LANGUAGES[language].lower())


def words_of(text: str) -> list[str]:
    """Return the folded words and numbers of a text, possessive endings off, hyphens opened.

    >>> words_of("Yong-gu's cell")
    ['yong', 'gu', 'cell']
    """
    return [fold(m).removesuffix("'s").rstrip("'") for m in WORD.findall(text)]


@lru_cache(maxsize=2048)
def content_of(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the words of `text` that say something, in English those of their lemmas.

    >>> content_of("It felt manipulative", "en") == content_of("It feels manipulative", "en")
    True
    """
    small = grammar(language)
    lemmas = _lemmas(text) if language == "en" else {}
    kept = (w for w in words_of(text) if w not in small and (len(w) > 1 or w.isdigit()))
    return tuple(stem(lemmas.get(w, w), language) for w in kept)


def _lemmas(text: str) -> dict[str, str]:
    return {fold(w.low): fold(w.lemma) for w in tag(text) if w.is_word and w.lemma}


def language_of(text: str) -> str:
    """Return the language that `text` is written in, as its frequent words tell, or "" where they don't.

    >>> language_of("Der Film ist nicht so lang, wie ich es mir nach dem Anfang gedacht habe")
    'de'
    """
    words = words_of(text)
    counts = {code: sum(w in _telling(code) for w in words) for code in LANGUAGES}
    best = max(counts, key=lambda code: counts[code])
    rivals = [c for code, c in counts.items() if code != best]
    return best if len(words) >= SURE and counts[best] > 2 * max(rivals) and counts[best] >= 2 else ""


@cache
def _judgements() -> Mapping[str, str]:
    text = (files("service.writing.draft") / "data" / "judgements.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def judged(text: str) -> dict[str, str]:
    """Return the words of an English text that judge, each with its side, praise or blame.

    >>> judged("A superb film with a dull middle")
    {'superb': 'praise', 'dull': 'blame'}
    """
    known = _judgements()
    return {w: known[w] for w in words_of(text) if w in known}
