"""One sentence, read once for all claim kinds.

A `Reading` holds the *skeleton*: the sentence folded, single-spaced, with what refers to the film
written as `⟦f0⟧` and every capitalised or recorded name as `⟦n1⟧`. Claim kinds are patterns over
skeletons, so that "Miracle in Cell No. 7 was directed by Lee Hwan-kyung" and "It was directed by
Jane Doe" are one construction: `⟦f0⟧ was directed by ⟦n1⟧`. The skeleton leads back to the
sentence's visible text and from there to the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import TypeVar, TypeVarTuple, cast

from service.document import Sentence, Span
from service.facts.in_view import NOTHING, InView
from service.facts.lexicon import Lexicon
from service.facts.mentions import Mention, MentionKind, find_mentions
from service.facts.scope import HAD, NEGATION, REACH, clause_bounds, is_earlier, is_hedged, is_negated
from service.facts.tokens import Word, words_of
from service.films import Film

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
FILM = r"⟦f\d+⟧"
NAME = r"⟦n\d+⟧"
OTHER = r"⟦o\d+⟧"
TAG = re.compile(r"⟦([fno])(\d+)⟧")
POSSESSIVE = r"(?:'s|'(?!\w))"


class Mood(StrEnum):
    """Whether a sentence asserts. Only a statement makes claims."""

    STATEMENT = "statement"
    QUESTION = "question"
    CONDITION = "condition"


CONDITION = re.compile(
    r"^(?:if|unless|imagine|suppose|picture|what if)\b"
    r"|\b(?:would|could|might|should|must|ought to) have been\b"
)


@dataclass(frozen=True)
class Reading:
    """A sentence as claim kinds see it. Offsets named `at` are of the skeleton."""

    sentence: Sentence
    film: Film
    lexicon: Lexicon
    view: InView
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    skeleton: str
    _starts: tuple[int, ...] = field(repr=False)
    _pieces: tuple[tuple[int, int], ...] = field(repr=False)  # the words [i, j) of each piece
    _memo: dict[tuple[object, ...], object] = field(default_factory=dict, repr=False)

    def once(self, parse: Callable[[Reading, *Ts], T], *args: *Ts) -> T:
        """Return `parse(self, *args)`, worked out once however many kinds ask for it."""
        key = (parse, *args)
        if key not in self._memo:
            self._memo[key] = parse(self, *args)
        return cast(T, self._memo[key])

    def word_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of words that the skeleton's `[start, end)` stands for."""
        while end > start and self.skeleton[end - 1] == " ":
            end -= 1
        while start < end and self.skeleton[start] == " ":
            start += 1
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return self._pieces[first][0], self._pieces[last][1]

    def visible(self, start: int, end: int) -> tuple[int, int]:
        """Return the visible offsets in the sentence's text of the skeleton's `[start, end)`."""
        i, j = self.word_range(start, end)
        return self.words[i].start, self.words[j - 1].end

    def place(self, start: int, end: int) -> tuple[Span, str]:
        """Return the source span of the skeleton's `[start, end)` and its visible text."""
        i, j = self.visible(start, end)
        return self.sentence.source_span(i, j), self.sentence.text[i:j]

    def span(self, start: int, end: int) -> Span:
        """Return the source span of the skeleton's `[start, end)`."""
        return self.sentence.source_span(*self.visible(start, end))

    def text(self, start: int, end: int) -> str:
        """Return the visible text of the skeleton's `[start, end)`."""
        i, j = self.visible(start, end)
        return self.sentence.text[i:j]

    def mention(self, tag: str) -> Mention:
        """Return the mention that the tag `⟦n1⟧` stands for."""
        return self.mentions[int(tag[2:-1])]

    def standing_at(self, start: int, end: int) -> Mention | None:
        """Return the mention that `[start, end)` is, where its words stand for a name (a pronoun)."""
        tag = TAG.fullmatch(self.skeleton, start, end)
        m = None if tag is None else self.mentions[int(tag.group(2))]
        return m if m is not None and m.stands_for else None

    @cached_property
    def folds(self) -> frozenset[str]:
        """Return the folded words of the sentence."""
        return frozenset(w.fold for w in self.words)

    def has_any(self, words: frozenset[str]) -> bool:
        """Tell whether any of the folded `words` stands in the sentence: a cheap test to make before a
        pattern that can't match without one of them.
        """
        return not self.folds.isdisjoint(words)

    @cached_property
    def mood(self) -> Mood:
        """Return whether the sentence asserts anything."""
        if self.sentence.text.rstrip("\"'”’ ").endswith("?"):
            return Mood.QUESTION
        return Mood.CONDITION if CONDITION.search(self.skeleton) else Mood.STATEMENT

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """Return where clauses begin in the skeleton, in order, the first at 0."""
        return clause_bounds(self.skeleton)

    def clause(self, at: int) -> tuple[int, int]:
        """Return the range of the clause in which `at` stands."""
        i = bisect_right(self.clauses, at) - 1
        end = self.clauses[i + 1] if i + 1 < len(self.clauses) else len(self.skeleton)
        return self.clauses[i], end

    def negated(self, start: int, end: int, *, reach: int = REACH) -> bool:
        """Tell whether a negation in its clause, at most `reach` words before, bears on `[start, end)`."""
        return self.denies and is_negated(self.skeleton, self.clause(start), start, end, reach=reach)

    @cached_property
    def denies(self) -> bool:
        """Return whether any negation stands in the sentence."""
        return NEGATION.search(self.skeleton) is not None

    def earlier(self, at: int) -> bool:
        """Tell whether the clause around `at` says what had not been done before the film."""
        return self.has_any(HAD) and is_earlier(self.skeleton, self.clause(at))

    def hedged(self, at: int) -> bool:
        """Tell whether the clause around `at` reports, plans or supposes."""
        return is_hedged(self.skeleton, self.clause(at))


