"""Any text at all: no exception, and every span lies in the source as the message shows it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.detectors import Subject, detect
from service.document import Format, parse

PIECES = """
    the film The Film Min-ho Min ho No. 7 No 7 transcends language and culture to touch hearts
    of audiences     audiences’ “Quiet Harbour” *reminds* us that, it isn't.
    It's — a testament to … 👩‍👩‍👧 é \u0065\u0301 \u200b
    stunning visuals a heartwarming tale his daughter the realm of cinema both grand and Like, From If you're
    \u202e שלום [insert name] <b>bold</b> &amp; not only but also ﬁlm İstanbul ß"""
WORDS = tuple(PIECES.split())
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from((*WORDS, "\n\n", ".", ",")), max_size=120).map(" ".join),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(Format))
@example("İİ “İ” İ-gu İ gu İ-gu.", Format.TEXT)
def test_spans_lie_in_the_source_whatever_the_text(text: str, format: Format) -> None:
    for finding in detect(parse(text, format), Subject(keyphrase="the film 7.5 “x”")):
        assert finding.spans
        assert list(finding.spans) == sorted(finding.spans)
        for span in finding.spans:
            assert 0 <= span.start < span.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_findings_are_the_same_each_time(text: str) -> None:
    once, again = (detect(parse(text), Subject()) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("piece", ["the quiet harbour keeps its secret and ", "a heartwarming film "])
def test_a_megabyte_on_one_line_is_read(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    for finding in detect(parse(text), Subject()):
        assert all(0 <= span.start < span.end <= len(text) for span in finding.spans)
