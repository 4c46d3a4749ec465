"""The use case: from a film and notes to a checked draft, whichever model there is."""

from __future__ import annotations

from collections.abc import Sequence

from service.document import Format, parse
from service.facts import check
from service.reviews import Note, Review
from service.writing.draft import article
from service.writing.draft.addressed import is_addressed
from service.writing.draft.asking import Asking, Counting
from service.writing.draft.markdown import render
from service.writing.draft.plain import compose
from service.writing.draft.request import DraftRequest, checked
from service.writing.draft.result import DraftResult, Outcome, Step
from service.writing.draft.statement import statement_on
from service.writing.ports import Model, Progress, PromptLibrary, Reach, silent

ADDRESSED = "It gives orders to the writer instead of saying something about the film."
EMPTY = "It holds no words."


async def draft(
    request: DraftRequest, *, model: Model, prompts: PromptLibrary, progress: Progress = silent
) -> DraftResult:
    """Return the review drafted from `request`, checked, with its claims, score, trail and cost.

    A model of reach `article` writes; with any other, and with no notes at all, the notes' own words and
    the record's facts are put together by rules. Raises InputError for a request that cannot be used, and
    the ModelError of a model that cannot be reached or set up; an unusable answer only costs its sentences.
    """
    request = checked(request)
    notes, left = _usable(request.notes)
    asking = Asking(Counting(model), prompts, request.seed)
    progress("start", {"notes": len(notes), "model": model.name, "reach": model.reach.value})
    writes = model.reach is Reach.ARTICLE and bool(notes)
    if writes:
        written = await article.write(request, notes, asking=asking, progress=progress)
    else:
        written = _plain(request, notes)
    review = _with_left_out(written.review, left)
    trail = (*written.trail, *(Step(Outcome.LEFT_OUT, None, "", "", (i,), (why,)) for i, why in left))
    return _result(request, review, trail, asking, writes=writes, progress=progress)


def _usable(notes: Sequence[Note]) -> tuple[list[Note], tuple[tuple[str, str], ...]]:
    left = {n.id: EMPTY for n in notes if not any(c.isalnum() for c in n.text)}
    left |= {n.id: ADDRESSED for n in notes if n.id not in left and is_addressed(n.text)}
    return [n for n in notes if n.id not in left], tuple(left.items())


def _plain(request: DraftRequest, notes: Sequence[Note]) -> article.Written:
    review = compose(request.film, notes, spoilers=request.spoilers, words=request.words)
    steps = [
        Step(Outcome.OWN_WORDS, section.name, "", sentence.text, sentence.sources)
        for section in review.sections
        for sentence in section.sentences
    ]
    left = (Step(Outcome.LEFT_OUT, None, "", "", (i,), (why,)) for i, why in review.notes_left_out)
    return article.Written(review, (*steps, *left))


def _with_left_out(review: Review, left: Sequence[tuple[str, str]]) -> Review:
    return Review(
        review.title, review.film_id, review.sections, review.notes_used, (*review.notes_left_out, *left)
    )


def _result(
    request: DraftRequest,
    review: Review,
    trail: tuple[Step, ...],
    asking: Asking,
    *,
    writes: bool,
    progress: Progress,
) -> DraftResult:
    text = render(review, request.language).text
    document = parse(text, Format.MARKDOWN, titles=request.film.titles)
    claims = check(document, request.film)
    failed = tuple(
        Step(Outcome.FAILED, None, about, "", (), (why,)) for about, why in asking.failures.items()
    )
    words = sum(len(s.text.split()) for section in review.sections for s in section.sentences)
    result = DraftResult(
        review=review,
        claims=claims,
        trail=(*trail, *failed),
        usage=asking.model.usage,
        model=asking.model.answered_by,
        reach=asking.model.reach,
        statement=statement_on(request, asking, trail, words=words, writes=writes),
        words=words,
        prompts=dict(asking.versions),
    )
    progress("draft", {"words": result.words, "notes_used": len(review.notes_used)})
    return result
