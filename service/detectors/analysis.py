"""One reading of a document, made once and shared by all detectors: its words, annotated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from service.detectors.finding import Subject
from service.detectors.lexicon import function_words, stem
from service.document import BlockKind, Document, Sentence, Span, Token, TokenKind
from service.films.inference import infer
from service.films.vocabulary import PIECE, Match, Vocabulary, strip_possessive, vocabulary

# Marks that end a clause: no phrase runs across them. A comma doesn't: "hope, justice" ~ "hope and justice".
BREAKS = frozenset(';:()[]{}—–“”"«»|/…!?.•*=<>')
UNMASKED = -1


class Word(NamedTuple):
    """A word or number of the prose.

    `fold` has no possessive ending; `stem` is the shared form of the inflections (of a function word
    its lemma); `mask` is the index of the match in `Analysis.matches` that covers the word, or
    UNMASKED; `sentence` and `clause` count through the document; `comma` says that one stands before.
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
    comma: bool = False

    @property
    def masked(self) -> bool:
        """Tell whether the word belongs to a title or a name."""
        return self.mask != UNMASKED

    @property
    def content(self) -> bool:
        """Tell whether the word says something: neither masked nor a function word."""
        return self.mask == UNMASKED and not self.function


class SentenceWords(NamedTuple):
    """A sentence and the indices `[start, end)` of its words; `block` counts the prose blocks."""

    sentence: Sentence
    start: int
    end: int
    block: int
    heading: bool


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
        return Span(self.words[start].span.start, self.words[end - 1].span.end)

    def text(self, span: Span) -> str:
        """Return the source at `span` on one line, as a message quotes it."""
        return " ".join(span.of(self.document.source).split())

    @cached_property
    def content(self) -> tuple[int, ...]:
        """Return the indices of the content words."""
        return tuple(i for i, w in enumerate(self.words) if w.content)


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
    tokens: tuple[Token, ...], masks: list[int], words: list[Word], sentence: int, clause: int
) -> int:
    functions = function_words()
    comma = False
    for token, mask in zip(tokens, masks, strict=True):
        _, text, folded, kind = token
        if kind is TokenKind.PUNCTUATION:
            clause += text in BREAKS
            comma = comma or text == ","
            continue
        lemma = functions.get(folded)
        if lemma is None and "'" in folded:
            folded = strip_possessive(folded)
            lemma = functions.get(folded)
        number = kind is TokenKind.NUMBER
        stemmed = folded if number else lemma or stem(folded)
        words.append(
            Word(token.span, text, folded, stemmed, mask, lemma is not None, number, sentence, clause, comma)
        )
        comma = False
    return clause


def _masks(tokens: tuple[Token, ...], names: Vocabulary, matches: list[Match]) -> list[int]:
    """Return for each token the number of the match that covers all its atoms, or UNMASKED."""
    masks = [UNMASKED] * len(tokens)
    index = names.index
    if not any(t[2] in index or (t[3] is not TokenKind.PUNCTUATION and not t[2].isalnum()) for t in tokens):
        return masks
    atoms: list[str] = []
    capitals: list[bool] = []
    owners: list[int] = []
    for i, token in enumerate(tokens):
        if token.kind is TokenKind.PUNCTUATION:
            continue
        folded = token.fold
        pieces = (
            (folded,) if folded.isalnum() else [a for a in map(strip_possessive, PIECE.findall(folded)) if a]
        )
        capital = token.text[0].isupper() or token.text[0].isdigit()
        for piece in pieces:
            atoms.append(piece)
            capitals.append(capital)
            owners.append(i)
    for match in names.find(atoms, capitals):
        number = len(matches)
        matches.append(match)
        first, last = owners[match.start], owners[match.end - 1]
        whole_first = match.start == 0 or owners[match.start - 1] != first
        whole_last = match.end == len(owners) or owners[match.end] != last
        begin = first if whole_first else first + 1
        end = last + 1 if whole_last else last
        for i in range(begin, end):
            if tokens[i].kind is not TokenKind.PUNCTUATION:
                masks[i] = number
    return masks
