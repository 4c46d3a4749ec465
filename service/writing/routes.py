"""The two routes of the design, JSON in and JSON out: what runs, the command line and evaluations call.

The request is `{"request": …, "film": …}`: the request as `service.writing.requests` has it, and the
film's record (or null). No store is read here, so that a run can be replayed (docs/decisions/0003).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from service.detectors.house_style import find, read_style
from service.document import Document, Edit, Format, parse
from service.errors import InvalidEdit
from service.facts import check
from service.films import JSON, Film, film_from_json
from service.reviews import Note
from service.writing import scoring, shapes
from service.writing.draft import DraftRequest, DraftResult, draft
from service.writing.edit import EditRequest, EditResult, Intensity, decide_edits, edit, unified
from service.writing.ports import FilmStore, Model, Progress, PromptLibrary, Reach
from service.writing.requests import EditsRequest, FilmRef, ReviewRequest
from service.writing.scoring import measured
from service.writing.second_pass import Revised, revise

SAID = {
    Reach.NONE: "No language model was used: your words and the record stand, mended by rules.",
    Reach.SENTENCE: "No capable model was used: {} only chose and joined; your own words stand.",
    Reach.ARTICLE: "{} proposed the text; the checks decided what stands.",
}


class ReviewRoute:
    """Film and notes to a checked review that has been through the second pass."""

    def __init__(self, prompts: PromptLibrary) -> None:
        self._prompts = prompts

    async def __call__(
        self, request: Mapping[str, JSON], *, model: Model, progress: Progress
    ) -> dict[str, JSON]:
        """Return the review as the API answers it, without id and time. Raises FinecutError."""
        asked = ReviewRequest.model_validate(request["request"])
        film = _film(request["film"])
        drafting = _draft_request(asked, film)
        drafted = await draft(drafting, model=model, prompts=self._prompts, progress=progress)

        def second(stage: str, detail: Mapping[str, JSON]) -> None:
            # the run alone says when it is done
            progress("edits" if stage == "done" else stage, detail)

        revised = await revise(
            drafting, drafted, model=model, prompts=self._prompts, progress=second, editing=asked.edit
        )
        return _review_json(asked, drafting, drafted, revised)


class EditRoute:
    """A copy to a better copy, with an account of everything in it."""

    def __init__(self, prompts: PromptLibrary) -> None:
        self._prompts = prompts

    async def __call__(
        self, request: Mapping[str, JSON], *, model: Model, progress: Progress
    ) -> dict[str, JSON]:
        """Return the edit as the API answers it, without id and time. Raises FinecutError."""
        asked = EditsRequest.model_validate(request["request"])
        film = None if request["film"] is None else _film(request["film"])
        editing = EditRequest(
            content=asked.content,
            format=asked.format,
            film=film,
            protect=tuple(asked.protect),
            keyphrase=asked.keyphrase or "",
            intensity=Intensity(asked.intensity),
            max_cut=asked.max_cut,
            headings=asked.headings,
            meta=asked.meta,
            house=None if asked.house_style is None else read_style(asked.house_style),
            seed=asked.seed,
        )
        result = await edit(editing, model=model, prompts=self._prompts, progress=progress)
        return _edit_json(asked, film, result)


async def film_of(ref: FilmRef, films: FilmStore) -> Film:
    """Return the film named. Raises FilmNotFound or FilmAmbiguous: nothing is guessed."""
    return await (films.get(ref.id) if ref.id is not None else films.find(ref.title or "", ref.year))


def _film(record: JSON) -> Film:
    return _decoded(json.dumps(record))


@lru_cache(maxsize=64)
def _decoded(record: str) -> Film:
    """Return the film of a record: one value for the runs of a batch, which share what is derived from it."""
    return film_from_json(_object(json.loads(record)))


def _object(value: JSON) -> dict[str, JSON]:
    assert isinstance(value, dict)
    return value


def _draft_request(asked: ReviewRequest, film: Film) -> DraftRequest:
    taken = {n.id for n in asked.notes}
    numbers = (f"n{i}" for i in range(1, 2 * len(asked.notes) + 2))
    free = (name for name in numbers if name not in taken)
    return DraftRequest(
        film=film,
        notes=tuple(Note(n.id or next(free), n.text, n.section) for n in asked.notes),
        words=asked.words,
        tone=asked.tone or "",
        language=asked.language,
        spoilers=asked.spoilers,
        keyphrase=asked.keyphrase or "",
        rating=asked.rating or "",
        author=asked.author or "",
        seed=asked.seed,
        house=None if asked.house_style is None else read_style(asked.house_style),
    )


def model_json(name: str, reach: Reach, statement: str = "") -> dict[str, JSON]:
    """Return which model answered, and in plain words what that means for the text."""
    return {"name": name, "reach": reach.value, "said": statement or SAID[reach].format(name)}


def _review_json(
    asked: ReviewRequest, drafting: DraftRequest, drafted: DraftResult, revised: Revised
) -> dict[str, JSON]:
    film, review = drafting.film, revised.review
    document = parse(revised.content, Format.MARKDOWN, titles=film.titles)
    left: list[JSON] = [{"id": i, "reason": why} for i, why in review.notes_left_out]
    claims = check(document, film)
    supported = sum(c.verdict.value == "supported" for c in claims.claims)
    return {
        "title": review.title,
        "language": drafting.language,
        "film": _film_box(film),
        "sections": shapes.sections_json(review),
        "content": revised.content,
        "notes": {
            "given": [{"id": n.id, "text": n.text, "section": n.section} for n in drafting.notes],
            "used": list(review.notes_used),
            "left_out": left,
        },
        "claims": shapes.claims_json(claims),
        "facts_per_100_words": round(100 * supported / max(1, document.words), 2),
        "score": measured(document, film, drafting.keyphrase),
        "house_style": _house_left(drafting, document),
        "trail": [*_draft_trail(drafted), *revised.trail],
        "usage": shapes.usage_json(drafted.usage + revised.usage),
        "model": model_json(drafted.model, drafted.reach, drafted.statement),
        "prompts": {**drafted.prompts, **revised.prompts},
        "words": document.words,
        "rating": asked.rating,
        "author": asked.author,
    }


def _film_box(film: Film) -> dict[str, JSON]:
    return {
        "id": film.id,
        "title": film.title,
        "year": film.year,
        "original_title": film.original_title,
        "directors": list(film.directors),
        "cast": [m.name for m in film.cast[:5]],
        "countries": list(film.countries),
        "runtime_minutes": film.runtime_minutes,
    }


def _draft_trail(drafted: DraftResult) -> Iterable[dict[str, JSON]]:
    for step in drafted.trail:
        yield {
            "stage": "draft",
            "outcome": step.outcome.value,
            "section": step.section.value if step.section else None,
            "proposed": step.proposed,
            "text": step.text,
            "sources": list(step.sources),
            "reasons": list(step.reasons),
        }


def _edit_json(asked: EditsRequest, film: Film | None, result: EditResult) -> dict[str, JSON]:
    source = asked.content
    before = parse(source, asked.format, titles=film.titles if film else ())
    decided = {j.edit.id: j for j in result.steps}
    return {
        "title": _title(before),
        "format": asked.format.value,
        "film": None if film is None else _film_box(film),
        "source": source,
        "content": result.content,
        "edits": [_edit_with_steps(e, result, decided) for e in result.edits],
        "steps": [_judged(j) for j in result.steps],
        "refused": [_judged(j) for j in result.refused],
        "claims": shapes.ledger_json(result.claims),
        "facts": None if result.facts is None else shapes.claims_json(result.facts),
        "findings": [scoring.finding_json(f, source) for f in result.findings],
        "left": [scoring.finding_json(f, result.content) for f in result.left],
        "house_style": _house_json(asked, result),
        "meta": shapes.meta_json(result.meta),
        "scores": {
            "before": scoring.score_json(result.scores.before),
            "after": scoring.score_json(result.scores.after),
        },
        "words": {"before": before.words, "after": result.document.words},
        "usage": shapes.usage_json(result.usage),
        "model": model_json(result.model, result.reach),
        "prompts": dict(result.prompts),
        "failures": list(result.failures),
        "rounds": result.rounds,
        "decisions": {e.id: True for e in result.edits},
    }


def _house_left(drafting: DraftRequest, document: Document) -> JSON:
    """Return what of a draft is not as the house writes it; null without a house style."""
    if drafting.house is None:
        return None
    left = find(document, drafting.house, titles=drafting.film.titles)
    return {"left": [scoring.finding_json(f, document.source) for f in left]}


def _house_json(asked: EditsRequest, result: EditResult) -> JSON:
    """Return what was not, and what is still not, as the house writes it; null without a house style."""
    if asked.house_style is None:
        return None
    return {
        "findings": [scoring.finding_json(f, asked.content) for f in result.house_before],
        "left": [scoring.finding_json(f, result.content) for f in result.house_left],
    }


def _judged(judged: Any) -> dict[str, JSON]:  # noqa: ANN401 - Judged, of the edit room
    return {
        **shapes.edit_json(judged.edit),
        "round": judged.round,
        "gates": shapes.decisions_json(judged.decisions),
    }


def _edit_with_steps(made: Edit, result: EditResult, decided: Mapping[str, Any]) -> dict[str, JSON]:
    """Return an edit with its steps, the gates' last decisions on each, and the findings it answers."""
    steps = [decided[i] for i in result.made_of[made.id] if i in decided]
    gates: list[JSON] = [g for j in steps for g in shapes.decisions_json(j.decisions)]
    kinds = {f.id: f.kind for f in result.findings}
    findings: list[JSON] = [{"id": i, "kind": kinds[i]} for i in made.answers if i in kinds]
    ids: list[JSON] = [j.edit.id for j in steps]
    return {**shapes.edit_json(made), "steps": ids, "findings": findings, "gates": gates}


