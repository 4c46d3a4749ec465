"""The checks of one proposed sentence. Each says what is wrong, for the writer and for the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from service.detectors import DETECTORS, Subject, analyse
from service.facts import Verdict
from service.reviews import ReviewSentence
from service.writing.draft import assertions
from service.writing.draft.grounds import FIELD, Grounds
from service.writing.draft.words import content_of, judged, language_of

LONGEST = 70  # words of one sentence
SAME = 88  # of 100: likeness from which two sentences say the same
SHARED = 0.7  # and the least share of the words of both that such sentences have in common
HELD = 0.4  # least share of a sentence's words, names and grammar aside, that its sources must hold
HELD_OF_RECORD = 0.6  # the same where it rests on fields alone: there is no experience behind it
FEW = 3  # words below which a share means little
MARKUP = re.compile(r"[<>\[\]{}|`#*_]|https?://|^\s*(?:[-•]|\d+[.)])\s")
END = re.compile(r"[.!?…][\"'”’»)]*$")
TALK = frozenset(
    {"film", "movi", "pictur", "stori", "charact"}
)  # stems of words for the film itself and its parts
BANNED = frozenset({"cliche", "leaked_instruction"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence as it may stand (sources put right) and the reasons why it may not; none: it may."""

    sentence: ReviewSentence
    reasons: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence is to stand: the notes of its section, and what the review says before it."""

    notes: frozenset[str]
    said: tuple[ReviewSentence, ...] = ()


def checked(sentence: ReviewSentence, place: Place, grounds: Grounds) -> Checked:
    """Return `sentence` with its sources put right, and everything that is wrong with it."""
    text = tidied(sentence.text)
    sources = tuple(dict.fromkeys(s for s in sentence.sources if grounds.has(s)))
    unknown = [s for s in sentence.sources if not grounds.has(s)]
    sentence = ReviewSentence(text, sources)
    if not text:
        return Checked(sentence, ("It is empty.",))
    if not sources:
        named = f" ({', '.join(unknown[:3])})" if unknown else ""
        return Checked(sentence, (f"It names no note and no field that exists{named}.",))
    found = assertions.against(text, sources, grounds)
    sentence = replace(sentence, sources=(*sources, *(m for m in found.more_sources if m not in sources)))
    reasons = [reason for one in CHECKS for reason in one(sentence, place, grounds)]
    return Checked(sentence, (*reasons, *found.reasons))


def against_own_words(sentence: ReviewSentence, place: Place, grounds: Grounds) -> tuple[str, ...]:
    """Return what is wrong with a note's own words: they may say anything but what the record
    contradicts, what is said already, and another language.
    """
    return tuple(reason for one in OWN_CHECKS for reason in one(sentence, place, grounds))


def tidied(text: str) -> str:
    """Return `text` on one line, with an end."""
    line = " ".join(text.split())
    return line if not line or END.search(line) else f"{line.rstrip(',;:—–- ')}."


def form(sentence: ReviewSentence, _: Place, grounds: Grounds) -> list[str]:
    """Ask for one sentence of plain words."""
    text = sentence.text
    reasons = []
    if len(text.split()) > LONGEST:
        reasons.append(f"It has {len(text.split())} words; {LONGEST} are the most.")
    if found := MARKUP.search(text):
        titles = " ".join(grounds.film.titles)
        if found.group() not in titles:
            reasons.append(f"It holds markup ({found.group().strip()}).")
    return reasons


def tongue(sentence: ReviewSentence, _: Place, grounds: Grounds) -> list[str]:
    """Ask for the language of the draft."""
    found = language_of(sentence.text)
    return ["It is not in the language asked for."] if found and found != grounds.language else []


def place_of(sentence: ReviewSentence, place: Place, _: Grounds) -> list[str]:
    """Refuse a note that is told in another section."""
    notes = [s for s in sentence.sources if not s.startswith(FIELD)]
    if notes and not any(n in place.notes for n in notes):
        return [f"{', '.join(notes)} belongs to another section and is told there."]
    return []


def repeats(sentence: ReviewSentence, place: Place, grounds: Grounds) -> list[str]:
    """Refuse what is said already."""
    text = sentence.text.casefold()
    for other in place.said:
        if fuzz.token_sort_ratio(text, other.text.casefold()) >= SAME and _same_words(
            sentence, other, grounds
        ):
            return ["The review has said so already."]
    return []


def _same_words(one: ReviewSentence, other: ReviewSentence, grounds: Grounds) -> bool:
    """Tell whether two sentences share most of their words, and all numbers and names: two scenes told in
    one form are two things.
    """
    a, b = (frozenset(content_of(s.text, grounds.language)) for s in (one, other))
    apart = a ^ b
    telling = any(not s.isalpha() or s in grounds.vocabulary for s in apart)
    return not telling and len(a & b) >= SHARED * len(a | b)


def facts(sentence: ReviewSentence, _: Place, grounds: Grounds) -> list[str]:
    """Refuse what the record contradicts."""
    return [c.reason for c in grounds.claims(sentence.text) if c.verdict is Verdict.CONTRADICTED]


def stock(sentence: ReviewSentence, _: Place, grounds: Grounds) -> list[str]:
    """Refuse stock phrases, unless they are the writer's own."""
    own = " ".join(grounds.texts(sentence.sources)).casefold()
    analysis = analyse(grounds.document(sentence.text), Subject(film=grounds.film))
    findings = [f for detector in DETECTORS if detector.kind in BANNED for f in detector(analysis)]
    worded = [(f, f.spans[0].of(sentence.text)) for f in findings]
    return [f"“{words}” is a stock phrase: {f.message}" for f, words in worded if words.casefold() not in own]


