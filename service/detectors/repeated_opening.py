"""`repeated_opening`: sentences that open alike, also where others stand between them.

The film's title and what stands for it ("the film", "this movie", "it") count as one opening. The
bounds are the 96th to 99th percentile of human reviews; machine copy exceeds each 4 to 20 times as often.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby, pairwise
from typing import TypeVar

from service.detectors.analysis import Analysis, SentenceWords, Word
from service.detectors.detector import Detector
from service.detectors.finding import Example, Finding, Level
from service.detectors.lexicon import information
from service.detectors.openings import Opening, openings
from service.document import Span
from service.films import JSON

K = TypeVar("K", bound=Hashable)
FILM_SHARE = 0.25  # of all sentences open by naming the film
FILM_NOTED = 0.2  # from which an editor may say so
FILM_SURE = 0.33
TITLE_SHARE = 0.12  # the same without "it"
NAME_SHARE = 0.15  # of all sentences open with one other name
NAME_FEWEST = 3
IN_A_ROW = 4  # sentences that open with "The"
DEMONSTRATIVE_SHARE = 0.1  # "This tale …", "This theme …"
WORD_SHARE = 0.36  # of all sentences open with one and the same word
FEWEST = 4
PREFIX = 3  # words from which on two openings count as the same
PAIR_FEWEST, PAIR_SURE = 3, 4  # sentences that open with the same two words
LEAD_SHARE, LEAD_FEWEST = 0.1, 3  # of all sentences open with one "From", "While" or "Like"
ADVICE = "begin some with something else"
# Words that may open many sentences: nobody hears them.
UNHEARD = frozenset(
    {"the", "a", "an", "and", "but", "or", "so", "i", "you", "he", "she", "it", "we", "they", "there"}
    | {"this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "i'm", "i've"}
    | {"he's", "she's", "that's", "there's", "they're", "you're", "we're"}
)


def find(analysis: Analysis) -> list[Finding]:
    """Return the openings that come back too often."""
    every = list(openings(analysis))
    film = list(_film(analysis, every))
    strong = any(len(f.spans) >= FEWEST for f in film)
    free = [o for o in every if not (strong and o.film)]
    prefixes = list(_prefixes(analysis, free))
    said = {s.start for f in prefixes for s in f.spans}
    if not strong:  # "The film often uses …" three times says more than that the film opens three sentences
        film = [f for f in film if said.isdisjoint(s.start for s in f.spans)]
    found = [
        *film,
        *_words(analysis, every),
        *_demonstratives(analysis, every),
        *_names(analysis, every),
    ]
    free = [o for o in free if not (film and o.film)]
    unsaid = [o for o in free if analysis.words[o.sentence.start].span.start not in said]
    pairs = list(_pairs(analysis, unsaid))
    said |= {s.start for f in (*found, *pairs) for s in f.spans}
    found += [*prefixes, *pairs, *_leads(analysis, every, said)]
    return [f for f in found if len(f.spans) > 1]


def _film(analysis: Analysis, every: Sequence[Opening]) -> Iterator[Finding]:
    found = [o for o in every if o.film]
    named = [o for o in found if not o.pronoun]
    total = max(1, len(every))
    share = len(found) / total
    often = len(named) >= FEWEST and len(named) / total >= TITLE_SHARE
    noted = share >= FILM_NOTED if len(found) >= FEWEST else share >= FILM_SHARE and len(found) == FEWEST - 1
    if not often and not noted:
        return
    level = Level.SHOULD if often or (share >= FILM_SHARE and len(found) >= FEWEST) else Level.MAY
    if share >= FILM_SURE and len(found) > FEWEST:
        level = Level.MUST
    spans = [analysis.span(o.start, o.end) for o in found]
    shown = _listed(dict.fromkeys(analysis.text(s) for s in spans))
    if not any(analysis.words[i].content for o in found for i in range(o.start, o.end)):
        spans = [s for o in found if (s := _told(analysis, o.sentence, o.end))]
    yield Finding(
        "repeated_opening",
        f"{len(found)} of {total} sentences open with the film ({shown}): {ADVICE}.",
        tuple(spans),
        level,
        _evidence(found, total) | {"film": True, "share": round(share, 2)},
    )


def _words(analysis: Analysis, every: Sequence[Opening]) -> Iterator[Finding]:
    """Yield the word that opens a great share of all sentences, and "The" in a row where none does."""
    shared, every = 0, [o.after_marker() for o in every]
    for word, group in _groups(every, lambda o: analysis.words[o.start].fold):
        share = len(group) / max(1, len(every))
        if word != "i" and len(group) > FEWEST and share >= WORD_SHARE and not all(o.film for o in group):
            shared += word == "the"
            message = f"{len(group)} of {len(every)} sentences open with ‘{word.capitalize()}’: {ADVICE}."
            yield _finding(analysis, message, group, len(every), length=2, level=Level.MAY)
    for the, row in groupby(every, lambda o: analysis.words[o.start].fold == "the"):
        group = list(row)
        if the and not shared and len(group) >= IN_A_ROW and not all(o.film for o in group):
            message = f"{len(group)} sentences in a row open with ‘The’: {ADVICE}."
            yield _finding(analysis, message, group, len(every), length=2, level=Level.MAY)


def _names(analysis: Analysis, every: Sequence[Opening]) -> Iterator[Finding]:
    """Yield another name than the film's that opens a good share of the sentences."""
    for _, group in _groups(every, lambda o: _name(analysis, o)):
        share = len(group) / len(every)
        paragraphs = sum(o.paragraph for o in group) > 1 and share >= LEAD_SHARE
        if paragraphs or (len(group) >= NAME_FEWEST and share >= NAME_SHARE):
            shown = analysis.words[group[0].sentence.start].text
            message = f"{len(group)} of {len(every)} sentences open with ‘{shown}’: {ADVICE}."
            yield _finding(analysis, message, group, len(every), length=3, level=Level.MAY)


