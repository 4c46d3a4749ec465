"""The names and titles of a text, inferred from the text alone where no film record is known.

Capitals inside sentences tell a name; a heading whose words come again, quotation marks and emphasis
tell a title; a run of capitals with a number ("Cell No. 7") tells a part of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from service.document import BlockKind, Document, MarkKind, Sentence, Token, TokenKind
from service.films.vocabulary import SMALL_WORDS, Term, TermKind, atoms_of, pieces

QUOTED = re.compile(r"[“\"]([^“”\"\n]{2,80})[”\"]")
WORD, NUMBER, PUNCTUATION = TokenKind.WORD, TokenKind.NUMBER, TokenKind.PUNCTUATION  # fast in a loop
LONGEST_TITLE = 9
SHOUTED = 3  # words
OPENING = "“\"'‘("
NUMBER_MARKS = frozenset({"no", "nr", "vol", "part", "chapter", "episode"})


def infer(document: Document) -> tuple[Term, ...]:
    """Return the titles and names that the text itself shows, titles first."""
    titles = (*_heading_titles(document), *_marked_titles(document))
    runs: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], tuple[Sentence, Sequence[Token]]] = {}
    inside: set[tuple[str, ...]] = set()
    for sentence in document.sentences:
        for at_start, tokens in _runs(sentence.tokens):
            atoms = tuple(chain.from_iterable(pieces(t.fold) for t in tokens))
            runs[atoms] += 1
            first.setdefault(atoms, (sentence, tokens))
            if not at_start:
                inside.add(atoms)
    names = [a for a in runs if a and (a in inside or (len(a) > 1 and runs[a] > 1))]
    return (*titles, *(_term(atoms, *first[atoms]) for atoms in names if not _is_small(atoms)))


def _is_small(atoms: tuple[str, ...]) -> bool:
    return len(atoms) == 1 and (len(atoms[0]) < 2 or atoms[0] in SMALL_WORDS)


def _term(atoms: tuple[str, ...], sentence: Sentence, tokens: Sequence[Token]) -> Term:
    """Return the term of the tokens, as they are written in their sentence."""
    numbered = any(a.isdigit() for a in atoms) and len(atoms) > 1
    kind = TermKind.INFERRED_TITLE if numbered else TermKind.INFERRED_NAME
    starts = sentence.offsets.starts
    start, last = (bisect_left(starts, t.span.start) for t in (tokens[0], tokens[-1]))
    return Term(sentence.text[start : last + len(tokens[-1].text)], kind, atoms, capital=not numbered)


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[bool, list[Token]]]:
    """Yield the sentence's runs of capitalised words, small words and numbers between them, with whether one
    begins the sentence. Where most words have capitals, a capital says nothing: there are none.
    """
    capitals = [
        i
        for i, (_, text, _, kind) in enumerate(tokens)
        if not text.islower() and kind is WORD and text[0].isupper()
    ]
    if _shouts(tokens, len(capitals)):
        return
    end = 0
    for i in capitals:
        if i < end or tokens[i].text == "I":
            continue
        start = _starts(tokens, i)
        if not (start and tokens[i].fold in SMALL_WORDS):
            end, run = _run(tokens, i)
            yield start, run


def _shouts(tokens: Sequence[Token], capitals: int) -> bool:
    """Tell whether most words have capitals, so that a capital says nothing."""
    if capitals < SHOUTED:
        return False
    words = sum(t.kind is WORD for t in tokens)
    return words > SHOUTED and capitals > 0.7 * words


def _starts(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether the token at `i` begins the sentence or what is quoted or bracketed in it."""
    while i and tokens[i - 1].kind is PUNCTUATION:
        i -= 1
        if tokens[i].text in OPENING:
            return True
    return not i


def _run(tokens: Sequence[Token], first: int) -> tuple[int, list[Token]]:
    """Return where the run that begins at `first` ends, and its tokens."""
    run, pending = [tokens[first]], list[Token]()
    for i in range(first + 1, len(tokens)):
        _, text, folded, kind = token = tokens[i]
        if kind is PUNCTUATION:
            if text != "." or run[-1].fold not in NUMBER_MARKS:
                return i, run
        elif kind is WORD and text[0].isupper() and text != "I":
            run, pending = [*run, *pending, token], []
        elif kind is NUMBER and not pending:
            run.append(token)
        elif folded in SMALL_WORDS and len(pending) < 2:
            pending.append(token)
        else:
            return i, run
    return len(tokens), run


def _heading_titles(document: Document) -> Iterator[Term]:
    """Yield the first heading, where its words come again in the text."""
    for block in document.prose[:1]:
        if block.kind is not BlockKind.HEADING:
            return
        atoms = atoms_of(block.text)
        if 1 < len(atoms) <= LONGEST_TITLE and _comes_again(document, atoms):
            yield Term(block.text.strip(), TermKind.INFERRED_TITLE, atoms)


def _comes_again(document: Document, atoms: tuple[str, ...]) -> bool:
    wanted = f" {' '.join(atoms)} "
    return any(wanted in f" {' '.join(atoms_of(b.text))} " for b in document.prose[1:])


def _marked_titles(document: Document) -> Iterator[Term]:
    """Yield what is quoted or emphasised and written as a title is: capitals but for small words."""
    marked = [
        m.content.of(document.source)
        for m in document.marks
        if m.content and m.kind in {MarkKind.EMPHASIS, MarkKind.STRONG, MarkKind.QUOTATION}
    ]
    quoted = [m.group(1) for b in document.prose for m in QUOTED.finditer(b.text)]
    for text in dict.fromkeys((*marked, *quoted)):
        words = text.strip(" “”\"'‘’,.").split()
        if words and len(words) <= LONGEST_TITLE and _titled(words):
            atoms = atoms_of(" ".join(words))
            if atoms and not (len(atoms) == 1 and atoms[0] in SMALL_WORDS):
                yield Term(" ".join(words), TermKind.INFERRED_TITLE, atoms, capital=True)


def _titled(words: list[str]) -> bool:
    return words[0][:1].isupper() and all(
        w[:1].isupper() or w[:1].isdigit() or w.casefold() in SMALL_WORDS for w in words
    )
