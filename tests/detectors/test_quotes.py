"""What a message quotes stands in the source at one of the finding's spans, whatever the text holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.detectors import Subject, detect
from service.document import Format, parse

QUOTED = re.compile(r"‘([^‘’]+?)(?: …)?’")
# The words that repeat, between marks that no width, no direction or no case of their own have.
MARKS = (
    "\u200b",
    "\u200f",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u00ad",
    "\r",
    "\r\n",
    "\t",
    "🎬",
    "👩‍👩‍👧",
    "e\u0301",
)
WRAPS = ("{}", "*{}*", "**{}**", "<em>{}</em>", "[{}](/film)", "{}\u200b", "\u202e{}\u202c", "{}&nbsp;")
REPEATED = "transcends language and culture to touch the hearts of audiences"
SENTENCES = (
    "The film {}.",
    "It {}, and it is a testament to patience.",
    "The diver’s story is a testament to those who {} twice.",
    "Min-ho waits in Cell No 7. Min ho sleeps in Cell No. 7.",
    "The film often uses lamps. The film often uses bells.",
    "It isn’t just that they {}; it’s that they stay.",
)
ODD = st.lists(
    st.tuples(st.sampled_from(SENTENCES), st.sampled_from(WRAPS), st.sampled_from(("", *MARKS))),
    min_size=2,
    max_size=12,
).map(lambda rows: " ".join(mark + s.format(wrap.format(REPEATED)) + mark for s, wrap, mark in rows))


@settings(max_examples=120, deadline=None)
@given(ODD, st.sampled_from(Format))
@example(f"It {REPEATED}.\rThe film {REPEATED}.\r\rThe end.", Format.TEXT)
@example(f"🎬 It {REPEATED}. 👩‍👩‍👧 The film {REPEATED}.", Format.MARKDOWN)
def test_a_message_quotes_what_stands_at_a_span(text: str, format: Format) -> None:
    """Quotes are put on one line, and may be the beginning of a span or name what the kind knows it by."""
    findings = detect(parse(text, format), Subject())
    for finding in findings:
        assert all(0 <= s.start < s.end <= len(text) for s in finding.spans)
        if finding.kind not in {"repeated_phrase", "repeated_opening", "overused_word", "name_variant"}:
            continue
        shown = [" ".join(s.of(text).split()).casefold() for s in finding.spans]
        for quote in QUOTED.findall(finding.message):
            assert any(quote.casefold() in span for span in shown), (finding.message, shown)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=400), st.sampled_from(Format))
def test_no_character_at_all_is_too_odd(text: str, format: Format) -> None:
    for finding in detect(parse(text, format), Subject()):
        assert all(text[s.start : s.end] for s in finding.spans)


@pytest.mark.parametrize(
    "unit", ["word", "a", "\u202e", "🎬", "<b>", "*x* ", "No. 7 ", "not only but also ", "\r"]
)
def test_a_long_line_of_one_unit_is_read(unit: str) -> None:
    text = unit * (50_000 // len(unit))
    for kind in (Format.TEXT, Format.MARKDOWN):
        assert isinstance(detect(parse(text, kind), Subject()), tuple)
