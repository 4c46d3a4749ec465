"""The Markdown of a review, and the way back from it to each sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.reviews import Review, ReviewSentence, Section, SectionName
from service.writing.draft import render, to_markdown

sentences = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30).map(
    lambda t: ReviewSentence(f"{t}.", ("n1",))
)
paragraphs = st.lists(st.lists(sentences, min_size=1, max_size=4).map(tuple), max_size=3).map(tuple)
reviews = st.lists(paragraphs, min_size=4, max_size=4).map(
    lambda four: Review(
        "Title", "x", tuple(Section(n, p) for n, p in zip(SectionName, four, strict=True)), ("n1",), ()
    )
)


@given(reviews)
def test_every_sentence_stands_at_its_place(review: Review) -> None:
    rendered = render(review)
    assert [p.sentence for p in rendered.places] == [s for sec in review.sections for s in sec.sentences]
    for place in rendered.places:
        assert place.span.of(rendered.text) == place.sentence.text


def test_headings_are_in_the_language_and_only_where_something_is_said() -> None:
    plot = Section(SectionName.PLOT, ((ReviewSentence("Uno.", ("n1",)), ReviewSentence("Dos.", ("n2",))),))
    review = Review("T", "x", (plot, Section(SectionName.LEGACY, ())), (), ())
    assert to_markdown(review, "es") == "# T\n\n## Argumento\n\nUno. Dos.\n"
