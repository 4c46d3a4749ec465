"""The use case: from a film and notes to a checked draft, whichever model there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from service.detectors import Subject, score
from service.document import Format, parse
from service.facts import check
from service.films import JSON
from service.reviews import Note, SectionName
from service.writing.draft import article
from service.writing.draft.asking import Asking, Counting
from service.writing.draft.markdown import render
from service.writing.draft.plain import compose
from service.writing.draft.plain.choosing import join
from service.writing.draft.plain.rating import rating_in
from service.writing.draft.plain.screening import Screened, screen
from service.writing.draft.request import DraftRequest, checked
from service.writing.draft.result import DraftResult, Outcome, Step
from service.writing.draft.screened_record import without_orders
from service.writing.draft.statement import statement_on
from service.writing.draft.telling import notes_of, section_told
from service.writing.ports import Model, Progress, PromptLibrary, Reach, silent

RATING = "rating"  # the source that a sentence on the caller's rating names


async def draft(
    request: DraftRequest, *, model: Model, prompts: PromptLibrary, progress: Progress = silent
) -> DraftResult:
    """Return the review drafted from `request`, checked, with its claims, score, trail and cost.

    A model of reach `article` writes; with any other, and with no notes at all, the notes' own words and
    the record's facts are put together by rules. Raises InputError for a request that cannot be used, and
    the ModelError of a model that cannot be reached or set up; an unusable answer only costs its sentences.
    """
    request = checked(request)
    request = replace(request, film=without_orders(request.film))
    asking = Asking(Counting(model), prompts, request.seed)
    progress("start", {"notes": len(request.notes), "model": model.name, "reach": model.reach.value})
    screened = screen(request.notes, request.film, spoilers=request.spoilers)
    writes = model.reach is Reach.ARTICLE and bool(screened.used)
    if writes:
        written = _with(
            screened, await article.write(request, screened.used, asking=asking, progress=progress)
        )
    else:
        written = await _plain(request, asking, progress)
    return _result(request, written, asking, writes=writes, progress=progress)


async def _plain(request: DraftRequest, asking: Asking, progress: Progress) -> article.Written:
    notes = (*request.notes, *_rated(request))
    review = compose(request.film, notes, spoilers=request.spoilers, words=request.words)
    joins: tuple[Step, ...] = ()
    if asking.model.reach is not Reach.NONE:
        review, joins = await join(review, asking)
    progress("plan", {s.name.value: len(notes_of(s)) for s in review.sections})
    for section in review.sections:
        progress("section", section_told(section.name, section.sentences))
    steps = [
        Step(Outcome.OWN_WORDS, section.name, "", sentence.text, sentence.sources)
        for section in review.sections
        for sentence in section.sentences
    ]
    left = (Step(Outcome.LEFT_OUT, None, "", "", (i,), (why,)) for i, why in review.notes_left_out)
    return article.Written(review, (*joins, *steps, *left))


def _rated(request: DraftRequest) -> tuple[Note, ...]:
    """Return the writer's own rating as a note, where one was given beside the notes."""
    said = any(rating_in(n.text) for n in request.notes)
    return (
        (Note(RATING, f"Rating: {request.rating}", SectionName.LEGACY),)
        if request.rating and not said
        else ()
    )


def _with(screened: Screened, written: article.Written) -> article.Written:
    """Return what was written together with what was set aside before."""
    review = replace(written.review, notes_left_out=(*written.review.notes_left_out, *screened.left_out))
    left = (Step(Outcome.LEFT_OUT, None, "", "", (i,), (why,)) for i, why in screened.left_out)
    parts = (Step(Outcome.LEFT_OUT, None, "", "", (i,), (why,)) for i, why in screened.remarks)
    return article.Written(review, (*written.trail, *left, *parts))


def _result(
    request: DraftRequest,
    written: article.Written,
    asking: Asking,
    *,
    writes: bool,
    progress: Progress,
) -> DraftResult:
    review = written.review
    text = render(review, request.language).text
    document = parse(text, Format.MARKDOWN, titles=request.film.titles)
    claims = check(document, request.film)
    measured = score(document, Subject(film=request.film, keyphrase=request.keyphrase))
    failed = tuple(
        Step(Outcome.FAILED, None, about, "", (), (why,)) for about, why in asking.failures.items()
    )
    words = sum(len(s.text.split()) for section in review.sections for s in section.sentences)
    result = DraftResult(
        review=review,
        claims=claims,
        score=measured,
        trail=(*written.trail, *failed),
        usage=asking.model.usage,
        model=asking.model.answered_by,
        reach=asking.model.reach,
        statement=statement_on(request, asking, written.trail, words=words, writes=writes),
        words=words,
        prompts=dict(asking.versions),
    )
    verdicts = Counter(c.verdict.value for c in claims.claims)
    counted: dict[str, JSON] = dict(verdicts)
    progress("checks", {"claims": counted, "score": measured.score})
    progress("draft", {"words": result.words, "notes_used": len(review.notes_used)})
    return result
