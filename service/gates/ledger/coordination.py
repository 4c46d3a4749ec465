"""Members of a coordination: of `language and culture` neither may be left out in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.gates.ledger.entry import HARD
from service.gates.ledger.names import parts
from service.gates.ledger.reading import Reading
from service.gates.ledger.standing import Standing
from service.gates.ledger.tagging import tags
from service.gates.ledger.tokens import Word
from service.gates.ledger.words import filler_stems, is_function, stem

CONJUNCTIONS = frozenset({"and", "or", "nor"})
REACH = 3  # words of a member that may stand before its head


def parted(
    before: Sequence[Reading], after: Sequence[Reading], rest: Standing, empty: frozenset[str]
) -> list[str]:
    """Return the member that is gone while the one it was joined to stays. It may go where the text
    has its word elsewhere, where it is an adjective of praise, or where another word has come in its place.
    """
    now = {s for r in after for w in r.words for s in (w.stem, *map(stem, parts(w.fold)))}
    now |= {part for r in after for w in r.words for part in w.fold.split("-")}  # `Yong gu`, `Yong-gu`
    if not now or any(s not in {w.stem for r in before for w in r.words} for s in _concrete(after)):
        return []
    for reading in before:
        things = _things(reading)
        for one, other in _pairs(reading):
            for kept, gone in ((one, other), (other, one)):
                away = kept.stem in now and gone.stem not in now
                if away and not _said(gone, rest, empty, thing=gone.start in things):
                    return [f"{gone.text!r}, joined to {kept.text!r}, stands nowhere else"]
    return []


def _concrete(readings: Sequence[Reading]) -> Iterator[str]:
    return (s for r in readings for s in r.concrete)


def _said(word: Word, rest: Standing, empty: frozenset[str], *, thing: bool) -> bool:
    filler = not thing and word.stem in filler_stems()
    return filler or word.stem in empty or rest.has_stem(word.stem)


def _things(reading: Reading) -> frozenset[int]:
    """Return where nouns begin: a thing that is enumerated is said of the film, be it ever so vague."""
    words = reading.words
    tagged = tags([w.text for w in words])
    return frozenset(
        w.start
        for i, (w, tag) in enumerate(zip(words, tagged, strict=True))
        if tag.startswith("NOUN") and not (w.fold.endswith("ing") and _describes(words, tagged, i))
    )


def _describes(words: Sequence[Word], tagged: Sequence[str], i: int) -> bool:
    """Tell whether word `i`, a noun to the tagger, is one of two adjectives: `a gripping and sad story`."""
    article = i > 0 and words[i - 1].fold in {"a", "an", "the"}
    joined = [t.partition("|")[0] for t in tagged[i + 1 : i + 4]]
    return article and joined[:1] == ["CCONJ"] and joined[1:2] in (["ADJ"], ["ADV"])


def _pairs(reading: Reading) -> Iterator[tuple[Word, Word]]:
    """Yield the words on either side of a conjunction, and of the commas before it."""
    words = reading.words
    for i, word in enumerate(words):
        if word.fold not in CONJUNCTIONS or not 0 < i < len(words) - 1:
            continue
        left = words[i - 1]
        if is_function(left.fold) or _named(reading, left):
            continue
        for right in _members(reading, i + 1):
            yield from _joined(reading, i - 1, right)


def _named(reading: Reading, word: Word) -> bool:
    """Tell whether the word belongs to a name or number, which is accounted for as such."""
    return any(e.kind in HARD and e.start <= word.start < e.end for e in reading.entries)


def _joined(reading: Reading, k: int, right: Word) -> Iterator[tuple[Word, Word]]:
    """Yield the word `k` and those enumerated before it, each with the last member."""
    words = reading.words
    yield words[k], right
    while k > 0 and reading.text[words[k - 1].end : words[k].start].strip() == ",":
        if not is_function(words[k - 1].fold):
            yield words[k - 1], right
        k -= 1


def _members(reading: Reading, i: int) -> list[Word]:
    """Return the first and the last content word of the run that begins at word `i`."""
    words = reading.words
    found: list[Word] = []
    for k in range(i, min(len(words), i + REACH)):
        if k > i and reading.text[words[k - 1].end : words[k].start].strip():
            break
        if not is_function(words[k].fold):
            found.append(words[k])
        elif found:
            break
    return [w for w in dict.fromkeys((*found[:1], *found[-1:])) if not _named(reading, w)]
