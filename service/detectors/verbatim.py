"""Runs of words that stand again word for word, inflections folded, though few of them tell much.

"The film often uses …", "in the form of a story": no word of such a run is rare, but as a whole it is not
said twice by chance. A title or name counts as one word, and as the same only where it is the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.detectors.analysis import Analysis, Word, Wording
from service.detectors.phrases import Phrase, Reading

SHORTEST = 3  # words
LEAST = 2  # content words
INFORMATION = 1.2  # that a run must tell, unless it is LONG and stands OFTEN
LONG, OFTEN = 4, 3
NAMED = 1.2  # that the words beside a name must tell ("the diver's lover", "the harbour lobby")
# A shorter run that stands twice must be typical of machine copy: people say "the local sheriff" again, too.
LONGER, TYPICAL = 5, 2.0


def repeated_wording(analysis: Analysis) -> Iterator[Phrase]:
    """Yield the maximal runs that stand again: a name with what tells something beside it, or at least
    SHORTEST words with LEAST content words.
    """
    words = analysis.words
    for wording in analysis.wordings:
        run = [words[i] for i in wording.units]
        stems = tuple(w.stem for w in run if w.content and not w.number)
        if stems and _beside_a_name(words, wording, run):
            yield Phrase.of(wording.places, stems, Reading.VERBATIM)
        elif len(run) >= SHORTEST and len(stems) >= LEAST:
            phrase = Phrase.of(wording.places, stems, Reading.VERBATIM)
            if _heard(run, phrase):
                yield phrase


def _beside_a_name(words: Sequence[Word], wording: Wording, run: Sequence[Word]) -> bool:
    """Tell whether a name stands again with the same telling words, which are not written as names are."""
    telling = [w for w in run if w.content and not w.number]
    if not any(w.masked for w in run) or sum(w.information for w in telling) < NAMED:
        return False
    placed = (words[i] for place in wording.places for i in range(*place))
    return any(w.content and w.text.islower() for w in placed)


def _heard(run: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether the run is long, frequent or stock enough to be heard when it comes again."""
    times = len(phrase.places)
    if times >= OFTEN and len(run) >= LONG:
        return True
    tells = sum(w.information for w in run if w.content)
    enough = len(run) >= LONGER or phrase.typical >= TYPICAL
    return times > 1 and tells >= INFORMATION and enough