def _title(document: Document) -> str:
    first = next((b.text.strip() for b in document.prose if b.text.strip()), "")
    return first if len(first) <= 120 else f"{first[:119].rsplit(' ', 1)[0]} …"


def decide(
    stored: Mapping[str, JSON],
    *,
    accept: Sequence[str] = (),
    reject: Sequence[str] = (),
    every: bool | None = None,
) -> dict[str, JSON]:
    """Return a stored edit with the writer's decisions applied: its `content` and `decisions` are new.

    Rejecting every edit gives the source's very characters. Raises InvalidEdit for an unknown id, or
    for one both accepted and rejected.
    """
    both = sorted(set(accept) & set(reject))
    if both:
        raise InvalidEdit(
            f"{', '.join(both)}: both accepted and rejected.", field="accept", remedy="Decide on one."
        )
    edits = [shapes.edit_from_json(e) for e in _listed(stored["edits"])]
    unknown = sorted({*accept, *reject} - {e.id for e in edits})
    if unknown:
        raise InvalidEdit(
            f"No edit is called {', '.join(unknown)}.", field="accept", remedy="Use the ids in `edits`."
        )
    earlier = _object(stored["decisions"])
    decisions = {e.id: bool(earlier.get(e.id, True)) if every is None else every for e in edits}
    decisions |= dict.fromkeys(accept, True) | dict.fromkeys(reject, False)
    accepted = [i for i, yes in decisions.items() if yes]
    content = decide_edits(str(stored["source"]), edits, accepted)
    return {**stored, "content": content, "decisions": {**decisions}}


def _listed(value: JSON) -> list[dict[str, Any]]:
    assert isinstance(value, list)
    return [v for v in value if isinstance(v, dict)]


def unified_diff(stored: Mapping[str, JSON], name: str = "copy") -> str:
    """Return a stored edit as a unified diff."""
    return unified(str(stored["source"]), str(stored["content"]), name=name)
