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


def marked(text: str, format: Format) -> str:
    """Return the same words in a format, with markup that no edit may touch."""
    if format is Format.MARKDOWN:
        return text.replace("Few Lamps", "*Few Lamps*").replace("the pier", "[the pier](/p?a=1&b=2)")
    if format is Format.HTML:
        named = text.replace("Few Lamps", "<em>Few Lamps</em>").split("\n\n")
        return "".join(f"<!-- wp:paragraph -->\n<p>{b}</p>\n<!-- /wp:paragraph -->\n" for b in named)
    return text


def run(content: str, format: Format) -> EditResult:
    request = EditRequest(content=content, format=format)
    return asyncio.run(edit(request, model=NoModel(), prompts=FakePrompts()))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from(list(Format)), st.data())
def test_an_edit_is_never_worse_and_changes_its_spans_alone(
    text: str, format: Format, data: st.DataObject
) -> None:
    content = marked(text, format)
    result = run(content, format)
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
    some = data.draw(st.permutations(ids).map(lambda order: order[: len(order) // 2]))
    assert decide_edits(content, edits, some) == decide_edits(content, edits, sorted(some))
