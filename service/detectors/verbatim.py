"""Runs of words that stand again word for word, inflections folded, though few of them tell much.

"The film often uses …", "in the form of a story": no word of such a run is rare, but as a whole it is not
said twice by chance. A title or name counts as one word, and as the same only where it is the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.detectors.analysis import Analysis, Word
from service.detectors.phrases import Phrase, Reading
from service.detectors.repeats import maximal_repeats

SHORTEST = 3  # words
LEAST = 2  # content words
INFORMATION = 1.2  # that a run must tell, unless it is LONG and stands OFTEN
LONG, OFTEN = 4, 3
# A shorter run that stands twice must be typical of machine copy: people say "the local sheriff" again, too.
LONGER, TYPICAL = 5, 2.0


def repeated_wording(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the maximal runs of at least SHORTEST words with LEAST content words that stand again."""
    units, at = _units(analysis)
    words = analysis.words
    for repeat in maximal_repeats(units, SHORTEST):
        run = [words[at[repeat.starts[0] + k]] for k in range(repeat.length)]
        stems = tuple(w.stem for w in run if w.content and not w.number)
        if len(stems) < LEAST:
            continue
        ends = [at[s + repeat.length - 1] for s in repeat.starts]
        places = _apart([(at[s], _end(words, e)) for s, e in zip(repeat.starts, ends, strict=True)])
        phrase = Phrase(tuple(places), stems, Reading.VERBATIM)
        if _heard(run, phrase):
            yield phrase


def _heard(run: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether the run is long, frequent or stock enough to be heard when it comes again."""
    times = len(phrase.places)
    if times >= OFTEN and len(run) >= LONG:
        return True
    tells = sum(w.information for w in run if w.content)
    enough = len(run) >= LONGER or phrase.typical >= TYPICAL
    return times > 1 and tells >= INFORMATION and enough


def _units(analysis: Analysis) -> tuple[list[str | None], list[int]]:
    """Return what each word or name reads as, with borders (None) between clauses and at commas, and the
    word index of each.
    """
    units: list[str | None] = []
    at: list[int] = []
    words = analysis.words
    clause = -1
    for i in analysis.units(0, len(words)):
        word = words[i]
        if word.clause != clause or word.comma:
            units.append(None)
            at.append(-1)
        clause = word.clause
        units.append(" ".join(analysis.matches[word.mask].term.atoms) if word.masked else word.stem)
        at.append(i)
    return units, at


def _end(words: Sequence[Word], last: int) -> int:
    """Return the end of the unit that opens at `last`."""
    end = last + 1
    while end < len(words) and words[last].masked and words[end].mask == words[last].mask:
        end += 1
    return end


def _apart(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for place in places:
        if not out or place[0] >= out[-1][1]:
            out.append(place)
    return out
