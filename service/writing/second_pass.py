"""The second pass over a draft: the edit route on its text, and its edits carried back to the sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.document import Edit, Format, Span
from service.films import JSON
from service.reviews import Review, ReviewSentence, Section
from service.writing.draft import DraftRequest, DraftResult, Placed, render
from service.writing.edit import EditRequest, EditResult, edit
from service.writing.ports import Model, Progress, PromptLibrary, Usage

MAX_CUT = 0.3  # a draft is made of what the writer gave: less of it may go than of a stranger's copy


@dataclass(frozen=True, slots=True)
class Revised:
    """A review after the second pass, its Markdown, and the pass's part of trail, cost and prompts."""

    review: Review
    content: str
    trail: tuple[dict[str, JSON], ...] = ()
    usage: Usage = field(default_factory=Usage)
    prompts: Mapping[str, str] = field(default_factory=dict)


async def revise(
    request: DraftRequest,
    drafted: DraftResult,
    *,
    model: Model,
    prompts: PromptLibrary,
    progress: Progress,
    editing: bool = True,
) -> Revised:
    """Return the draft after the second pass; as it was where the pass is off or must not stand."""
    rendered = render(drafted.review, request.language)
    untouched = Revised(drafted.review, rendered.text)
    if not editing or not rendered.places or request.language != "en":
        return untouched
    asked = EditRequest(
        content=rendered.text,
        format=Format.MARKDOWN,
        film=request.film,
        notes=request.notes,
        keyphrase=request.keyphrase,
        max_cut=MAX_CUT,
        house=request.house,
        seed=request.seed,
    )
    edited = await edit(asked, model=model, prompts=prompts, progress=progress)
    review = carried(drafted.review, rendered.places, edited.edits)
    content = render(review, request.language).text
    if "".join(content.split()) != "".join(edited.content.split()):
        # An edit that cannot be told sentence by sentence would leave a sentence without its sources.
        return replace(untouched, usage=edited.usage, trail=(_untold(NOT_CARRIED),))
    return Revised(review, content, tuple(_trail(edited)), edited.usage, edited.prompts)


NOT_CARRIED = "The second pass's edits crossed sentences in a way that lost their sources; the draft stands."


def _untold(reason: str) -> dict[str, JSON]:
    return {"stage": "edit", "outcome": "refused", "proposed": "", "text": "", "reasons": [reason]}


def _trail(edited: EditResult) -> list[dict[str, JSON]]:
    made: list[dict[str, JSON]] = [
        {"stage": "edit", "outcome": "accepted", "proposed": e.before, "text": e.after, "reasons": [e.reason]}
        for e in edited.edits
    ]
    refused: list[dict[str, JSON]] = [
        {
            "stage": "edit",
            "outcome": "refused",
            "proposed": j.edit.after,
            "text": j.edit.before,
            "reasons": [j.edit.reason, j.refusal],
        }
        for j in edited.refused
    ]
    return [*made, *refused]


def carried(review: Review, places: Sequence[Placed], edits: Sequence[Edit]) -> Review:
    """Return the review with `edits` (spans of its rendered text) carried into its sentences.

    What an edit puts in place of several sentences belongs to the first of them, with the sources of
    all. A sentence cut whole goes; a note that only it rested on is listed as left out.
    """
    texts = _texts(places, edits)
    sections = []
    for section in review.sections:
        own = [(p, *texts[i]) for i, p in enumerate(places) if p.section is section.name]
        paragraphs = [
            tuple(ReviewSentence(t, s) for p, t, s in own if p.paragraph == number and t)
            for number in range(len(section.paragraphs))
        ]
        sections.append(Section(section.name, tuple(p for p in paragraphs if p)))
    rest = {source for s in sections for sentence in s.sentences for source in sentence.sources}
    gone = tuple(n for n in review.notes_used if n not in rest)
    return replace(
        review,
        sections=tuple(sections),
        notes_used=tuple(n for n in review.notes_used if n in rest),
        notes_left_out=(*review.notes_left_out, *((n, CUT) for n in gone)),
    )


CUT = "the second pass cut its sentence, which said again what stands elsewhere"


def _texts(places: Sequence[Placed], edits: Sequence[Edit]) -> list[tuple[str, tuple[str, ...]]]:
    touched = {
        e.id: [i for i, p in enumerate(places) if p.span.overlaps(e.span) or _inserts(e, p)] for e in edits
    }
    out = []
    for i, place in enumerate(places):
        mine = [e for e in edits if i in touched[e.id]]
        sources = place.sentence.sources
        for e in mine:
            if touched[e.id][0] == i:
                sources += tuple(s for j in touched[e.id][1:] for s in places[j].sentence.sources)
        text = _text(place, mine, {e.id: touched[e.id][0] == i for e in mine})
        out.append((text, tuple(dict.fromkeys(sources))))
    return out


def _inserts(edit: Edit, place: Placed) -> bool:
    return edit.span.start == edit.span.end and place.span.start <= edit.span.start <= place.span.end


def _text(place: Placed, edits: Sequence[Edit], first: Mapping[str, bool]) -> str:
    out, at = [], place.span.start
    text, base = place.sentence.text, place.span.start
    for made in sorted(edits, key=lambda e: e.span):
        inside = Span(max(made.span.start, place.span.start), min(made.span.end, place.span.end))
        out.append(text[at - base : inside.start - base])
        out.append(made.after if first[made.id] else "")
        at = inside.end
    out.append(text[at - base :])
    return " ".join("".join(out).split())
