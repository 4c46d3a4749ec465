"""The `article` reach: a capable model plans and writes, each sentence is checked, gaps are mended once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.document import parse
from service.facts import Verdict, check
from service.reviews import Note, Review, ReviewSentence, Section, SectionName
from service.writing.draft import asks
from service.writing.draft.asking import Asking
from service.writing.draft.checks import Place
from service.writing.draft.gaps import Piece, gaps_of, pieces_of
from service.writing.draft.grounds import Grounds
from service.writing.draft.length import trimmed
from service.writing.draft.markdown import render
from service.writing.draft.mending import Unmended, mended
from service.writing.draft.outline import Outline, by_rules, is_tight, length_of, settled, shares
from service.writing.draft.plain.sections import section_of
from service.writing.draft.request import DraftRequest
from service.writing.draft.result import Outcome, Step
from service.writing.draft.shown import facts_shown, forbidden, notes_shown
from service.writing.draft.telling import section_told
from service.writing.ports import Progress

NAMES = ("film.title", "film.directors", "film.cast")  # fields that any section may name people from


@dataclass(frozen=True, slots=True)
class Written:
    """A review with its trail."""

    review: Review
    trail: tuple[Step, ...]


async def write(
    request: DraftRequest, notes: Sequence[Note], *, asking: Asking, progress: Progress
) -> Written:
    """Return the review that the model wrote from `notes`, as far as the checks let it stand.

    The model is asked in a fixed order: the plan, each section, and at most once to mend what failed.
    """
    grounds = Grounds(request.film, {n.id: n for n in notes}, request.language)
    brief = _brief(request, notes)
    outline = await _outline(request, notes, brief, asking)
    progress("plan", {name.value: len(outline.notes(name)) for name in SectionName})
    share = shares(outline, notes, brief.words)
    first: dict[SectionName, Unmended] = {}
    for name in SectionName:
        said = tuple(p.sentence for one in first.values() for p in one.pieces if p.stands)
        writer = _Section(name, outline, grounds, brief.model_copy(update={"words": share[name]}), said)
        first[name] = await writer.write(asking)
        progress("section", section_told(name, first[name].standing))
    pieces = await mended(first, grounds, brief, asking)
    for name, one in first.items():
        whole = [p.sentence for p in pieces[name] if p.stands]
        if whole != one.standing:
            progress("section", section_told(name, whole, mended=True))
    pieces = _without_contradictions(pieces, request)
    pieces = trimmed(pieces, brief.words) if request.words is not None else pieces
    return _written(request, notes, outline, pieces)


def _brief(request: DraftRequest, notes: Sequence[Note]) -> asks.Brief:
    film = request.film
    return asks.Brief(
        film=f"{film.title} ({film.year})" if film.year else film.title,
        language=request.language_name,
        tone=request.tone,
        spoilers=request.spoilers,
        rating=request.rating,
        keyphrase=request.keyphrase,
        house=() if request.house is None else tuple(request.house.rules()),
        words=length_of(request, notes),
    )


async def _outline(
    request: DraftRequest, notes: Sequence[Note], brief: asks.Brief, asking: Asking
) -> Outline:
    places = {n.id: section_of(n, request.film) for n in notes}
    known = Grounds(request.film, {}).facts
    inputs = asks.PlanInputs(
        **brief.model_dump(),
        notes=tuple(asks.NoteShown(id=n.id, text=n.text, section=n.section or "") for n in notes),
        facts=tuple(asks.FactShown(id=i, value=v) for i, v in known.items()),
        tight=is_tight(request, notes),
    )
    plan = await asking.ask(asks.PLAN, inputs, about="plan")
    return by_rules(request, notes, places) if plan is None else settled(plan, request, notes, places)


@dataclass(frozen=True, slots=True)
class _Section:
    """One section being written; `said` is what the review says before it."""

    name: SectionName
    outline: Outline
    grounds: Grounds
    brief: asks.Brief
    said: tuple[ReviewSentence, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        return self.outline.notes(self.name)

    async def write(self, asking: Asking) -> Unmended:
        """Return the section's pieces as the model wrote them, with the gaps that the checks left."""
        if not self.outline.sections[self.name]:
            return Unmended(self.name, self._place(), (), ())
        reply = await asking.ask(asks.SECTION, self._inputs(), about=self.name.value)
        failure = asking.failures.get(self.name.value, "")
        pieces = pieces_of(reply, self._place(), self.grounds) if reply else ()
        gaps = gaps_of(pieces, self.notes, failure)
        return Unmended(self.name, self._place(), pieces, gaps, answered=reply is not None)

    def _place(self) -> Place:
        return Place(frozenset(self.notes), self.said)

    def _inputs(self) -> asks.SectionInputs:
        return asks.SectionInputs(
            **self.brief.model_dump(),
            section=self.name,
            outline=tuple(
                asks.ParagraphShown(
                    argues=p.argues,
                    notes=notes_shown(p.notes, self.grounds),
                    facts=facts_shown(p.facts, self.grounds),
                )
                for p in self.outline.sections[self.name]
            ),
            names=facts_shown([f for f in NAMES if f not in self.outline.facts(self.name)], self.grounds),
            earlier=tuple(s.text for s in self.said),
            forbidden=forbidden(),
            opening=not self.said,
        )


