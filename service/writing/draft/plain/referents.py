"""Who the note before was about, for a note that goes on without a subject."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from service.films import Film
from service.writing.draft.plain.frames import Draft
from service.writing.draft.plain.lists import rows
from service.writing.draft.plain.names import name_words
from service.writing.draft.plain.tagging import Word, tag


@lru_cache(maxsize=1)
def _gender() -> dict[str, str]:
    return {noun: gender for noun, gender in rows("roles.tsv") if gender}


def pronoun(drafts: Sequence[Draft], film: Film) -> str:
    """Return `He`, `She`, `They` or the character's name for the person that the first sentence has
    as its subject; empty where it is nobody known.
    """
    if not drafts:
        return ""
    words = tag(drafts[0].text, name_words(film))
    for i, word in enumerate(words[:6]):
        if word.low in {"he", "she", "they"} and i == 0:
            return word.low.capitalize()
        if word.tag == "NP0" and i == 0:
            return _name(words, film)
        if word.among("NN"):
            return {"m": "He", "f": "She", "p": "They"}.get(_gender().get(word.lemma, ""), "")
        if not word.among("AT0", "AJ", "CRD", "ORD", "DT0", "AV0"):
            break
    return ""


def _name(words: Sequence[Word], film: Film) -> str:
    name: list[str] = []
    for word in words:
        if word.tag != "NP0":
            break
        name.append(word.text)
    said = " ".join(name)
    known = {part for c in film.characters for part in (c, *c.split())}
    return said if said in known else ""
