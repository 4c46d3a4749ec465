"""What a candidate would gain and cost, in the weight of findings."""

from __future__ import annotations

from service.detectors import Level
from service.gates.ledger.tokens import Word, split_words
from service.gates.ledger.words import is_function
from service.writing.edit.place import REPEATS, Candidate, Place, Target

WORD = 0.06  # cost of a word that goes
CONCRETE = 0.35  # more for one that says something, unless a finding covers it
DROP = 4.5  # how much dearer both are where the whole sentence goes
FRAME = 0.7  # gain of an empty frame that nothing flagged
WHOLE = 0.8  # of a sentence's words: a finding that covers as many is about the sentence


def gain(place: Place, candidate: Candidate) -> tuple[float, tuple[Target, ...]]:
    """Return the weight of the targets that the candidate mends, and the targets."""
    now = [w.fold for w in split_words(candidate.text)]
    mended = tuple(t for t in place.open_targets if _mends(place, t, now))
    base = FRAME if candidate.origin == "rule:frame" else 0.0
    kinds: dict[tuple[int, int], float] = {}
    for t in mended:  # two findings on one stretch count once and a bit
        key = next((k for k in kinds if k[0] < t.end and t.start < k[1]), (t.start, t.end))
        kinds[key] = max(kinds.get(key, 0.0), t.weight) + (0.25 * t.weight if key in kinds else 0.0)
    return base + sum(kinds.values()), mended


def _mends(place: Place, target: Target, now: list[str]) -> bool:
    words = [w.fold for w in place.words if target.start <= w.start and w.end <= target.end]
    if not words:
        return False
    if len(words) >= WHOLE * len(place.words):
        return not now
    if target.finding.kind == "repeated_opening" and target.start <= place.words[0].start:
        return now[: len(words)] != words
    return not any(now[i : i + len(words)] == words for i in range(len(now) - len(words) + 1))


def cost(place: Place, candidate: Candidate) -> float:
    """Return what is lost: words, most of all those that say something and that nothing flags; as dear as
    the place's price has them.
    """
    kept = {w.stem for w in split_words(candidate.text)}
    gone = [w for w in place.words if w.stem not in kept and not is_function(w.fold)]
    concrete = set(place.reading.concrete)
    telling = [w for w in gone if w.stem in concrete and not place.flagged(w.start, w.end)]
    shorter = max(0, len(place.words) - len(split_words(candidate.text)))
    lost = WORD * shorter + CONCRETE * len(telling)
    if not candidate.text:
        again = sum(_stands_again(place, w) for w in place.words)
        lost = DROP * lost - (DROP - 1) * WORD * again
    return place.price * lost + candidate.roughness


def _stands_again(place: Place, word: Word) -> bool:
    """Tell whether the word is part of a phrase that the text has once more, so that it is not lost."""
    again = (t for t in place.open_targets if t.finding.kind in REPEATS and t.finding.level is Level.MUST)
    return any(t.start <= word.start and word.end <= t.end for t in again)