def _name_of(analysis: Analysis, opening: Opening) -> str:
    """Return the name or title that the sentence opens with, or nothing."""
    first = analysis.words[opening.sentence.start]
    return " ".join(analysis.matches[first.mask].term.atoms) if first.masked else ""


def _name(analysis: Analysis, opening: Opening) -> str | None:
    first = analysis.words[opening.sentence.start]
    return first.stem if first.masked and not opening.film else None


def _demonstratives(analysis: Analysis, every: Sequence[Opening]) -> Iterator[Finding]:
    group = [
        o
        for o in every
        if not o.film and _points_at_noun(analysis.words[o.sentence.start : o.sentence.start + 2])
    ]
    if len(group) >= 3 and len(group) / len(every) >= DEMONSTRATIVE_SHARE:
        message = f"{len(group)} sentences open by pointing back with ‘This …’: {ADVICE}."
        yield _finding(analysis, message, group, len(every), length=2, level=Level.MAY)


def _points_at_noun(first: Sequence[Word]) -> bool:
    """Tell "This tale" from "This makes": after "this" a noun has no -s."""
    this, noun = first
    return noun.content and (this.fold == "these" or (this.fold == "this" and not noun.fold.endswith("s")))


def _prefixes(analysis: Analysis, every: Sequence[Opening]) -> Iterator[Finding]:
    """Yield openings of at least three words, one of them telling or a name, that stand twice or more."""
    words = analysis.words
    for _, group in _groups(every, lambda o: _prefix(analysis, o, PREFIX)):
        if len(group) < 2:
            continue
        length = _shared(words, group)
        first = words[group[0].sentence.start : group[0].sentence.start + length]
        telling = [w for w in first if w.content and information(w.stem) > 0.8]
        often = len(group) > 2 and (length > PREFIX or any(w.content for w in first))
        named = (
            sum(not w.masked for w in first) > 1 and len({_name_of(analysis, o) for o in group} - {""}) == 1
        )
        if not (often or named) and (
            not telling or (len(group) == 2 and length == PREFIX and len(telling) < 2)
        ):
            continue
        shown = analysis.text(analysis.span(group[0].sentence.start, group[0].sentence.start + length))
        level = Level.SHOULD if len(group) > 2 or length > PREFIX else Level.MAY
        message = f"‘{shown} …’ opens {len(group)} sentences: {ADVICE}."
        yield _finding(analysis, message, group, len(every), length=length, level=level)