def about(reading: Reading, film: Film, lexicon: Lexicon) -> Reading:
    """Return the reading of the same sentence for another version of its film's record.

    The words are read anew only where the version has other titles or names.
    """
    same = reading.lexicon.titles == lexicon.titles and reading.lexicon.names == lexicon.names
    if not same:
        return read(reading.sentence, lexicon, reading.view)
    return replace(reading, film=film, lexicon=lexicon, _memo={})


def read(sentence: Sentence, lexicon: Lexicon, view: InView = NOTHING) -> Reading:
    """Return the reading of `sentence` for the film of `lexicon`, with what the text before left in view."""
    words = words_of(sentence.text)
    mentions = find_mentions(words, lexicon, view)
    skeleton, starts, pieces = _write(words, mentions)
    return Reading(sentence, lexicon.film, lexicon, view, tuple(words), mentions, skeleton, starts, pieces)


def _write(
    words: list[Word], mentions: tuple[Mention, ...]
) -> tuple[str, tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return the skeleton, where each of its pieces starts in it, and the words `[i, j)` of each piece."""
    tags, ends = _tags(mentions)
    inner = {i for start, end in ends.items() for i in range(start + 1, end)}
    firsts = [i for i in range(len(words)) if i not in inner] if inner else range(len(words))
    pieces = [tags[i] if i in tags else words[i].fold for i in firsts]
    spaced = [f" {p}" if words[i].gap else p for i, p in zip(firsts, pieces, strict=True)]
    if spaced:
        spaced[0] = pieces[0]
    reached = accumulate(map(len, spaced))
    starts = tuple(end - len(p) for end, p in zip(reached, pieces, strict=True))
    return "".join(spaced), starts, tuple((i, ends.get(i, i + 1)) for i in firsts)


def _tags(mentions: tuple[Mention, ...]) -> tuple[dict[int, str], dict[int, int]]:
    """Return what the skeleton writes for the mentions at each word, and where their words end."""
    tags: dict[int, str] = {}
    for k, m in enumerate(mentions):
        tag = f"⟦{m.kind.value}{k}⟧" + ("'s" if m.possessive else "")
        tags[m.start] = f"{tags[m.start]} and {tag}" if m.start in tags else tag
    return tags, {m.start: m.end for m in mentions}


__all__ = ["FILM", "NAME", "OTHER", "POSSESSIVE", "TAG", "MentionKind", "Mood", "Reading", "read"]
