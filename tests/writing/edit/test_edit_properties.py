"""Properties of every edit: bytes outside, order of decisions, rejection of all."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.document import Format, apply
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, EditResult, edit
from service.writing.edit.decisions import decide_edits
from tests.fakes.prompts import FakePrompts

SENTENCES = (
    "Few Lamps is a timeless classic that touches the hearts of audiences worldwide.",
    "Dora Quist rows to the mainland on 4 May 1931.",
    "This heartwarming tale is a testament to the power of love.",
    "The film delves into the indomitable human spirit.",
    "She sells the boat, and her brother buys it back.",
    "It takes viewers on an emotional rollercoaster.",
    "In this article, we will explore its universal themes of love and hope.",
    "Nobody on the pier has read the letter — not even Tomás.",
)
TEXTS = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), min_size=1, max_size=5
).map("\n\n".join)


def run(content: str) -> EditResult:
    request = EditRequest(content=content, format=Format.TEXT)
    return asyncio.run(edit(request, model=NoModel(), prompts=FakePrompts()))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_an_edit_is_never_worse_and_changes_its_spans_alone(content: str) -> None:
    result = run(content)
    edits = result.edits
    assert result.scores.after.score >= result.scores.before.score
    assert apply(content, edits) == result.content
    assert all(e.span.of(content) == e.before for e in edits)
    assert all(a.span.end <= b.span.start for a, b in pairwise(edits))
    assert decide_edits(content, edits, []) == content
    ids = [e.id for e in edits]
    assert (
        decide_edits(content, edits, ids) == decide_edits(content, edits[::-1], ids[::-1]) == result.content
    )