def _pairs(analysis: Analysis, every: Sequence[Opening]) -> Iterator[Finding]:
    """Yield openings of the same two words: three or more, two of function words in a row ("If you're …
    If you're …"), or those of two paragraphs.
    """
    order = {o.sentence.start: i for i, o in enumerate(every)}
    for (_, first, second), group in _groups(every, lambda o: _pair(analysis, o)):
        places = [order[o.sentence.start] for o in group]
        in_a_row = any(b - a == 1 for a, b in pairwise(places)) and first and second
        paragraphs = sum(o.paragraph for o in group) > 1 and not all(o.film for o in group)
        if len(group) >= PAIR_FEWEST or (len(group) > 1 and (in_a_row or paragraphs)):
            length = _second(analysis, group[0]) + 1 - group[0].sentence.start
            shown = analysis.text(analysis.span(group[0].sentence.start, group[0].sentence.start + length))
            level = Level.SHOULD if len(group) >= PAIR_SURE else Level.MAY
            message = f"‘{shown} …’ opens {len(group)} sentences: {ADVICE}."
            yield _finding(analysis, message, group, len(every), length=length, level=level)


def _pair(analysis: Analysis, opening: Opening) -> tuple[str, bool, bool] | None:
    """Return the first two words or names as one text, and whether each is a function word."""
    words, start = analysis.words, opening.sentence.start
    second = _second(analysis, opening)
    if second >= opening.sentence.end - 1 or words[second].masked:
        return None
    first = words[start]
    name = _name_of(analysis, opening) or first.fold
    return f"{name} {words[second].fold}", first.function, words[second].function


def _second(analysis: Analysis, opening: Opening) -> int:
    """Return the index of the word after the first word or name."""
    words, at = analysis.words, opening.sentence.start
    mask, at = words[at].mask, at + 1
    while words[at - 1].masked and at < opening.sentence.end and words[at].mask == mask:
        at += 1
    return at


def _leads(analysis: Analysis, every: Sequence[Opening], said: AbstractSet[int]) -> Iterator[Finding]:
    """Yield one preposition or adverb ("From …", "Like, …") that opens a good share of the sentences."""
    words = analysis.words
    for word, group in _groups(every, lambda o: _lead(words[o.sentence.start])):
        new = [o for o in group if words[o.sentence.start].span.start not in said]
        if len(new) >= LEAD_FEWEST and len(group) / len(every) >= LEAD_SHARE:
            message = f"{len(group)} of {len(every)} sentences open with ‘{word.capitalize()}’: {ADVICE}."
            yield _finding(analysis, message, group, len(every), length=2, level=Level.MAY)


def _lead(word: Word) -> str | None:
    return word.fold if word.function and not word.masked and word.fold not in UNHEARD else None


def _shared(words: Sequence[Word], group: Sequence[Opening]) -> int:
    """Return how many words the sentences share at their beginning, PREFIX at least."""
    shortest = min(o.sentence.end - o.sentence.start for o in group)
    first = group[0].sentence.start
    length = PREFIX
    while length < shortest - 1:
        if any(_unit(words[o.sentence.start + length]) != _unit(words[first + length]) for o in group[1:]):
            break
        length += 1
    return length


def _unit(word: Word) -> str:
    return "\0" if word.masked else word.stem


def _prefix(analysis: Analysis, opening: Opening, length: int) -> tuple[str, ...] | None:
    start, end = opening.sentence.start, opening.sentence.end
    if end - start <= length:
        return None
    return tuple(map(_unit, analysis.words[start : start + length]))


