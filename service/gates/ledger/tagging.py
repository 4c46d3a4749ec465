"""Parts of speech, by the perceptron tagger of `denckring-en-pos` (UD English-EWT; .93 of tokens,
finite verbs F1 .95 by its own test figures).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from denckring_en_pos import tagger

from service.gates.ledger.words import words as listed

FINITE = "VERB|Fin"
BEHIND_VERB = frozenset({"DET", "ADP", "ADV", "PRON", "SCONJ", "PART", "NUM", "PROPN", "VERB"})


def raw_tags(words: Sequence[str]) -> tuple[str, ...]:
    """Return the tagger's own tags."""
    return tuple(tagger().tag([w.replace("’", "'") for w in words]))


@lru_cache(maxsize=16384)
def _tags(words: tuple[str, ...]) -> tuple[str, ...]:
    found = list(raw_tags(words))
    forms = listed("finite.txt")
    for i, word in enumerate(words):
        if i and found[i].startswith(("NOUN", "PROPN", "ADJ")) and word in forms and _verb_place(found, i):
            found[i] = FINITE
        elif word.lower() in {"that", "which"} and found[i] == FINITE:
            found[i] = "PRON|-"
    return tuple(found)


def _verb_place(found: Sequence[str], i: int) -> bool:
    """Tell whether a finite verb may stand at word `i`: behind a noun, before what verbs govern."""
    behind = found[i + 1].partition("|")[0] if i + 1 < len(found) else ""
    return found[i - 1].startswith(("NOUN", "PROPN", "PRON", "ADV")) and behind in BEHIND_VERB


def tags(words: Sequence[str]) -> tuple[str, ...]:
    """Return `UPOS|VerbForm` (form Fin, Part, Ger, Inf or -) for each word of a sentence, its
    punctuation left out.

    >>> tags(["She", "directed", "it"])
    ('PRON|-', 'VERB|Fin', 'PRON|-')
    """
    return _tags(tuple(words))
