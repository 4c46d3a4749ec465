"""The measures that suites give of their items: name, label, unit, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from service.detectors import DETECTORS
from service.detectors.score import STOCK


class Better(IntEnum):
    """Which way a measure improves; NEITHER: it only describes."""

    LOWER = -1
    NEITHER = 0
    HIGHER = 1


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name in results, what a reader calls it, which way is better, decimals to print, and
    the kinds of finding behind it, which a report leads to.
    """

    name: str
    label: str
    better: Better = Better.NEITHER
    digits: int = 2
    kinds: tuple[str, ...] = ()


REPEATS = (
    "repeated_phrase",
    "repeated_idea",
    "repeated_opening",
    "repeated_structure",
    "restated_opening",
    "overused_word",
)
LOWER, HIGHER = Better.LOWER, Better.HIGHER


def _both(name: str, label: str, better: Better, digits: int) -> tuple[Measure, Measure]:
    """Return a measure of the words as they stand, and of the words with names and titles masked."""
    masked = Measure(f"{name}_masked", f"{label}, names masked", better, digits)
    return Measure(name, label, better, digits), masked


MEASURES: tuple[Measure, ...] = (
    Measure("score", "score, 0–100", HIGHER, 1),
    Measure("percentile", "percentile among human reviews", HIGHER, 1),
    Measure("cliches", "different clichés", LOWER, 2, ("cliche",)),
    Measure("repeats", "repeats", LOWER, 2, REPEATS),
    Measure("repeats_per_1000", "repeats per 1,000 words", LOWER, 2, REPEATS),
    Measure("name_variants", "spellings of one name", LOWER, 2, ("name_variant",)),
    Measure("leaked_instructions", "leaked instructions", LOWER, 2, ("leaked_instruction",)),
    Measure("keyword_stuffing", "stuffed keywords", LOWER, 2, ("keyword_stuffing",)),
    Measure("findings_per_1000", "findings per 1,000 words", LOWER, 2),
    Measure("machine_likeness", "stock vocabulary (likeness to machine copy)", LOWER, 3),
    Measure("sameness", "runs of 4 words shared with others of the set", LOWER, 4),
    Measure("echo", "echo: runs shared with 50 others of the set", LOWER, 4),
    Measure("self_repetition", "self-repetition", LOWER, 2),
    *_both("self_bleu", "self-BLEU with others of the set", LOWER, 3),
    *_both("rouge_l", "ROUGE-L with others of the set", LOWER, 3),
    Measure("words", "words", Better.NEITHER, 0),
    Measure("sentence_words", "words a sentence", Better.NEITHER, 1),
    Measure("lix", "LIX readability", Better.NEITHER, 1),
    Measure("keyphrase_share", "keyphrase, % of the words", Better.NEITHER, 2),
    Measure("keyphrase_within", "keyphrase within its bounds", HIGHER, 2),
    Measure("claims", "claims", Better.NEITHER, 1),
    Measure("supported", "claims supported", HIGHER, 2),
    Measure("contradicted", "claims contradicted", LOWER, 2),
    Measure("unchecked", "claims not in the record", Better.NEITHER, 2),
    Measure("facts_per_100", "supported facts per 100 words", HIGHER, 2),
    Measure("distinct_1", "distinct-1 (windows of 120 words)", HIGHER, 3),
    *_both("distinct_2", "distinct-2", HIGHER, 3),
    *_both("seq_rep_4", "seq-rep-4", LOWER, 4),
    *_both("compression", "compression ratio", LOWER, 3),
    Measure("mtld", "MTLD", HIGHER, 1),
    Measure("mtld_masked", "MTLD, names left out", HIGHER, 1),
    # of an edit
    Measure("score_gain", "gain in score", HIGHER, 1),
    Measure("words_kept", "share of the words kept", Better.NEITHER, 3),
    Measure("edits", "edits made", Better.NEITHER, 1),
    Measure("claims_lost", "claims lost", LOWER, 2),
    # of a draft
    Measure("notes_covered", "share of the notes used", HIGHER, 3),
    Measure("sections", "sections", Better.NEITHER, 1),
    # of checking, detecting, gating
    Measure("right", "right", HIGHER, 3),
    Measure("false_alarm", "supported or open, but called contradicted", LOWER, 3),
    Measure("missed", "contradicted, but not caught", LOWER, 3),
    Measure("recall", "recall", HIGHER, 3),
    Measure("precision", "precision", HIGHER, 3),
    Measure("accepted", "hostile edits let through", LOWER, 3),
    Measure("refused", "faithful edits refused", LOWER, 3),
    # of a judge
    Measure("judge", "judge, 1–5", HIGHER, 2),
    Measure("judge_specific", "judge: specific", HIGHER, 2),
    Measure("judge_coherent", "judge: coherent", HIGHER, 2),
    Measure("judge_in_voice", "judge: in voice", HIGHER, 2),
    Measure("judge_follows_notes", "judge: follows the notes", HIGHER, 2),
    Measure("judge_spread", "judge: range over its seeds", LOWER, 2),
    # of the work
    Measure("seconds", "seconds", LOWER, 3),
    Measure("cost", "US dollars", LOWER, 4),
)
"""Every measure, in the order of a report."""

PART = "part_"  # of the score
PARTS = frozenset({*(d.kind for d in DETECTORS), STOCK})
BY_NAME = {m.name: m for m in MEASURES}


def is_measure(name: str) -> bool:
    """Return whether there is a measure of that name."""
    return name in BY_NAME or (is_part(name) and name.removeprefix(PART) in PARTS)


def is_part(name: str) -> bool:
    """Return whether a measure is a part of the score. The parts share out what a text has lost, so that one
    can grow though nothing was added.
    """
    return name.startswith(PART)


def is_judges(name: str) -> bool:
    """Return whether a measure is a judge's, which counts only where the judge does."""
    return name == "judge" or name.startswith("judge_")


def measure_named(name: str) -> Measure:
    """Return the measure of that name; one that is not registered only describes."""
    if is_part(name):
        kind = name.removeprefix(PART)
        return Measure(name, f"points lost to {kind.replace('_', ' ')}", LOWER, 1, (kind,))
    return BY_NAME.get(name) or Measure(name, name.replace("_", " "))
