"""The words that belong to a film: titles and names as atoms, found in a text token by token.

An atom is a folded word without hyphens, possessives and punctuation, so that "No. 7" and "No 7",
"Yong-gu", "Yong gu" and "Yong-gu's" are the same atoms. Where no film is known, the names and the
title are inferred from the text itself (`service.films.inference`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from service.document import fold
from service.films.film import Film

PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
POSSESSIVE = re.compile(r"(?:'s|'|s')$")
ARTICLES = frozenset({"the", "a", "an"})
# Words that stand inside titles and names without a capital: articles, prepositions, conjunctions, particles.
SMALL_WORDS = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "vs",
    }
    | {"de", "del", "der", "di", "du", "e", "la", "le", "van", "von", "y"}
)
SUBTITLE = re.compile(r"\s*(?::|\s[-–—]\s)\s*")
NICKNAME_MARKS = "\"“”'‘’"
CREDIT_NOTE = re.compile(r"\s*[(\[].*?[)\]]")
ALTERNATIVES = re.compile(r"\s+/\s+|;\s+|\s+aka\s+", re.I)


class TermKind(StrEnum):
    """What a term of the vocabulary names."""

    TITLE = "title"
    PERSON = "person"
    CHARACTER = "character"
    COMPANY = "company"
    TERM = "term"
    INFERRED_TITLE = "inferred_title"
    INFERRED_NAME = "inferred_name"


TITLE_KINDS = frozenset({TermKind.TITLE, TermKind.INFERRED_TITLE})


@dataclass(frozen=True, slots=True)
class Term:
    """A name or title: `text` as recorded or first seen, `atoms` as it is looked for, and whether a
    capital letter is needed to tell it from an ordinary word.
    """

    text: str
    kind: TermKind
    atoms: tuple[str, ...]
    capital: bool = False


class Match(NamedTuple):
    """A term at the atoms `[start, end)`."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms, and an index from each term's first atom to the terms, the longest first."""

    terms: tuple[Term, ...]
    index: Mapping[str, tuple[Term, ...]] = field(repr=False, default_factory=lambda: MappingProxyType({}))

    @property
    def titles(self) -> tuple[Term, ...]:
        """Return the terms that are titles of the film, or of a part of its title."""
        return tuple(t for t in self.terms if t.kind in TITLE_KINDS)

    def find(self, atoms: Sequence[str], capitals: Sequence[bool]) -> list[Match]:
        """Return the leftmost longest matches in order; `capitals` says which atoms begin with one."""
        out: list[Match] = []
        index, after = self.index, 0
        for i, atom in enumerate(atoms):
            if atom not in index or i < after:
                continue
            for term in index[atom]:
                if _stands(term, atoms, capitals, i, i + len(term.atoms)):
                    after = i + len(term.atoms)
                    out.append(Match(i, after, term))
                    break
        return out


def _stands(term: Term, atoms: Sequence[str], capitals: Sequence[bool], start: int, end: int) -> bool:
    if tuple(atoms[start:end]) != term.atoms:
        return False
    return not term.capital or any(
        capitals[k] for k in range(start, end) if atoms[k] not in SMALL_WORDS or end == start + 1
    )


def atoms_of(text: str) -> tuple[str, ...]:
    """Return the atoms of `text`.

    >>> atoms_of("Yong-gu’s Miracle in Cell No. 7")
    ('yong', 'gu', 'miracle', 'in', 'cell', 'no', '7')
    """
    return tuple(a for a in (strip_possessive(p) for p in PIECE.findall(fold(text))) if a)


@lru_cache(maxsize=65536)
def pieces(folded: str) -> tuple[str, ...]:
    """Return the atoms of a folded token: its parts around hyphens, without possessives."""
    return tuple(a for a in map(strip_possessive, PIECE.findall(folded)) if a)


def strip_possessive(folded: str) -> str:
    """Return the folded word without its possessive ending."""
    if not folded.endswith(("'s", "'")):
        return folded
    return folded[:-2] if folded.endswith("'s") else folded[:-1]


def vocabulary(film: Film | None, terms: Iterable[str] = (), inferred: Iterable[Term] = ()) -> Vocabulary:
    """Return the vocabulary of `film`, further `terms`, and terms inferred from a text."""
    every: list[Term] = []
    if film is not None:
        titles = (*film.titles, *(r.title for r in film.related), *(w.work for w in film.based_on))
        companies = (*film.production_companies, *film.distributors)
        aliases = tuple(alias for names in film.aliases.values() for alias in names)
        every += _film_terms(titles, film.people, film.characters, companies, aliases)
    every += [term for text in terms for term in _terms(text, TermKind.TERM)]
    return index_of((*every, *inferred))


def index_of(terms: Iterable[Term]) -> Vocabulary:
    """Return the vocabulary of `terms`; of terms with the same atoms the first is kept."""
    kept: dict[tuple[str, ...], Term] = {}
    for term in terms:
        kept.setdefault(term.atoms, term)
    index: dict[str, list[Term]] = {}
    for term in kept.values():
        index.setdefault(term.atoms[0], []).append(term)
    ordered = {k: tuple(sorted(v, key=lambda t: -len(t.atoms))) for k, v in index.items()}
    return Vocabulary(tuple(kept.values()), MappingProxyType(ordered))


@lru_cache(maxsize=256)
def _film_terms(
    titles: tuple[str, ...],
    people: tuple[str, ...],
    characters: tuple[str, ...],
    companies: tuple[str, ...],
    aliases: tuple[str, ...],
) -> tuple[Term, ...]:
    out = [t for title in titles for t in _title_terms(title)]
    out += [t for name in people for t in person_terms(name, TermKind.PERSON)]
    out += [t for name in characters for t in person_terms(name, TermKind.CHARACTER)]
    out += [t for name in companies for t in _terms(name, TermKind.COMPANY)]
    return (*out, *(t for name in aliases for t in _terms(name, TermKind.TERM)))


def _title_terms(title: str) -> list[Term]:
    """Return the title, its parts around a colon or dash, and the title without its article."""
    parts = [title, *SUBTITLE.split(title)] if SUBTITLE.search(title) else [title]
    out = [t for part in parts for t in _terms(part, TermKind.TITLE)]
    for term in tuple(out):
        if term.atoms[0] in ARTICLES and len(term.atoms) > 1:
            out += _terms(term.text.split(maxsplit=1)[-1], TermKind.TITLE)
    return out


def person_terms(name: str, kind: TermKind) -> list[Term]:
    """Return a person's full name and, told by a capital, each part of it that can stand alone."""
    out: list[Term] = []
    for alternative in ALTERNATIVES.split(CREDIT_NOTE.sub("", name)):
        out += _terms(alternative, kind)
        parts = [stripped for part in alternative.split() if (stripped := part.strip(NICKNAME_MARKS))]
        for part in parts if len(parts) > 1 else ():
            atoms = atoms_of(part)
            if atoms and len("".join(atoms)) > 2 and atoms[0] not in SMALL_WORDS and part[0].isupper():
                out.append(Term(part, kind, atoms, capital=len(atoms) == 1))
    return out


def _terms(text: str, kind: TermKind) -> list[Term]:
    atoms = atoms_of(text)
    if not atoms or (len(atoms) == 1 and (len(atoms[0]) < 2 or atoms[0] in SMALL_WORDS)):
        return []
    plain = len(atoms) < 3 and not any(a.isdigit() for a in atoms)
    return [Term(text, kind, atoms, capital=plain)]