def _groups(every: Iterable[Opening], key: Callable[[Opening], K | None]) -> list[tuple[K, list[Opening]]]:
    """Return the openings that share a key, in order of the first."""
    groups: dict[K, list[Opening]] = {}
    for opening in every:
        if (k := key(opening)) is not None:
            groups.setdefault(k, []).append(opening)
    return list(groups.items())


def _finding(
    analysis: Analysis, message: str, group: Sequence[Opening], total: int, *, length: int, level: Level
) -> Finding:
    spans = tuple(s for o in group if (s := _told(analysis, o.sentence, o.sentence.start + length)))
    return Finding("repeated_opening", message, spans, level, _evidence(group, total))


def _told(analysis: Analysis, sentence: SentenceWords, end: int) -> Span | None:
    """Return the span of an opening that ends at `end`, or at the first telling word ("If you're old")."""
    place = analysis.telling(sentence.start, min(end, sentence.end))
    return None if place is None else analysis.span(*place)


def _evidence(group: Sequence[Opening], total: int) -> dict[str, JSON]:
    paragraphs = sum(o.paragraph for o in group)
    return {"sentences": len(group), "of": total, "paragraphs": paragraphs}


def _listed(texts: Iterable[str]) -> str:
    shown = list(texts)
    return ", ".join(f"‘{t}’" for t in shown[:3]) + (", …" if len(shown) > 3 else "")


EXAMPLES = (
    Example(
        "In the end, the film drowns. It follows a diver. Nobody believes her. At its core, the film waits. "
        "This movie has patience. Her brother is lost at sea, and the harbour master lies. It ends in rain.",
        ("the film", "It", "This movie"),
    ),
    Example(
        "The film begins in a harbour. It follows a diver. Nobody believes her. The film lets us wait. "
        "This movie has patience. Her brother is lost at sea, and the harbour master lies. It ends in rain.",
        ("The film", "It", "This movie"),
    ),
    Example(
        "At the heart of the story lies a theft. Two brothers share a boat. They quarrel. "
        "At the heart of the story lies a lie, too. Nobody sees it.",
        ("At the heart of the story lies a",),
    ),
    Example(
        "The film begins in a harbour. A diver waits. Nobody believes her story of the wreck. "
        "Her brother laughs. It is hard to say why. Then the storm comes, and we see that she was right. "
        "Few directors would let us wait as long. Everybody drowns.",
    ),
    Example(
        "Light: The film often uses lamps. Sound: The film often uses bells. Rooms: They are small. "
        "Cuts: The film often uses long takes. Nobody drowns. We wait. He swims. Rain falls. Ida laughs.",
        ("The film often uses",),
    ),
    Example(
        "We swim at night. If you’re young, you float. If you’re old, you sink. Then the lamp goes out. "
        "A dog barks. Nobody drowns.",
        ("If you’re young", "If you’re old"),
    ),
    Example(
        "From rope to sail, all of it rots. We wait. She sings of eels. He mends a net. From dusk on nobody "
        "talks. Rain falls. They row home. From ships a bell is heard.",
        ("From rope", "From dusk", "From ships"),
    ),
    Example(
        "The film begins at sea. A diver waits. Nobody believes her. It lets us wait. Her brother laughs. "
        "This movie has patience. Then the storm comes. Everybody drowns.",
        ("The film", "It", "This movie"),
    ),
    Example(
        "We met Ada Berg in Oslo. Ada Berg is a diver. Rain falls. They row home, and nobody sings. "
        "Ada Berg is a good cook. The boat rots.",
        ("Ada Berg is a diver", "Ada Berg is a good cook"),
    ),
    Example("But she swims. He waits. But she sinks. They row. But nobody sings. A bell rings."),
    Example(
        "He sells the boat. She leaves. We see the harbour once more, empty now. Snow falls. "
        "Then nothing happens. I liked that.",
    ),
)

DETECTOR = Detector("repeated_opening", find, EXAMPLES)
