"""Constructions: each function yields the word ranges `[start, end)` where one stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, count, pairwise

from service.detectors.analysis import Analysis, SentenceWords, Word

Range = tuple[int, int]
NEGATIONS = frozenset({"not", "n't"})
IS_NOT = frozenset({"isn't", "aren't", "wasn't", "weren't", "ain't"})
NOT_ONLY = frozenset({"only", "just", "merely", "simply", "solely", "mere"})
PRONOUNS = frozenset({"i", "you", "he", "she", "it", "we", "they", "who", "which", "that", "there", "this"})
ITS = frozenset({"it", "this", "that", "he", "she", "they", "these", "it's", "that's", "he's", "she's"})
CONJUNCTIONS = frozenset({"and", "or"})
NO_PARTICIPLE = frozenset({"including", "according", "depending", "considering", "something", "everything"})
DETERMINERS = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "my", "your"})
ITEM = 5  # words at most in an item of a triad
CONTENT = "\0"
SKELETON = 9  # parts of a sentence that two of one template share
SKELETON_FUNCTION = 5
CLAUSAL = frozenset({"where", "when", "who", "whose", "because", "while", "if", "how", "why", "until"})
BALANCED = frozenset({"both", "either", "neither", "not", "maybe", "perhaps"})  # open two items, never three
COUNTED = {
    "first": 1,
    "firstly": 1,
    "second": 2,
    "secondly": 2,
    "third": 3,
    "thirdly": 3,
    "fourth": 4,
    "fourthly": 4,
}
REACH = 14  # words at most from "not only" to "but"


def not_only(analysis: Analysis) -> Iterator[Range]:
    """Yield "not only … but (also)", and "doesn't merely …. It also …" over a full stop."""
    words = analysis.words
    for sentence, after in _negated(analysis):
        for i in range(sentence.start, sentence.end - 1):
            if not (_negates(words[i]) and words[i + 1].fold in NOT_ONLY):
                continue
            end = _find(words, i + 2, min(sentence.end, i + 2 + REACH), "but")
            if end is None and after and words[after.start].fold in ITS:
                end = _find(words, after.start, min(after.end, after.start + 4), "also")
            if end is not None:
                follows = end + 1 < len(words) and words[end + 1].fold == "also"
                yield i, end + (2 if follows else 1)


def not_just(analysis: Analysis) -> Iterator[Range]:
    """Yield "isn't just X; it's Y" and "is more than just X. It is Y"."""
    words = analysis.words
    only = frozenset(words[i].sentence for i in analysis.standing((*NOT_ONLY, "more")))
    for number, (sentence, after) in enumerate(_with_next(analysis.sentences)):
        if number not in only:
            continue
        for i in range(sentence.start + 1, sentence.end - 2):
            if words[i + 1].fold not in NOT_ONLY:
                continue
            negated = _negates(words[i]) or (words[i].fold == "than" and words[i - 1].fold == "more")
            start = i if words[i].fold != "than" else i - 1
            end = _turn(words, i, sentence, after, copula=start) if negated else None
            if end is not None:
                yield start, end
                break
        else:
            yield from _does_more(words, sentence, after)


def _does_more(
    words: Sequence[Word], sentence: SentenceWords, after: SentenceWords | None
) -> Iterator[Range]:
    """Yield "does more than entertain; it inspires"."""
    for i in range(sentence.start + 1, sentence.end - 2):
        if words[i].fold != "more" or words[i + 1].fold != "than" or words[i - 1].stem != "do":
            continue
        turn = next(
            (j for j in range(i + 3, sentence.end - 1) if words[j].clause != words[j - 1].clause), None
        )
        if turn is None and after and after.end - after.start > 2:
            turn = after.start
        if turn is not None and words[turn].fold in ITS:
            yield i - 1, turn + 2
            return


def anaphora(analysis: Analysis) -> Iterator[Range]:
    """Yield three clauses of a sentence that begin with the same word: "where …, where …, where …"."""
    words = analysis.words
    starts: dict[tuple[int, str], list[int]] = {}
    for i in analysis.standing(CLAUSAL):
        if i + 1 < analysis.sentences[words[i].sentence].end:
            starts.setdefault((words[i].sentence, words[i].fold), []).append(i)
    for (sentence, _), places in starts.items():
        if len(places) > 2 and sum(_follows_comma(words, i) for i in places[1:]) > 1:
            yield places[0], min(places[-1] + 2, analysis.sentences[sentence].end)


def _follows_comma(words: Sequence[Word], i: int) -> bool:
    return words[i].comma or (words[i - 1].comma and words[i - 1].fold in CONJUNCTIONS)


def questions(analysis: Analysis) -> Iterator[Range]:
    """Yield the openings of questions in a row that begin with the same two words."""
    words = analysis.words
    open_, last = False, ("", "")
    held: Range | None = None
    for sentence, after in _with_next(analysis.sentences):
        first = words[sentence.start : sentence.start + 2]
        asks = sentence.end - sentence.start > 2 and sentence.sentence.text.rstrip("”\"' ").endswith("?")
        key = (first[0].fold, first[1].stem) if asks else ("", "")
        here = (sentence.start, min(sentence.start + 4, sentence.end))
        if asks and key == last:
            if held is not None and not open_:
                yield held
            yield here
            open_ = True
        else:
            open_ = False
        held, last = here, key if after is not None else ("", "")


def contrast(analysis: Analysis) -> Iterator[Range]:
    """Yield "It isn't X. It's Y" within a sentence or over a full stop, and "not X but Y"."""
    words = analysis.words
    for sentence, after in _negated(analysis):
        for i in range(sentence.start, sentence.end - 1):
            if not _negates(words[i]) or words[i + 1].fold in NOT_ONLY:
                continue
            found = _but(words, i, sentence) or _turn(words, i, sentence, after)
            if found is not None:
                yield i, found
                break


def _but(words: Sequence[Word], i: int, sentence: SentenceWords) -> int | None:
    """Return the end of a "not X but Y" whose halves are alike ("not for the plot but for the cast")."""
    if words[i].fold != "not" or words[i + 1].stem in {"be", "have"}:
        return None
    but = _find(words, i + 2, min(sentence.end - 1, i + 8), "but")
    if but is None or words[but + 1].fold != words[i + 1].fold or not words[i + 1].function:
        return None
    return min(but + 3, sentence.end)


def _turn(
    words: Sequence[Word],
    i: int,
    sentence: SentenceWords,
    after: SentenceWords | None,
    *,
    copula: int | None = None,
) -> int | None:
    """Return the end of the "it's Y" that answers "it isn't X", whose verb stands at `copula` or before."""
    verb = i if copula is None else copula
    before = verb > sentence.start and words[verb - 1].stem == "be"
    if not (before or words[verb].stem == "be" or words[verb].fold in IS_NOT):
        return None
    for j in range(i + 2, min(sentence.end - 1, i + REACH)):
        if words[j].clause != words[j - 1].clause or words[j].comma:
            return j + 2 if _affirms(words, j) else None
    if after and after.end - after.start > 2 and _affirms(words, after.start):
        return after.start + 2
    return None


def _affirms(words: Sequence[Word], j: int) -> bool:
    if words[j].fold in {"it's", "that's", "he's", "she's", "they're"}:
        return words[j + 1].fold not in NEGATIONS
    is_it = words[j].fold in ITS and words[j + 1].fold in {"is", "was", "are", "were"}
    return is_it and (j + 2 >= len(words) or words[j + 2].fold not in NEGATIONS)


def triads(analysis: Analysis) -> Iterator[Range]:
    """Yield "A, B, and C" and longer lists, without those of names."""
    words = analysis.words
    end = 0
    for k in analysis.standing(CONJUNCTIONS):
        sentence = analysis.sentences[words[k].sentence]
        if k < end or not sentence.start + 2 <= k < sentence.end - 1:
            continue
        found = _triad(words, k, sentence)
        if found:
            end = found[1]
            yield found


def _triad(words: Sequence[Word], k: int, sentence: SentenceWords) -> Range | None:
    """Return the list whose last item follows the conjunction at `k`."""
    comma = next((p for p in range(k - 1, max(k - 1 - ITEM, sentence.start), -1) if words[p].comma), None)
    if comma is None or words[comma].clause != words[k].clause:
        return None
    start = _item_start(words, comma - 1, sentence.start)
    end = _item_end(words, k + 1, sentence.end)
    if not words[k].comma and (k - comma > 2 or start - sentence.start < 3):
        return None
    items = (words[start:comma], words[comma:k], words[k + 1 : end])
    if any(not _lists(item) for item in items) or words[start].clause != words[k].clause:
        return None
    return (start, end) if _parallel(*items, serial=words[k].comma) else None


def _parallel(first: Sequence[Word], second: Sequence[Word], third: Sequence[Word], *, serial: bool) -> bool:
    """Tell three items from two adjectives of one noun ("long, elegant takes, and the rain"), a tail
    (", adding depth and …") and a pair (", both … and …"); `serial` says that a comma stands before "and".
    """
    uneven = not serial or third[0].fold in DETERMINERS
    adjectives = len(first) == 1 and len(second) == 2 and all(w.content for w in second) and uneven
    tail = len(second) > 1 and _participle(second[0]) and "-" not in second[0].fold
    return second[0].fold not in BALANCED and not adjectives and not tail


def _lists(item: Sequence[Word]) -> bool:
    """Tell whether the words can be an item of a list: something telling, no clause, no name."""
    return (
        any(w.content for w in item)
        and not any(w.masked or w.number for w in item)
        and item[0].fold not in PRONOUNS
        and item[-1].stem not in {"be", "have"}
    )


def _item_start(words: Sequence[Word], last: int, floor: int) -> int:
    start = last
    while start > max(floor, last - 2) and words[start - 1].content and not words[start].comma:
        start -= 1
    if start > floor and words[start - 1].fold in DETERMINERS and not words[start].comma:
        start -= 1
    return start


def _item_end(words: Sequence[Word], first: int, ceiling: int) -> int:
    end = first
    while (
        end < ceiling
        and end - first < ITEM
        and words[end].function
        and not (end > first and words[end].comma)
    ):
        end += 1
    while (
        end < ceiling and end - first < ITEM and words[end].content and not (end > first and words[end].comma)
    ):
        end += 1
    return end


def participle_tails(analysis: Analysis) -> Iterator[Range]:
    """Yield ", making it a classic": a participle that is hung onto a sentence after a comma."""
    words = analysis.words
    found = -1  # the last sentence with a tail: one is told of each
    for i in compress(count(), analysis.columns.commas):
        word = words[i]
        if word.sentence == found:
            continue
        sentence = analysis.sentences[word.sentence]
        if not sentence.start + 4 <= i < sentence.end - 1:
            continue
        at = i + 1 if word.fold.endswith("ly") or word.fold == "further" else i
        if at < sentence.end - 1 and _participle(words[at]) and _complement(words[at + 1]):
            yield i, min(at + 3, sentence.end)
            found = word.sentence


def _complement(word: Word) -> bool:
    """Tell "making the audience" from the adjective of "screaming ghosts"."""
    return not word.comma and word.stem not in CONJUNCTIONS and (word.function or word.masked)


def _participle(word: Word) -> bool:
    return (
        word.content
        and word.fold.endswith("ing")
        and len(word.fold) > 5
        and word.stem != word.fold
        and word.fold not in NO_PARTICIPLE
    )


def both_and(analysis: Analysis) -> Iterator[Range]:
    """Yield "both X and Y" of two telling words each."""
    words = analysis.words
    for i in analysis.where.get("both", ()):
        end = analysis.sentences[words[i].sentence].end
        if i + 3 < end and words[i + 1].content:
            k = _find(words, i + 2, min(end - 1, i + 6), "and")
            if k is not None and words[k + 1].content and words[k].clause == words[i].clause:
                yield i, k + 2


def enumeration(analysis: Analysis) -> Iterator[Range]:
    """Yield the sentences that count off what is said, where two do: "Firstly, …", "Second, …"."""
    words = analysis.words
    found = [
        i
        for i in analysis.standing(COUNTED)
        if i == (s := analysis.sentences[words[i].sentence]).start and s.end - i > 3 and _counts(words, i)
    ]
    if len({COUNTED[words[i].fold] for i in found}) > 1:
        yield from ((i, i + 3) for i in found)


def _counts(words: Sequence[Word], i: int) -> bool:
    """Tell "Secondly, …" and "First off, …" from "Second thoughts"."""
    return words[i].fold.endswith("ly") or words[i + 1].comma or words[i + 1].fold in {"off", "up"}


def from_to(analysis: Analysis) -> Iterator[Range]:
    """Yield sentences that open "From X to Y, …"."""
    words = analysis.words
    for sentence in analysis.sentences:
        if sentence.end - sentence.start < 8 or words[sentence.start].fold != "from":
            continue
        to = _find(words, sentence.start + 2, min(sentence.end - 1, sentence.start + 9), "to")
        if to is None:
            continue
        comma = next((k for k in range(to + 2, min(sentence.end, to + 10)) if words[k].comma), None)
        inside = words[sentence.start + 1 : comma]
        if comma is not None and not any(w.number for w in inside) and sum(w.content for w in inside) > 1:
            yield sentence.start, comma


def _negates(word: Word) -> bool:
    return word.fold == "not" or word.fold.endswith("n't")


def _find(words: Sequence[Word], start: int, end: int, wanted: str) -> int | None:
    return next((i for i in range(start, end) if words[i].fold == wanted), None)


def _with_next(sentences: Sequence[SentenceWords]) -> Iterator[tuple[SentenceWords, SentenceWords | None]]:
    """Yield each sentence with the next one of its block."""
    for one, other in pairwise((*sentences, None)):
        if one is not None:
            yield (
                one,
                other if other is not None and other.block == one.block and other.end > other.start else None,
            )


def _negated(analysis: Analysis) -> Iterator[tuple[SentenceWords, SentenceWords | None]]:
    """Yield each sentence that holds a negation with the next one of its block."""
    for number, pair in enumerate(_with_next(analysis.sentences)):
        if number in analysis.negated:
            yield pair


def templates(analysis: Analysis) -> Iterator[tuple[Range, ...]]:
    """Yield sentences built on one skeleton of function words, telling words and names left out."""
    groups: dict[tuple[str, ...], list[Range]] = {}
    stems, functions = analysis.columns.stems, analysis.columns.functions
    parts = [s if function else CONTENT for s, function in zip(stems, functions, strict=True)]
    for sentence in analysis.sentences:
        if not sentence.heading and sentence.end - sentence.start >= SKELETON:
            skeleton = _skeleton(parts[sentence.start : sentence.end])
            if sum(part != CONTENT for part in skeleton) >= SKELETON_FUNCTION:
                groups.setdefault(skeleton, []).append((sentence.start, sentence.end))
    yield from (tuple(g) for g in groups.values() if len(g) > 1)


def _skeleton(parts: Sequence[str]) -> tuple[str, ...]:
    """Return the function words of a sentence with a mark for each run of others."""
    runs = [part for before, part in pairwise(("", *parts)) if part != CONTENT or before != CONTENT]
    return tuple(runs[:SKELETON])
