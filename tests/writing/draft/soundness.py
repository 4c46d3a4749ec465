"""What must be true of every draft, whichever model was behind it."""

from __future__ import annotations

from service.facts import Verdict
from service.reviews import SectionName
from service.writing.draft import DraftRequest, DraftResult, to_markdown
from service.writing.draft.record import facts_of


def assert_sound(result: DraftResult, request: DraftRequest) -> None:
    review = result.review
    given = [n.id for n in request.notes]
    known = {*given, *facts_of(request.film)}
    assert [s.name for s in review.sections] == list(SectionName)
    sentences = [s for section in review.sections for s in section.sentences]
    for sentence in sentences:
        assert sentence.sources, sentence
        assert set(sentence.sources) <= known, sentence
        assert sentence.text == " ".join(sentence.text.split())
        assert sentence.text[-1] in '.!?…"”’»)', sentence
    texts = [s.text.casefold() for s in sentences]
    assert len(set(texts)) == len(texts)
    assert sorted([*review.notes_used, *(i for i, _ in review.notes_left_out)]) == sorted(given)
    assert all(reason for _, reason in review.notes_left_out)
    rests = {s for sentence in sentences for s in sentence.sources}
    assert set(review.notes_used) == rests & set(given)
    assert [c for c in result.claims.claims if c.verdict is Verdict.CONTRADICTED] == []
    assert result.words == sum(len(s.text.split()) for s in sentences)
    assert to_markdown(review, request.language).startswith(f"# {review.title}\n")