def held(sentence: ReviewSentence, _: Place, grounds: Grounds) -> list[str]:
    """Ask for words from the notes and fields named, or from the film's names."""
    if grounds.translated or grounds.language != "en":
        return []
    share, words = support(sentence, grounds)
    least = HELD_OF_RECORD if _of_record(sentence) else HELD
    if words >= FEW and share < least:
        return [f"Only {share:.0%} of its words come from what it names: it says more than that says."]
    return []


def support(sentence: ReviewSentence, grounds: Grounds) -> tuple[float, int]:
    """Return the share of a sentence's words, names and grammar aside, that its sources hold, and how
    many such words there are.
    """
    aside = grounds.vocabulary | TALK
    stems = [s for s in content_of(sentence.text, grounds.language) if s not in aside]
    own = grounds.content(sentence.sources)
    return (sum(s in own for s in stems) / len(stems) if stems else 1.0), len(stems)


def judgement(sentence: ReviewSentence, _: Place, grounds: Grounds) -> list[str]:
    """Refuse praise or blame that does not come from a note; the record never judges."""
    if grounds.translated or grounds.language != "en":
        return []
    notes = [grounds.text(s) for s in sentence.sources if s in grounds.notes]
    given = judged(" ".join(notes)) if notes else {}
    sides = set(given.values())
    new = [word for word, side in judged(sentence.text).items() if word not in given and side not in sides]
    return [
        f"“{word}” judges, and its sources make no such judgement."
        for word in new
        if not _named(word, grounds)
    ]


def _named(word: str, grounds: Grounds) -> bool:
    """Tell whether a judging word stands in the record, as in the name of a prize."""
    return bool(grounds.holders(frozenset({word})))


def _of_record(sentence: ReviewSentence) -> bool:
    return all(s.startswith(FIELD) for s in sentence.sources)


Check = Callable[[ReviewSentence, Place, Grounds], Sequence[str]]
CHECKS: tuple[Check, ...] = (form, tongue, place_of, repeats, facts, stock, held, judgement)
OWN_CHECKS: tuple[Check, ...] = (tongue, repeats, facts)
