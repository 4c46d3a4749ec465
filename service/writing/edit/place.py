"""A sentence as the operations see it: its words with their tags, what was found in it, where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from service.detectors import Finding, Level
from service.document import Block, Document, Edit, Operation, Sentence, Span
from service.gates.ledger.reading import Reading, read
from service.gates.ledger.tagging import tags
from service.gates.ledger.tokens import Word, split_words
from service.gates.ledger.words import is_function
from service.gates.ledger.words import words as ledger_words

EMPTY = frozenset(["cliche", "leaked_instruction"])  # kinds of findings whose words say nothing
REPEATS = frozenset(["repeated_phrase", "repeated_idea", "restated_opening"])  # whose words stand elsewhere


@dataclass(frozen=True, slots=True)
class Target:
    """A flagged stretch of a sentence's visible text that may be mended; `frozen` where the plan
    says that this occurrence stays.
    """

    finding: Finding
    start: int
    end: int
    weight: float
    frozen: bool = False


@dataclass(frozen=True)
class Place:
    """A sentence with its block, the blocks `around` that, and its targets; `price` is how dear its words
    are, `named` holds those of the `titles` that running text before it names.
    """

    document: Document
    block: Block
    index: int
    targets: tuple[Target, ...]
    known: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    price: float = 1.0
    around: tuple[Block | None, Block | None] = (None, None)
    named: frozenset[str] = frozenset()

    @property
    def sentence(self) -> Sentence:
        """Return the sentence itself."""
        return self.block.sentences[self.index]

    @property
    def text(self) -> str:
        """Return the sentence's visible text."""
        return self.sentence.text

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Return the words with their offsets in `text`."""
        return split_words(self.text)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Return a tag `UPOS|Form` for each word."""
        return masked_tags(self.words, self.masks)

    @cached_property
    def masks(self) -> tuple[tuple[int, int], ...]:
        """Return the stretches of `text` that are one title or name of several words."""
        return mask_spans(self.text, self.reading, self.titles)

    @cached_property
    def masked_texts(self) -> tuple[str, ...]:
        """Return the titles and names of several words that the sentence holds."""
        return tuple(dict.fromkeys(self.text[a:b] for a, b in self.masks))

    @cached_property
    def reading(self) -> Reading:
        """Return what the sentence asserts."""
        return read(self.text, self.known)

    @property
    def preceding(self) -> str:
        """Return the text of the sentence before in the paragraph, or nothing."""
        return self.block.sentences[self.index - 1].text if self.index else ""

    @property
    def following(self) -> str:
        """Return the text of the next sentence in the paragraph, or nothing."""
        later = self.block.sentences[self.index + 1 : self.index + 2]
        return later[0].text if later else ""

    @cached_property
    def open_targets(self) -> tuple[Target, ...]:
        """Return the targets that may be mended here."""
        return tuple(t for t in self.targets if not t.frozen)

    def flagged(self, start: int, end: int) -> bool:
        """Tell whether an open target shares a character with `text[start:end]`."""
        return any(t.start < end and start < t.end for t in self.open_targets)

    def hackneyed(self, start: int, end: int) -> bool:
        """Tell whether an open target that is a stock phrase shares a character with `text[start:end]`."""
        return any(t.start < end and start < t.end and t.finding.kind in EMPTY for t in self.open_targets)

    def emptiness(self, start: int, end: int) -> float:
        """Return the share of the content words of `text[start:end]` that say nothing, or nothing that does
        not stand elsewhere: those of stock phrases and of repeats, praise, and talk about any film.
        """
        content = self._content(start, end)
        said = sum(
            w.fold in praise()
            or w.fold in ledger_words("talk.txt")
            or any(t.start <= w.start and w.end <= t.end for t in self.open_targets if empties(t))
            for w in content
        )
        return said / len(content) if content else 1.0

    def hollow(self, start: int, end: int) -> float:
        """Return the share of the content words of `text[start:end]` that praise or stand in a stock phrase
        which goes with them.
        """
        content = self._content(start, end)
        inside = [
            t for t in self.open_targets if t.finding.kind in EMPTY and start <= t.start and t.end <= end
        ]
        said = sum(
            w.fold in praise() or any(t.start <= w.start and w.end <= t.end for t in inside) for w in content
        )
        return said / len(content) if content else 1.0

    def _content(self, start: int, end: int) -> list[Word]:
        return [w for w in self.words if start <= w.start and w.end <= end and not is_function(w.fold)]

    def tag(self, i: int) -> str:
        """Return the part of speech of word `i`; empty outside the sentence."""
        return self.tags[i].partition("|")[0] if 0 <= i < len(self.tags) else ""

    def form(self, i: int) -> str:
        """Return the verb form of word `i`."""
        return self.tags[i].partition("|")[2] if 0 <= i < len(self.tags) else ""

    def fold(self, i: int) -> str:
        """Return the folded word `i`; empty outside the sentence."""
        return self.words[i].fold if 0 <= i < len(self.words) else ""


