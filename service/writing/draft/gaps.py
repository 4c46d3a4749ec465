"""The pieces of a section: sentences that stand, and the gaps where they don't, mended once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from service.document import parse
from service.reviews import ReviewSentence, SectionName
from service.writing.draft.asks import Mended, Mends, WrittenSection
from service.writing.draft.assertions import LOST, negates
from service.writing.draft.checks import Checked, Place, against_own_words, checked
from service.writing.draft.grounds import FIELD, Grounds
from service.writing.draft.plain import sentence_of
from service.writing.draft.result import Outcome, Step

UNUSED = "No sentence uses it yet."


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence in its paragraph, and what became of it."""

    paragraph: int
    sentence: ReviewSentence
    outcome: Outcome = Outcome.KEPT
    proposed: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Tell whether the sentence is part of the review."""
        return self.outcome in (Outcome.KEPT, Outcome.MENDED, Outcome.OWN_WORDS)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the ids of the notes that the sentence rests on."""
        return tuple(s for s in self.sentence.sources if not s.startswith(FIELD))

    def dropped(self, reason: str) -> Piece:
        """Return the piece, taken out for `reason`."""
        return replace(
            self,
            outcome=Outcome.DROPPED,
            proposed=self.proposed or self.sentence.text,
            reasons=(*self.reasons, reason),
        )

    def step(self, section: SectionName) -> Step:
        """Return the trail's line on this piece."""
        text = self.sentence.text if self.stands else ""
        proposed = self.proposed or (self.sentence.text if self.outcome is Outcome.KEPT else "")
        return Step(self.outcome, section, proposed, text, self.sentence.sources, self.reasons)


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where a sentence is wanted: number `number`, in paragraph `paragraph`, after piece `after`.

    `text` is what failed there (empty where notes are used nowhere), `reasons` why.
    """

    number: int
    paragraph: int
    after: int
    text: str
    notes: tuple[str, ...]
    facts: tuple[str, ...]
    reasons: tuple[str, ...]


def pieces_of(written: WrittenSection, place: Place, grounds: Grounds) -> tuple[Piece, ...]:
    """Return the sentences of the model's section, each checked against those before it."""
    pieces: list[Piece] = []
    said = place.said
    for number, paragraph in enumerate(written.paragraphs):
        for proposed in paragraph.sentences:
            texts = _sentences(proposed.text, grounds)
            for text in texts:
                sentence = ReviewSentence(text, tuple(proposed.sources))
                result = checked(sentence, replace(place, said=said), grounds)
                if len(texts) > 1 and any(negates(t) for t in texts):  # one of them keeps the note's negation
                    result = replace(result, reasons=tuple(r for r in result.reasons if r != LOST))
                pieces.append(_piece(number, result, proposed.text))
                said = (*said, result.sentence) if result.sound else said
    return tuple(pieces)


def _piece(paragraph: int, result: Checked, proposed: str) -> Piece:
    outcome = Outcome.KEPT if result.sound else Outcome.DROPPED
    return Piece(paragraph, result.sentence, outcome, proposed, result.reasons)


def _sentences(text: str, grounds: Grounds) -> list[str]:
    """Return the sentences of what was proposed as one."""
    line = " ".join(text.split())
    found = [s.text for s in parse(line, titles=grounds.film.titles).sentences] if line else []
    return found if len(found) > 1 and "".join("".join(found).split()) == "".join(line.split()) else [line]


def gaps_of(pieces: Sequence[Piece], notes: Sequence[str], failure: str = "") -> tuple[Gap, ...]:
    """Return the gaps: one for each sentence that failed, and one for each note that no sentence uses."""
    gaps = [
        Gap(
            number,
            piece.paragraph,
            at,
            piece.sentence.text,
            piece.notes,
            tuple(s for s in piece.sentence.sources if s.startswith(FIELD)),
            piece.reasons,
        )
        for number, (at, piece) in enumerate(((i, p) for i, p in enumerate(pieces) if not p.stands), 1)
    ]
    named = {n for p in pieces for n in p.notes}
    last = max((p.paragraph for p in pieces), default=0)
    reason = (failure,) if failure else (UNUSED,)
    for note in (n for n in notes if n not in named):
        gaps.append(Gap(len(gaps) + 1, last, len(pieces), "", (note,), (), reason))
    return tuple(gaps)


def mend(
    pieces: Sequence[Piece], gaps: Sequence[Gap], mends: Mends | None, place: Place, grounds: Grounds
) -> tuple[Piece, ...]:
    """Return the pieces with each gap filled: by the model's second sentence where that is sound, else by
    the own words of the notes that would be lost, else left out.
    """
    second = {m.number: m for m in mends.sentences} if mends else {}
    filled: dict[int, list[Piece]] = {}
    standing = [p for p in pieces if p.stands]
    for gap in gaps:
        now = replace(place, said=(*place.said, *(p.sentence for p in standing)))
        result = _again(gap, second.get(gap.number), now, grounds)
        if result is not None and result.sound:
            new = [Piece(gap.paragraph, result.sentence, Outcome.MENDED, gap.text, gap.reasons)]
        else:
            used = {n for p in standing for n in p.notes}
            more = result.reasons if result is not None else ()
            new = _without_model(replace(gap, reasons=(*gap.reasons, *more)), used, now, grounds)
        filled.setdefault(gap.after, []).extend(new)
        standing += [p for p in new if p.stands]
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
        out += [piece] if piece.stands else filled.get(i, [])
    return (*out, *filled.get(len(pieces), []))


def _again(gap: Gap, tried: Mended | None, place: Place, grounds: Grounds) -> Checked | None:
    if tried is None or not tried.text.strip():
        return None
    sources = tuple(tried.sources) or (*gap.notes, *gap.facts)
    return checked(ReviewSentence(tried.text, sources), place, grounds)


def _without_model(gap: Gap, used: Collection[str], place: Place, grounds: Grounds) -> list[Piece]:
    """Return the own words of the gap's notes that no sentence uses, or the gap itself, dropped."""
    lost = [n for n in gap.notes if n in place.notes and n not in used]
    own = [own_words(n, gap, place.said, grounds) for n in lost]
    sentence = ReviewSentence(gap.text, (*gap.notes, *gap.facts))
    return own or [Piece(gap.paragraph, sentence, Outcome.DROPPED, gap.text, gap.reasons)]


def own_words(note: str, gap: Gap, said: tuple[ReviewSentence, ...], grounds: Grounds) -> Piece:
    """Return the note in its own words, or the reason why not even they can stand."""
    sentence = sentence_of(grounds.notes[note], grounds.film)
    wrong = against_own_words(sentence, Place(frozenset({note}), said), grounds)
    outcome = Outcome.DROPPED if wrong else Outcome.OWN_WORDS
    return Piece(gap.paragraph, sentence, outcome, gap.text, (*gap.reasons, *wrong))
