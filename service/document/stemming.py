"""Stems by Snowball, from any thread.

A stemmer of the library holds the word it works on. Two threads in one of them mix their words up: an
IndexError, or a wrong stem that the callers' caches then keep. Here each thread has its own.
"""

from __future__ import annotations

import threading

import snowballstemmer

_OWN = threading.local()


def snowball(word: str, language: str = "english") -> str:
    """Return the stem of a folded word (Porter 2 for English; `language` as Snowball names it).

    >>> snowball("running"), snowball("laufend", "german")
    ('run', 'laufend')
    """
    stemmers: dict[str, snowballstemmer.stemmer] = _OWN.__dict__
    if language not in stemmers:
        stemmers[language] = snowballstemmer.stemmer(language)
    return str(stemmers[language].stemWord(word))
