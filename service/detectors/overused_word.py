"""overused_word: a word that comes again and again, against how rare it is in human reviews and what the
film is about.

Two rules: a stock word (one that machine copy uses far more than people, `data/terms.tsv`) at STOCK_TIMES
(people: once in 14,000 words, models 18 times as often), and surely at SURE_TIMES (people once in 40,000
words, machine copy 70 to 190 times as often); and an adverb in -ly ("actually") at ADVERB_TIMES, as a `may`.
Any other word that comes again and again is the film's own subject oftener than an overused one, so it is
left alone. Titles, names, the record's genres and keywords and the keyphrase are vocabulary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from service.detectors.analysis import Analysis
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import information
from service.detectors.slots import key
from service.detectors.stock import weights

KIND = "overused_word"
STOCK_TIMES, SURE_TIMES, STOCK_WEIGHT, STOCK_RATE = 3, 5, 1.0, 6.0
SHORTEST = 3  # letters
ADVERB_TIMES, ADVERB_RATE = 4, 8.0


def find(analysis: Analysis) -> Sequence[Finding]:
    """Return the overused words, each with all its places."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i in analysis.again:
        places[analysis.words[i].stem].append(i)
    own = _subject(analysis)
    words = max(280, len(analysis.words))
    out = []
    for stem, where in places.items():
        if len(where) < min(STOCK_TIMES, ADVERB_TIMES) or len(stem) < SHORTEST:
            continue
        adverb = any(analysis.words[i].fold.endswith("ly") for i in where)
        rate = 1000 * len(where) / words
        level = None if stem in own else _level(stem, len(where), rate, adverb=adverb)
        if level is not None:
            out.append(_finding(analysis, stem, where, level))
    return out


def _subject(analysis: Analysis) -> frozenset[str]:
    film = analysis.subject.film
    texts = (*film.genres, *film.keywords) if film else ()
    return frozenset(key(w) for text in (*texts, analysis.subject.keyphrase) for w in text.split())


def _level(stem: str, times: int, rate: float, *, adverb: bool) -> Level | None:
    if times >= STOCK_TIMES and rate >= STOCK_RATE and weights().get(stem, 0.0) >= STOCK_WEIGHT:
        return Level.SHOULD if times >= SURE_TIMES else Level.MAY
    if adverb and times >= ADVERB_TIMES and rate >= ADVERB_RATE:
        return Level.MAY
    return None


def _finding(analysis: Analysis, stem: str, where: Sequence[int], level: Level) -> Finding:
    spans = tuple(analysis.words[i].span for i in where)
    stock = weights().get(stem, 0.0) >= STOCK_WEIGHT
    word = analysis.words[where[0]].text
    advice = "it is a word copy leans on, so say what is meant each time" if stock else "most can go"
    return Finding(
        KIND,
        f"‘{word}’ stands {len(where)} times in {len(analysis.words)} words: {advice}.",
        spans,
        level,
        {
            "times": len(where),
            "stem": stem,
            "information": round(information(stem), 2),
            "stock_weight": round(weights().get(stem, 0.0), 2),
        },
    )


EXAMPLES = (
    Example(
        "The breathtaking score suits the coast. A breathtaking chase follows. Then comes a breathtaking "
        "silence, and the last shot is breathtaking.",
        ("breathtaking",),
    ),
    Example("The house is old. The house burns. She builds a house. They sell the house."),
    Example(
        "He actually swims. The sea is actually warm. Nobody actually drowns. It is actually rather good.",
        ("actually",),
    ),
    Example(
        "A zombie eats. Zombies sleep. The zombie swims. Six zombies drown. A zombie sings. One zombie left."
    ),
    Example("A breathtaking view, then rain, mud and a long walk home. The breathtaking sea has gone."),
)
DETECTOR = Detector(KIND, find, EXAMPLES)
