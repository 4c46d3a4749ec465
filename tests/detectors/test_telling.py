"""No finding shows a title, a name or function words alone, but for those that are about names themselves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bench_quiet import hollow
from service.detectors import Subject, analyse, detect
from service.document import parse

OF_NAMES = frozenset({"name_variant", "keyword_stuffing", "leaked_instruction"})
PIECES = """
    it is not with him but with her isn't just a film it's a whether you're a even in the most both of them
    The film Ida Berg Quiet Harbour “Quiet Harbour” and the No one who can you is this as it was so why
    This remind us that not only Ida but also Berg from him to her, one of the reasons is lies in swims
    sense of when sea"""
WORDS = st.sampled_from((*PIECES.split(), "\n\n", ".", ".", "?", ","))


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=20, max_size=150).map(" ".join))
def test_a_finding_shows_a_word_that_tells_something(text: str) -> None:
    document = parse(text)
    analysis = analyse(document, Subject())
    for finding in detect(document, Subject(), analysis=analysis):
        assert finding.kind in OF_NAMES or not hollow(analysis, finding), finding


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("It wasn’t with him at the old harbour.", 0, 3, "It wasn’t with him at the old"),
        ("A film of storms.", 0, 2, "A film of storms"),
        ("A film of it.", 0, 2, "A film"),
        ("Storms of it.", 0, 2, "Storms of"),
        ("It is not for him.", 0, 3, None),
        ("It is not for him. Storms come.", 0, 3, None),
    ],
)
def test_words_are_shown_up_to_the_first_that_tells(
    text: str, start: int, end: int, shown: str | None
) -> None:
    analysis = analyse(parse(text), Subject())
    place = analysis.telling(start, end)
    assert (place and analysis.span(*place).of(text)) == shown