Pieces = Mapping[SectionName, tuple[Piece, ...]]


def _without_contradictions(
    pieces: dict[SectionName, tuple[Piece, ...]], request: DraftRequest
) -> dict[SectionName, tuple[Piece, ...]]:
    """Return the pieces without the sentences that the record contradicts once they stand together."""
    rendered = render(_review(request, pieces, (), ()), request.language)
    report = check(parse(rendered.text, titles=request.film.titles), request.film)
    wrong: dict[str, str] = {}
    for claim in report.claims:
        if claim.verdict is Verdict.CONTRADICTED:
            for place in rendered.places:
                if place.span.contains(claim.span):
                    wrong[place.sentence.text] = claim.reason
    return {
        name: tuple(
            p.dropped(wrong[p.sentence.text]) if p.stands and p.sentence.text in wrong else p for p in ps
        )
        for name, ps in pieces.items()
    }


def _written(
    request: DraftRequest,
    notes: Sequence[Note],
    outline: Outline,
    pieces: dict[SectionName, tuple[Piece, ...]],
) -> Written:
    used = {s for ps in pieces.values() for p in ps if p.stands for s in p.sentence.sources}
    why = dict(outline.left_out)
    for ps in pieces.values():
        for p in ps:
            if not p.stands:
                for s in p.notes:
                    why.setdefault(
                        s, p.reasons[-1] if p.reasons else "No sound sentence could be made of it."
                    )
    left = tuple((n.id, why.get(n.id, "No sentence uses it.")) for n in notes if n.id not in used)
    review = _review(request, pieces, tuple(n.id for n in notes if n.id in used), left)
    steps = tuple(p.step(name) for name, ps in pieces.items() for p in ps)
    return Written(
        review, (*steps, *(Step(Outcome.LEFT_OUT, None, "", "", (i,), (why_,)) for i, why_ in left))
    )


def _review(
    request: DraftRequest,
    pieces: Mapping[SectionName, tuple[Piece, ...]],
    used: tuple[str, ...],
    left: tuple[tuple[str, str], ...],
) -> Review:
    film = request.film
    sections = []
    for name in SectionName:
        paragraphs: dict[int, list[ReviewSentence]] = {}
        for p in pieces.get(name, ()):
            if p.stands:
                paragraphs.setdefault(p.paragraph, []).append(p.sentence)
        sections.append(Section(name, tuple(tuple(paragraphs[i]) for i in sorted(paragraphs))))
    title = f"{film.title} ({film.year})" if film.year else film.title
    return Review(title, film.id, tuple(sections), used, left)
