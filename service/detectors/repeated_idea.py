"""repeated_idea: two or more sentences that say one thing in other words.

Titles and names are masked, so that sentences are not alike for naming the film. Likeness is the cosine of
two sentences less the mean cosine of each one's K nearest (CSLS, Conneau et al. 2018): two sentences are one
idea where they are nearer to each other than to the rest of the text. Shared informative words and shared
cliché families add to it, and so does an empty vocabulary: a sentence of stock terms is repeated more often
than one that tells what happens. The finding says which of these paired the sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from service.detectors import cliche
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
SHARED_WORDS, SHARED_FAMILY, STOCK = 0.15, 0.05, 0.25
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences and why they were paired."""

    first: int
    second: int
    strength: float
    cosine: float
    words: tuple[str, ...]
    families: tuple[str, ...]


def find(analysis: Analysis, encoder: SentenceEncoder) -> list[Finding]:
    """Return the repeated ideas, each with all its sentences."""
    thoughts = _thoughts(analysis)
    out: list[Finding] = []
    for start in range(0, len(thoughts), MOST_SENTENCES):
        part = thoughts[start : start + MOST_SENTENCES]
        if len(part) > 2:
            pairs = _pairs(part, encoder.encode([t.text for t in part]))
            out += [_finding(analysis, part, group) for group in _groups(pairs)]
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


def _pairs(thoughts: Sequence[Thought], vectors: Vectors) -> list[Pair]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    near = np.sort(cosines, axis=1)[:, -min(K, len(thoughts) - 1) :].mean(axis=1)
    margins = cosines - (near[:, None] + near[None, :]) / 2
    # No pair gains more than 0.55 from words, families and stock together: the others need not be looked at.
    candidates = np.argwhere(np.triu(margins > MAY - 0.55, 1))
    pairs = [
        _pair(thoughts, int(i), int(j), float(margins[i, j]), float(cosines[i, j])) for i, j in candidates
    ]
    return sorted((p for p in pairs if p.strength >= MAY), key=lambda p: -p.strength)


def _pair(thoughts: Sequence[Thought], i: int, j: int, margin: float, cosine: float) -> Pair:
    a, b = thoughts[i], thoughts[j]
    shared = sorted(a.stems.keys() & b.stems.keys(), key=lambda s: -a.stems[s])
    families = a.families & b.families
    told = sum(a.stems[s] for s in shared)
    overlap = told / max(0.5, sqrt(sum(a.stems.values()) * sum(b.stems.values())))
    strength = (
        margin
        + SHARED_WORDS * overlap
        + SHARED_FAMILY * min(3, len(families))
        + STOCK * min(1.0, a.stock, b.stock)
    )
    return Pair(i, j, strength, cosine, tuple(shared), tuple(sorted(families)))


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


def _finding(analysis: Analysis, thoughts: Sequence[Thought], pairs: Sequence[Pair]) -> Finding:
    best = max(pairs, key=lambda p: p.strength)
    members = sorted({i for p in pairs for i in (p.first, p.second)})
    spans = tuple(thoughts[i].span for i in members)
    shown = quoted(analysis, spans)
    reasons = ["near in meaning"]
    if best.words:
        words = [thoughts[best.first].written[stem] for stem in best.words[:3]]
        reasons.append("sharing " + ", ".join(f"‘{w}’" for w in words))
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
            "shared_stems": list(best.words),
            "shared_families": list(best.families),
        },
    )
