"""Repeated phrases: the two readings of a text in which they are looked for.

Among content words alone, runs of two or more, so that function words between them may differ ("hope,
justice" ~ "hope and justice") and a word or two may be put in ("transcend the boundaries of language"
~ "transcends language"). Among all words, frames: one telling word and the preposition or "that" which
it governs ("a testament to", "resonates so deeply with").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, groupby
from math import prod
from typing import NamedTuple

from service.detectors.analysis import UNMASKED, Analysis, Word
from service.detectors.lexicon import (
    NEVER,
    frame_information,
    information,
    phrase_frequencies,
    phrase_information,
    typical,
    typical_stem,
)
from service.detectors.repeats import maximal_repeats

NAME = "\0"  # what every title and name reads as: a place in a frame, never a phrase by itself
LIGHT = 0.45  # information below which a word ("film", "good") is no more than a function word to a phrase
GAP = 3  # words that may stand between two content words of a phrase, or be put into one of its places
GROWTH = 0.8  # information that a word needs to be joined across a word that differs
FRAME_REACH = 3  # words from a frame's telling word to what it governs
GOVERNED = frozenset(
    {"about", "against", "as", "between", "for", "from", "in", "into"}
    | {"of", "on", "that", "to", "upon", "with"}
)
LISTING = frozenset(
    {"and", "or", "a", "an", "the", "this", "that", "its", "his", "her", "their", "our", "my", "your"}
)  # words that may differ, or stand beside the comma of a list, without breaking a phrase
FLAT_ADVERBS = frozenset({"deep", "hard", "high", "straight", "close", "right", "far", "well"})
POSSESSIVES = frozenset({"my", "your", "his", "her", "its", "our", "their", "whose"})
STOPS = frozenset({"be", "have", "and", "or", "but"})
SUBJECTS = LISTING | {"i", "you", "he", "she", "it", "we", "they", "there", "no", "every", "some", "all"}
VERB_ENDINGS = ("s", "ed", "ing")  # "reminds us that", but not the noun of "a narrative that"


class Reading(StrEnum):
    """How a phrase was found: a run of telling words, a frame, two words turned round, the text word for
    word, stock words that come together again, or a word again in the same role.
    """

    RUN = "run"
    FRAME = "frame"
    TURNED = "turned"
    VERBATIM = "verbatim"
    TOGETHER = "together"
    ROLE = "role"


class Phrase(NamedTuple):
    """A repeated phrase: the word ranges `[start, end)` where it stands, in order, and the stems that its
    places share; what they tell (little where people often write them together); how many times as often
    models and SEO writers use them as people do; `pieces` are places that hold only a part of it.
    """

    places: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]
    reading: Reading
    information: float
    typical: float
    pieces: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(
        cls, places: Iterable[tuple[int, int]], stems: Sequence[str], reading: Reading = Reading.RUN
    ) -> Phrase:
        """Return the phrase, its stems weighed."""
        if reading is Reading.FRAME:
            tells = frame_information(*stems)
            often = typical(phrase_frequencies().get(" ".join(stems), NEVER))
        else:
            tells = phrase_information(stems)
            often = prod(map(typical_stem, stems)) ** (1 / len(stems))
        return cls(tuple(places), tuple(stems), reading, tells, often)

    @property
    def compound(self) -> bool:
        """Tell whether it is two words side by side, as things are named ("stock footage")."""
        return len(self.stems) == 2 and all(b - a == 2 for a, b in self.places)


def content_runs(analysis: Analysis) -> tuple[list[str | None], list[int]]:
    """Return the stems of the telling words, with borders (None) between clauses, where more than GAP
    words lie between, and at a comma that does not list; and the word index of each.
    """
    units: list[str | None] = []
    at: list[int] = []
    words = analysis.words
    columns = analysis.columns
    stems, masks, numbers, clauses = columns.stems, columns.masks, columns.numbers, columns.clauses
    every = enumerate(zip(masks, numbers, columns.contents, columns.informations, strict=True))
    telling = [i for i, (m, n, c, t) in every if m != UNMASKED or n or (c and t >= LIGHT)]
    commas = [*accumulate(columns.commas)]
    mask, last, before = UNMASKED, -GAP - 2, -1
    for i in telling:
        own, clause = masks[i], clauses[i]
        beside = i - last <= GAP + 1 and clause == before
        if not beside or (commas[i] != commas[last] and not _lists(words, last, i)):
            units.append(None)
            at.append(-1)
            mask = UNMASKED
        if own == UNMASKED or own != mask:
            units.append(stems[i] if own == UNMASKED and not numbers[i] else NAME)
            at.append(i)
        mask, last, before = own, i, clause
    return units, at


def _lists(words: Sequence[Word], last: int, i: int) -> bool:
    """Tell whether the comma between two telling words is that of a list, whose nouns may say little ("quirky
    characters, and a warm heart").
    """
    return all(words[k].stem in LISTING or words[k].content for k in range(last + 1, i))


def repeated_runs(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the maximal repeats of at least two telling words, grown over small differences."""
    units, at = content_runs(analysis)
    for repeat in maximal_repeats(units, 2):
        run = units[repeat.starts[0] : repeat.starts[0] + repeat.length]
        stems = [u for u in run if u is not None and u != NAME]
        if len(stems) < 2:
            continue
        left = next(i for i, u in enumerate(run) if u != NAME)
        length = len(run) - left - next(i for i, u in enumerate(reversed(run)) if u != NAME)
        starts = _apart([s + left for s in repeat.starts], length)
        if len(stems) == 2:
            starts = _alike(analysis.words, at, starts, length)
        if len(starts) > 1 and not _named(analysis.words, at, starts, length):
            phrase = _grown(units, at, starts, length, stems)
            yield phrase._replace(places=tuple(_with_ends(analysis.words, phrase.places)))


def _with_ends(words: Sequence[Word], places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places with the nouns after them that say little and are all the same ("a warm story")."""
    wider = list(places)
    while all(b < len(words) and words[b].content and _continues(words, b) for _, b in wider):
        if len({words[b].stem for _, b in wider}) > 1:
            break
        wider = [(a, b + 1) for a, b in wider]
    return wider


def _continues(words: Sequence[Word], i: int) -> bool:
    """Tell whether a word stands in the clause of the one before, with no comma between them."""
    return words[i].clause == words[i - 1].clause and not words[i].comma


def _apart(starts: Sequence[int], length: int) -> list[int]:
    """Return the starts without those that overlap the one before."""
    out: list[int] = []
    for start in starts:
        if not out or start >= out[-1] + length:
            out.append(start)
    return out


def _alike(words: Sequence[Word], at: Sequence[int], starts: Sequence[int], length: int) -> list[int]:
    """Return the starts whose two words are held together by the same words, articles aside."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for s in starts:
        between = words[at[s] + 1 : at[s + length - 1]]
        groups.setdefault(tuple(w.stem for w in between if w.stem not in LISTING), []).append(s)
    return max(groups.values(), key=len)


def _named(words: Sequence[Word], at: Sequence[int], starts: Sequence[int], length: int) -> bool:
    """Tell whether every place is written with capitals, as names are that no list knows."""
    ranges = [range(at[s], at[s + length - 1] + 1) for s in starts]
    return all(words[i].text[0].isupper() for r in ranges for i in r if words[i].content)


def _grown(
    units: Sequence[str | None], at: Sequence[int], starts: Sequence[int], length: int, stems: list[str]
) -> Phrase:
    spans = [[s, s + length] for s in starts]
    stems = [*_grow(units, at, spans, -1), *stems, *_grow(units, at, spans, 1)]
    return Phrase.of([(at[a], at[b - 1] + 1) for a, b in spans], stems)


def _grow(units: Sequence[str | None], at: Sequence[int], spans: list[list[int]], step: int) -> list[str]:
    """Move the ends of `spans` outwards as long as all of them meet the same word; return those words."""
    grown: list[str] = []
    side = 1 if step > 0 else 0
    while found := _meeting(units, at, [s[side] - 1 + side for s in spans], step):
        unit, places = found
        grown = [*grown, unit] if step > 0 else [unit, *grown]
        for k, place in places:
            spans[k][side] = place + side
    return grown


def _meeting(
    units: Sequence[str | None], at: Sequence[int], ends: Sequence[int], step: int
) -> tuple[str, list[tuple[int, int]]] | None:
    """Return the nearest word that all places share beyond their ends, and where (place, unit)."""
    seen: dict[str, list[tuple[int, int]]] = {}
    for k, edge in enumerate(ends):
        inner = at[edge - (1 if step > 0 else 0)] if step > 0 else at[edge + 1]
        for place in (edge, edge + step):
            if not 0 <= place < len(units) or (unit := units[place]) is None:
                break
            if abs(at[place] - inner) > GAP + 1:
                break
            if unit != NAME and information(unit) >= GROWTH:
                seen.setdefault(unit, []).append((k, place))
    shared = [(u, p) for u, p in seen.items() if len({k for k, _ in p}) == len(p) == len(ends)]
    return min(shared, key=lambda item: sum(abs(p - ends[k]) for k, p in item[1]), default=None)


def frames(analysis: Analysis, among: Iterable[int]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Return the places of every frame: a telling word, its index `among` these, with what it governs."""
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    words, telling = analysis.words, frozenset(among)
    for j in analysis.standing(GOVERNED):
        infinitive = words[j].fold == "to" and not (j + 1 < len(words) and words[j + 1].function)
        if not infinitive:
            for i in _governing_at(words, j):
                if i in telling:
                    places.setdefault((words[i].stem, words[j].stem), []).append((i, j + 1))
        elif j - 1 in telling and _with_infinitive(words, j - 1):
            places.setdefault((words[j - 1].stem, "of"), []).append((j - 1, j + 1))
    return places


def _governing_at(words: Sequence[Word], j: int) -> Iterator[int]:
    """Yield the words that may govern the one at `j`: the nearest, and those from which only function words
    and adverbs part it.
    """
    for i in range(j - 1, max(-1, j - 1 - FRAME_REACH), -1):
        after, word = words[i + 1], words[i]
        if after.masked or after.comma or word.clause != after.clause:
            return
        yield i
        passes = word.function or word.fold.endswith("ly") or word.fold in FLAT_ADVERBS
        if word.fold in GOVERNED or word.stem in STOPS or not passes:
            return


def _with_infinitive(words: Sequence[Word], i: int) -> bool:
    """Tell whether the noun at `i` is that of "the power to bridge", which says "the power of" again."""
    if not i or i + 2 >= len(words) or words[i - 1].fold != "the":
        return False
    return all(w.clause == words[i].clause and not w.comma for w in words[i + 1 : i + 3])


def repeated_frames(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the frames that stand at least twice: `testament to`, `remind .. that`."""
    words = analysis.words
    for stems, found in frames(analysis, analysis.again).items():
        for group in _governing(words, stems[1], found) if len(found) > 1 else ():
            if len(group) > 1:
                yield Phrase.of(_widened(words, sorted(group)), stems, Reading.FRAME)


def _governing(
    words: Sequence[Word], governed: str, found: list[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    """Return the places that go together: verbs before "that"; before "of" nouns of one number ("the
    heart of" is not "the hearts of") with one determiner.
    """
    if governed == "that":
        return [[(a, b) for a, b in found if words[a].fold.endswith(VERB_ENDINGS) and _says(words, a, b)]]
    if governed != "of":
        return [found]
    groups: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for place in found:
        groups.setdefault((_before(words, place[0]), words[place[0]].fold), []).append(place)
    return [groups[key] for key in sorted(groups) if key[0]]


def _says(words: Sequence[Word], verb: int, after: int) -> bool:
    """Tell "reminds us that love …" and "suggests that the …" from the noun of "themes that endure"."""
    passive = verb > 0 and words[verb - 1].stem == "be" and words[verb].fold.endswith("ed")
    if after - verb > 2 or passive:
        return True
    following = words[after] if after < len(words) else None
    return following is not None and (following.masked or following.stem in SUBJECTS)


def _before(words: Sequence[Word], i: int) -> str:
    """Return the function word before the noun at `i` and the adjective it may have, or nothing; whose it is
    makes no difference ("his portrayal of", "whose portrayal of").
    """
    for k in range(i - 1, max(-1, i - 3), -1):
        if words[k].clause != words[i].clause or (words[k].comma and k < i - 1):
            return ""
        if words[k].function:
            return "whose" if words[k].fold in POSSESSIVES else words[k].stem
    return ""


def _widened(words: Sequence[Word], places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places with the function words before them that all share ("is a testament to")."""
    wider = 0
    while wider < 3:
        before = [(words[a - wider - 1], words[a]) if a > wider else None for a, _ in places]
        if any(b is None or not b[0].function or b[0].clause != b[1].clause for b in before):
            break
        if len(list(groupby(b[0].stem for b in before if b))) > 1:
            break
        wider += 1
    yield from ((a - wider, b) for a, b in places)
