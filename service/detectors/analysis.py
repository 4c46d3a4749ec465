"""One reading of a document, made once and shared by all detectors: its words, annotated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, compress, count
from typing import NamedTuple

from service.detectors.finding import Subject
from service.detectors.lexicon import TELLING, function_words, information, stem
from service.detectors.repeats import maximal_repeats
from service.document import BlockKind, Document, Sentence, Span, Token, TokenKind
from service.films.inference import infer
from service.films.vocabulary import Match, Vocabulary, pieces, strip_possessive, vocabulary

# Marks that end a clause: no phrase runs across them. A comma doesn't: "hope, justice" ~ "hope and justice".
BREAKS = frozenset(';:()[]{}—–“”"«»|/…!?.•*=<>')
UNMASKED = -1
PUNCTUATION, NUMBER = TokenKind.PUNCTUATION, TokenKind.NUMBER  # an enum's own look-up is slow in a loop


class Word(NamedTuple):
    """A word or number of the prose.

    `fold` has no possessive ending; `stem` is the shared form of the inflections (of a function word
    its lemma); `mask` is the index of the match in `Analysis.matches` that covers the word, or
    UNMASKED; `sentence` and `clause` count through the document; `comma` says that one stands before;
    `content` that the word says something: neither masked nor a function word; `information` what its
    stem tells.
    """

    span: Span
    text: str
    fold: str
    stem: str
    mask: int
    function: bool
    number: bool
    sentence: int
    clause: int
    comma: bool
    content: bool
    information: float

    @property
    def masked(self) -> bool:
        """Tell whether the word belongs to a title or a name."""
        return self.mask != UNMASKED


class Columns(NamedTuple):
    """The words field by field, as `Word` names them: where a loop goes over all words it takes a third of
    the time that it takes over the words themselves, a named tuple's fields being slow to ask for.
    """

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    folds: tuple[str, ...]
    stems: tuple[str, ...]
    masks: tuple[int, ...]
    functions: tuple[bool, ...]
    numbers: tuple[bool, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    commas: tuple[bool, ...]
    contents: tuple[bool, ...]
    informations: tuple[float, ...]


class SentenceWords(NamedTuple):
    """A sentence and the indices `[start, end)` of its words; `block` counts the prose blocks."""

    sentence: Sentence
    start: int
    end: int
    block: int
    heading: bool


class Wording(NamedTuple):
    """A run of words that stands word for word in two places `[start, end)` or more, inflections folded;
    `units` are the indices of its words and names in the first of them.
    """

    units: tuple[int, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Analysis:
    """What every detector is given: the document, its subject, and the annotated words of all prose
    blocks, headings among them, in order.
    """

    document: Document
    subject: Subject
    vocabulary: Vocabulary
    words: tuple[Word, ...]
    sentences: tuple[SentenceWords, ...]
    matches: tuple[Match, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the source span from the first to the last of the words `[start, end)`."""
        return Span(self.words[start][0][0], self.words[end - 1][0][1])  # by index: it is asked often

    def text(self, span: Span) -> str:
        """Return the source at `span` on one line, as a message quotes it."""
        return " ".join(span.of(self.document.source).split())

    def units(self, start: int, end: int) -> list[int]:
        """Return the indices of those of the words `[start, end)` that open a unit: a title or name,
        however many words it has, is one; any other word is one by itself.
        """
        masks = self.columns.masks[start:end]
        if masks.count(UNMASKED) == len(masks):
            return [*range(start, end)]
        before = (UNMASKED, *masks)
        return [
            i for i, m, b in zip(range(start, end), masks, before, strict=False) if m == UNMASKED or m != b
        ]

    def telling(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the words `[start, end)`, with those after them up to the first of their sentence that tells
        something: a finding never shows a title, a name or function words alone. None where nothing does.
        """
        words = self.words
        for i in range(start, end):
            if words[i][10] and words[i][11] >= TELLING:  # content, information: by index, it is asked often
                return start, end
        for i in range(end, self.sentences[words[end - 1].sentence].end):
            if words[i].content and words[i].information >= TELLING:
                return start, i + 1
        return (start, end) if any(w.content for w in words[start:end]) else None

    @cached_property
    def columns(self) -> Columns:
        """Return the words field by field."""
        columns = zip(*self.words, strict=True) if self.words else [()] * len(Columns._fields)
        return Columns(*columns)

    @cached_property
    def content(self) -> tuple[int, ...]:
        """Return the indices of the content words."""
        return tuple(compress(count(), self.columns.contents))

    @cached_property
    def again(self) -> tuple[int, ...]:
        """Return the indices of the content words, numbers aside, whose stem stands twice or more."""
        numbers, stems = self.columns.numbers, self.columns.stems
        content = [i for i in self.content if not numbers[i]]
        times = Counter([stems[i] for i in content])
        return tuple([i for i in content if times[stems[i]] > 1])

    @cached_property
    def where(self) -> Mapping[str, Sequence[int]]:
        """Return the indices of the words that read alike, by their folded form."""
        found: dict[str, list[int]] = {}
        for i, fold in enumerate(self.columns.folds):
            if fold in found:
                found[fold].append(i)
            else:
                found[fold] = [i]
        return found

    def standing(self, folds: Iterable[str]) -> list[int]:
        """Return the indices of the words that read as one of `folds`, in order."""
        where = self.where
        return sorted(i for fold in folds if fold in where for i in where[fold])

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """Return the maximal runs that hold two content words or names and stand again. A title or name
        counts as one word, and as the same only where it is the same name; no run crosses a clause or comma.
        """
        units, at = self._readings()
        found: list[Wording] = []
        words = self.words
        for repeat in maximal_repeats(units, 2):
            run = at[repeat.starts[0] : repeat.starts[0] + repeat.length]
            if sum(words[i].content or words[i].mask != UNMASKED for i in run) < 2:
                continue
            places: list[tuple[int, int]] = []
            for start in repeat.starts:
                first, last = at[start], at[start + repeat.length - 1]
                if not places or first >= places[-1][1]:
                    places.append((first, self._unit_end(last)))
            if len(places) > 1:
                found.append(Wording(tuple(run), tuple(places)))
        return tuple(found)

    def _readings(self) -> tuple[list[str | None], list[int]]:
        """Return what each word or name reads as, with borders (None), and the word index of each."""
        units: list[str | None] = []
        at: list[int] = []
        names = [" ".join(match.term.atoms) for match in self.matches]
        before, last = -1, UNMASKED
        own = self.columns
        rows = zip(own.stems, own.masks, own.clauses, own.commas, strict=True)
        for i, (stemmed, mask, clause, comma) in enumerate(rows):
            if mask == UNMASKED or mask != last:
                if clause != before or comma:
                    units.append(None)
                    at.append(-1)
                units.append(stemmed if mask == UNMASKED else names[mask])
                at.append(i)
            before, last = clause, mask
        return units, at

    def _unit_end(self, start: int) -> int:
        """Return the end of the word or name that opens at `start`."""
        words, end = self.words, start + 1
        while words[start].masked and end < len(words) and words[end].mask == words[start].mask:
            end += 1
        return end

    @cached_property
    def negated(self) -> frozenset[int]:
        """Return the numbers of the sentences that hold a "not" or "-n't"."""
        return frozenset(
            self.words[i].sentence
            for fold, places in self.where.items()
            if fold == "not" or fold[-3:] == "n't"
            for i in places
        )


def analyse(document: Document, subject: Subject) -> Analysis:
    """Return the analysis of `document`. Linear in its length."""
    inferred = infer(document) if subject.film is None else ()
    names = vocabulary(subject.film, subject.terms, inferred)
    words: list[Word] = []
    sentences: list[SentenceWords] = []
    matches: list[Match] = []
    clause = 0
    for number, block in enumerate(document.prose):
        heading = block.kind is BlockKind.HEADING
        for sentence in block.sentences:
            start = len(words)
            masks = _masks(sentence.tokens, names, matches)
            clause = _annotate(sentence.tokens, masks, words, len(sentences), clause + 1)
            sentences.append(SentenceWords(sentence, start, len(words), number, heading))
    return Analysis(document, subject, names, tuple(words), tuple(sentences), tuple(matches))


def _annotate(
    tokens: tuple[Token, ...], masks: Sequence[int], words: list[Word], sentence: int, clause: int
) -> int:
    comma = False
    append, new, reading = words.append, tuple.__new__, _reading  # a named tuple's constructor costs twice
    for (span, text, folded, kind), mask in zip(tokens, masks, strict=True):
        if kind is PUNCTUATION:
            clause += text in BREAKS
            comma = comma or text == ","
            continue
        number = kind is NUMBER
        bare, stemmed, function, tells = _number(folded) if number else reading(folded)
        content = mask == UNMASKED and not function
        row = (span, text, bare, stemmed, mask, function, number, sentence, clause, comma, content, tells)
        append(new(Word, row))
        comma = False
    return clause


@lru_cache(maxsize=131072)
def _reading(folded: str) -> tuple[str, str, bool, float]:
    """Return a folded word without its possessive, its stem, whether it is a function word, and what
    it tells.
    """
    functions = function_words()
    lemma = functions.get(folded)
    if lemma is None and "'" in folded:
        folded = strip_possessive(folded)
        lemma = functions.get(folded)
    stemmed = lemma or stem(folded)
    return folded, stemmed, lemma is not None, information(stemmed)


def _number(folded: str) -> tuple[str, str, bool, float]:
    """Return the same of a number, which is its own stem."""
    bare = strip_possessive(folded)
    return bare, bare, False, information(bare)


def _masks(tokens: tuple[Token, ...], names: Vocabulary, matches: list[Match]) -> list[int]:
    """Return for each token the number of the match that covers all its atoms, or UNMASKED."""
    masks = [UNMASKED] * len(tokens)
    first_atoms = names.index.keys()
    folds = [t[2] for t in tokens]
    if first_atoms.isdisjoint(folds) and first_atoms.isdisjoint(
        chain.from_iterable(pieces(folded) for folded in folds if not folded.isalnum())
    ):
        return masks
    atoms: list[str] = []
    owners: list[int] = []
    for i, (_, _, folded, kind) in enumerate(tokens):
        if kind is not PUNCTUATION:
            if folded.isalnum():
                atoms.append(folded)
                owners.append(i)
            else:
                atoms += (parts := pieces(folded))
                owners += [i] * len(parts)
    firsts = [tokens[i][1][0] for i in owners]
    for match in names.find(atoms, [c.isupper() or c.isdigit() for c in firsts]):
        number = len(matches)
        matches.append(match)
        first, last = owners[match.start], owners[match.end - 1]
        whole_first = match.start == 0 or owners[match.start - 1] != first
        whole_last = match.end == len(owners) or owners[match.end] != last
        begin = first if whole_first else first + 1
        end = last + 1 if whole_last else last
        for i in range(begin, end):
            if tokens[i].kind is not PUNCTUATION:
                masks[i] = number
    return masks