def empties(target: Target) -> bool:
    """Tell whether the words of the target say nothing, or nothing new: not that they stand too often."""
    return target.finding.kind in EMPTY | REPEATS


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of the room's list `name`, white space between them."""
    text = (files("service.writing.edit") / "data" / name).read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def praise() -> frozenset[str]:
    """Return the adjectives that praise or label and say nothing that can be checked."""
    return listed("praise.txt")


STAND_IN = "Maria"  # a name that the tagger knows


def mask_spans(text: str, reading: Reading, titles: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where titles and names of several words stand, without overlaps, in order."""
    spans = [(e.start, e.end) for e in reading.entries if e.kind in {"name", "title"}]
    for title in titles:
        spans += [m.span() for m in re.finditer(re.escape(title), text)]
    kept: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if not any(span[0] < e and s < span[1] for s, e in kept):
            kept.append(span)
    return tuple(sorted(kept))


def masked_tags(words: Sequence[Word], masks: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return a tag for each word, every masked stretch tagged as one proper noun."""
    fed: list[str] = []
    owner: list[int] = []
    last = -1
    for w in words:
        mask = next((k for k, (s, e) in enumerate(masks) if s <= w.start < e), -1)
        if mask < 0 or mask != last:
            fed.append(w.text if mask < 0 else STAND_IN)
        owner.append(len(fed) - 1)
        last = mask
    found = _nouns(fed, tags(fed))
    return tuple(
        "PROPN|-" if fed[k] == STAND_IN and w.text != STAND_IN else found[k]
        for w, k in zip(words, owner, strict=True)
    )


NOUNS = frozenset(["narrative", "classic", "subject", "original"])  # adjectives to the tagger


def _nouns(words: Sequence[str], tagged: Sequence[str]) -> list[str]:
    """Return the tags, a word that is a noun unless one follows tagged as such."""
    later = [*tagged[1:], ""]
    return [
        "NOUN|-" if w.lower() in NOUNS and t.startswith("ADJ") and not n.startswith(("NOUN", "ADJ")) else t
        for w, t, n in zip(words, tagged, later, strict=True)
    ]


def shown_masked(text: str, masked: Sequence[str]) -> str:
    """Return `text` with each of the masked titles and names as one stand-in."""
    for name in sorted(masked, key=len, reverse=True):
        text = text.replace(name, STAND_IN)
    return text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A new text for a sentence (empty to drop it), proposed by the operation `origin`.

    `roughness` is how much an editor would rather not do it, in words of text lost.
    """

    text: str
    operation: Operation
    origin: str
    reason: str
    roughness: float = 0.0
    span: Span | None = None
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An edit that stands for trial, with what it would gain and cost."""

    edit: Edit
    gain: float
    cost: float

    @property
    def worth(self) -> float:
        """Return the gain less the cost."""
        return self.gain - self.cost


LEVELS = {Level.MUST: 3.0, Level.SHOULD: 1.6, Level.MAY: 0.5}


def weight(finding: Finding) -> float:
    """Return how much an editor wants an occurrence of the finding gone."""
    return LEVELS[finding.level]


def answered(targets: Iterable[Target]) -> tuple[str, ...]:
    """Return the ids of the targets' findings."""
    return tuple(dict.fromkeys(t.finding.id for t in targets))
