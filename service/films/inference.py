"""The names and titles of a text, inferred from the text alone where no film record is known.

Capitals inside sentences tell a name; a heading whose words come again, quotation marks and emphasis
tell a title; a run of capitals with a number ("Cell No. 7") tells a part of one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from service.document import BlockKind, Document, MarkKind, Sentence, Token, TokenKind
from service.films.vocabulary import SMALL_WORDS, Term, TermKind, atoms_of

QUOTED = re.compile(r"[“\"]([^“”\"\n]{2,80})[”\"]")
WORD, NUMBER, PUNCTUATION = TokenKind.WORD, TokenKind.NUMBER, TokenKind.PUNCTUATION  # fast in a loop
LONGEST_TITLE = 9
NUMBER_MARKS = frozenset({"no", "nr", "vol", "part", "chapter", "episode"})


def infer(document: Document) -> tuple[Term, ...]:
    """Return the titles and names that the text itself shows, titles first."""
    titles = (*_heading_titles(document), *_marked_titles(document))
    runs: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], str] = {}
    inside: set[tuple[str, ...]] = set()
    for sentence in document.sentences:
        if _shouts(sentence):
            continue
        for at_start, tokens in _runs(sentence):
            text = sentence.text[_at(sentence, tokens[0]) : _at(sentence, tokens[-1]) + len(tokens[-1].text)]
            atoms = atoms_of(text)
            if atoms:
                runs[atoms] += 1
                first.setdefault(atoms, text)
                if not at_start:
                    inside.add(atoms)
    names = [a for a in runs if a in inside or (len(a) > 1 and runs[a] > 1)]
    return (*titles, *_unique(names, first))


def _unique(names: list[tuple[str, ...]], first: dict[tuple[str, ...], str]) -> Iterator[Term]:
    for atoms in names:
        if len(atoms) == 1 and (len(atoms[0]) < 2 or atoms[0] in SMALL_WORDS):
            continue
        numbered = any(a.isdigit() for a in atoms) and len(atoms) > 1
        kind = TermKind.INFERRED_TITLE if numbered else TermKind.INFERRED_NAME
        yield Term(first[atoms], kind, atoms, capital=not numbered)


def _at(sentence: Sentence, token: Token) -> int:
    return max(0, sentence.text.find(token.text, max(0, token.span.start - sentence.span.start - 1)))


def _shouts(sentence: Sentence) -> bool:
    """Tell whether most words have capitals, so that a capital says nothing."""
    words = [text for _, text, _, kind in sentence.tokens if kind is WORD]
    return len(words) > 3 and len([w for w in words if w[0].isupper()]) > 0.7 * len(words)


def _runs(sentence: Sentence) -> Iterator[tuple[bool, list[Token]]]:
    """Yield runs of capitalised words, small words and numbers between them, with whether one begins
    the sentence.
    """
    run: list[Token] = []
    pending: list[Token] = []
    start = True
    began = True
    for token in sentence.tokens:
        _, text, folded, kind = token
        if kind is PUNCTUATION:
            if text == "." and run and run[-1].fold in NUMBER_MARKS:
                continue
            if run:
                yield began, run
            run, pending = [], []
            start = start or text in "“\"'‘("
            continue
        capital = text[0].isupper() and kind is WORD and text != "I"
        if capital and not (start and folded in SMALL_WORDS):
            if not run:
                began = start
            run, pending = [*run, *pending, token], []
        elif run and kind is NUMBER and not pending:
            run.append(token)
        elif run and folded in SMALL_WORDS and len(pending) < 2:
            pending.append(token)
        elif run:
            yield began, run
            run, pending = [], []
        start = False
    if run:
        yield began, run


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
