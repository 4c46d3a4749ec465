"""repeated_idea: two or more sentences that say one thing in other words.

Titles and names are masked, so that sentences are not alike for naming the film. Likeness is the cosine of
two sentences less the mean cosine of each one's K nearest (CSLS, Conneau et al. 2018): two sentences are one
idea where they are nearer to each other than to the rest of the text. Words that match, the same or others
("legacy", "heritage"), add to it as far as both sentences are made of stock terms, for such a sentence is
repeated more often than one that tells what happens; shared cliché families add to it, too. The finding says
which of these paired the sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from service.detectors import cliche
from service.detectors.alignment import Alignment
from service.detectors.analysis import Analysis, SentenceWords
from service.detectors.encoder import SentenceEncoder, Vectors
from service.detectors.finding import Finding, Level
from service.detectors.lexicon import information
from service.detectors.quotation import quoted
from service.detectors.stock import weights
from service.document import Span

KIND = "repeated_idea"
K = 5
LEAST_CONTENT = 3  # content words: less says too little to say it again
SHARED_FAMILY, FAMILIES = 0.05, 3  # what a shared family adds, and how many count
# What words that match add, for sentences of no less than STOCK; chosen on half of the annotated texts and
# found as good on the other half: docs/score.md tells the figures.
MATCHING, STOCK = 0.8, 1 / 3
SHOULD, MAY = 0.24, 0.19
MOST_SENTENCES = 400  # pairs grow with the square; a longer text is read in stretches of this many


@dataclass(frozen=True, slots=True)
class Thought:
    """A sentence as the detector compares it: masked text, informative stems (`written`: each as the
    sentence has it), cliché families, and the mean stock weight of its content words.
    """

    span: Span
    text: str
    stems: dict[str, float]
    written: dict[str, str]
    families: frozenset[str]
    stock: float

    def told(self) -> dict[str, float]:
        """Return its words with what they tell; of a sentence without stock terms none is asked."""
        return {self.written[s]: tells for s, tells in self.stems.items()} if self.stock else {}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, how surely they are one idea, and the cliché families that both use."""

    first: int
    second: int
    strength: float
    cosine: float
    families: tuple[str, ...]


def find(analysis: Analysis, encoder: SentenceEncoder) -> list[Finding]:
    """Return the repeated ideas, each with all its sentences."""
    thoughts = _thoughts(analysis)
    out: list[Finding] = []
    for start in range(0, len(thoughts), MOST_SENTENCES):
        part = thoughts[start : start + MOST_SENTENCES]
        if len(part) > 2:
            alignment = Alignment([t.told() for t in part], encoder)
            pairs = _pairs(part, encoder.encode([t.text for t in part]), alignment)
            out += [_finding(analysis, part, group, alignment) for group in _groups(pairs)]
    return out


def _thoughts(analysis: Analysis) -> list[Thought]:
    families: dict[int, set[str]] = {}
    for use in cliche.uses(analysis):
        families.setdefault(use.sentence, set()).add(use.entry.family)
    every = (
        _thought(analysis, sentence, frozenset(families.get(number, ())))
        for number, sentence in enumerate(analysis.sentences)
        if not sentence.heading
    )
    return [t for t in every if len(t.stems) >= LEAST_CONTENT]


def _thought(analysis: Analysis, sentence: SentenceWords, families: frozenset[str]) -> Thought:
    known = weights()
    text: list[str] = []
    stems: dict[str, float] = {}
    written: dict[str, str] = {}
    mask = -1
    for word in analysis.words[sentence.start : sentence.end]:
        if not word.masked:
            text.append(word.text)
        elif word.mask != mask:
            text.append("it")
        mask = word.mask
        if word.content and not word.number:
            stems[word.stem] = information(word.stem)
            written[word.stem] = word.text.lower()
    stock = sum(max(0.0, known.get(s, 0.0)) for s in stems) / max(1, len(stems))
    return Thought(sentence.sentence.span, " ".join(text), stems, written, families, stock)


def _pairs(thoughts: Sequence[Thought], vectors: Vectors, alignment: Alignment) -> list[Pair]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    near = np.sort(cosines, axis=1)[:, -min(K, len(thoughts) - 1) :].mean(axis=1)
    margins = cosines - (near[:, None] + near[None, :]) / 2
    stock = np.minimum(1.0, np.array([t.stock for t in thoughts]) / STOCK)
    strengths = margins + MATCHING * alignment.strengths() * np.minimum.outer(stock, stock)
    pairs = []
    for i, j in np.argwhere(np.triu(strengths >= MAY - SHARED_FAMILY * FAMILIES, 1)).tolist():
        families = thoughts[i].families & thoughts[j].families
        strength = float(strengths[i, j]) + SHARED_FAMILY * min(FAMILIES, len(families))
        if strength >= MAY:
            pairs.append(Pair(i, j, strength, float(cosines[i, j]), tuple(sorted(families))))
    return sorted(pairs, key=lambda p: -p.strength)


def _groups(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Return the pairs grouped into ideas: a sentence joins one only if it pairs with all of it."""
    linked = {(p.first, p.second): p for p in pairs}
    groups: list[set[int]] = []
    for pair in pairs:
        members = {pair.first, pair.second}
        if any(members <= g for g in groups):
            continue
        home = next((g for g in groups if g & members and _complete(g | members, linked)), None)
        if home is None:
            groups.append(members)
        else:
            home |= members
    return [[p for (i, j), p in linked.items() if i in g and j in g] for g in groups]


def _complete(members: set[int], linked: dict[tuple[int, int], Pair]) -> bool:
    ordered = sorted(members)
    return all((i, j) in linked for k, i in enumerate(ordered) for j in ordered[k + 1 :])


def _finding(
    analysis: Analysis, thoughts: Sequence[Thought], pairs: Sequence[Pair], alignment: Alignment
) -> Finding:
    best = max(pairs, key=lambda p: p.strength)
    members = sorted({i for p in pairs for i in (p.first, p.second)})
    spans = tuple(thoughts[i].span for i in members)
    shown = quoted(analysis, spans)
    one, other = thoughts[best.first], thoughts[best.second]
    shared = sorted(one.stems.keys() & other.stems.keys(), key=lambda s: -one.stems[s])
    same = {t.written[s] for t in (one, other) for s in shared}
    like = [pair for pair in alignment.matches(best.first, best.second) if same.isdisjoint(pair)]
    reasons = ["near in meaning"]
    if shared:
        reasons.append("sharing " + ", ".join(f"‘{one.written[s]}’" for s in shared[:3]))
    if like:
        reasons.append(", ".join(f"‘{a}’ like ‘{b}’" for a, b in like[:2]))
    if best.families:
        reasons.append("the same cliché: " + ", ".join(cliche.lexicon().says[f] for f in best.families[:2]))
    return Finding(
        KIND,
        f"{len(members)} sentences say one thing in other words: {shown} ({'; '.join(reasons)}).",
        spans,
        Level.SHOULD if best.strength >= SHOULD else Level.MAY,
        {
            "strength": round(best.strength, 3),
            "cosine": round(best.cosine, 3),
            "shared_stems": list(shared),
            "like_words": [list(pair) for pair in like[:5]],
            "shared_families": list(best.families),
        },
    )
