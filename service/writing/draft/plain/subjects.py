"""Who is meant where a note leaves the subject out: the writer, the film, or a person of the story."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from service.writing.draft.plain.lists import column, rows
from service.writing.draft.plain.nouns import predicative
from service.writing.draft.plain.tagging import Word

_BEFORE = frozenset(
    {"never", "still", "really", "almost", "nearly", "just", "absolutely", "not", "always", "honestly"}
)
_BROUGHT = frozenset({"take", "bring", "drag", "show", "invite", "lose", "tell"})  # `took my nephew`
_KEPT = frozenset({"cut", "change", "trade", "swap", "lose", "miss", "want"})  # what one would do to a film
_HAD = frozenset({"trouble", "difficulty", "tears", "goosebumps", "chills", "nightmares", "doubts", "hopes"})
_OBJECTS = frozenset({"it", "this", "that", "them", "him", "her"})
_PRESENT = frozenset({"VVZ", "VBZ", "VHZ", "VDZ"})


@lru_cache(maxsize=1)
def _counts() -> dict[str, tuple[int, ...]]:
    return {r[0]: tuple(int(x) for x in r[1:]) for r in rows("subjects.tsv")}


def by_writer(words: Sequence[Word], at: int) -> bool:  # noqa: PLR0911 - one line a construction of English
    """Tell whether the verb at `at` is the writer's own: `loved it`, `could not look away`."""
    if words[at].tag in _PRESENT or any(w.low not in _BEFORE for w in words[:at]):
        return False
    if words[at].tag == "VHD" and (_undergone(words[at + 1 :])):
        return True
    verbs = [w for w in words[at : at + 4] if w.among("VV")]
    clause = next((i for i, w in enumerate(words[at:], at) if w.tag == "CJC" or w.text in ",;"), len(words))
    if not verbs or any(w.low == "me" for w in words[at:clause]):
        return False
    lemma = verbs[0].lemma
    if (
        words[at].tag in {"VVD", "VVN"}
        and lemma in _BROUGHT
        and words[at + 1 : at + 2]
        and words[at + 1].low == "my"
    ):
        return True
    modal = words[at].tag == "VM0" or words[at].tag == "VDD"
    if lemma in column("experiencers.tsv", "order") and not modal and words[at].tag != "VVD":
        return False
    if modal and lemma in column("experiencers.tsv"):
        return True
    refused = words[at].among("VM0", "VD") and words[at + 1 : at + 2] and words[at + 1].among("XX0")
    if not refused and verbs[0] is not words[at]:
        return False
    if words[at].low in {"would", "wo"}:
        verb = words.index(verbs[0])
        of_it = any(w.low in _OBJECTS for w in words[verb + 1 : verb + 2]) and lemma != "make"
        return of_it or (bool(refused) and lemma in _KEPT)
    i, film, *_ = _counts().get(lemma, (0, 1))
    if lemma in column("experiencers.tsv") or (i >= 8 and i > 3 * film and lemma not in {"go", "feel"}):
        return True
    own = not any(w.low in {"its", "itself", "it"} for w in words[at + 3 :]) and lemma != "decide"
    return bool(refused) and words[at].low in {"ca", "could"} and (own or film <= i)


def _undergone(words: Sequence[Word]) -> bool:
    """Tell whether what one had is a viewer's to have: `had trouble following it`, `had to look away`."""
    if len(words) < 2:
        return False
    must = words[0].low == "to" and words[1].lemma != "be"
    return must or (words[0].low in _HAD or words[1].low in _HAD)


def of_another(words: Sequence[Word], at: int) -> bool:
    """Tell whether a refused verb without an object is said of somebody seen rather than of oneself, as
    `can't act at all` after `the lead is wooden`.
    """
    verb = next((w for w in words[at : at + 4] if w.among("VV")), None)
    if verb is None or verb.lemma in column("experiencers.tsv") or any(w.low in _OBJECTS for w in words):
        return False
    i, _film, person, *_ = _counts().get(verb.lemma, (0, 0, 0))
    return person > 2 * i


def of_film(lemma: str, words: Sequence[Word] = ()) -> bool:
    """Tell whether people say the verb of a film, as `drag`, more readily than of a person alone."""
    if any(predicative(w.lemma) for w in words if w.tag == "NN1"):
        return True
    _i, film, person, *_ = _counts().get(lemma, (0, 1, 0, 0, 0, 0))
    return film >= 0.35 * person
