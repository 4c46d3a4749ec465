"""What holds of any text in any format: Hypothesis looks for one of which it does not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from service.document import Edit, Format, Operation, PartKind, Span, apply, fold, fold_with_map, parse
from tests.document.markup import FORMATS, assert_sound, sources

MANY = settings(max_examples=400, deadline=None)
SOME = settings(max_examples=150, deadline=None)


@MANY
@given(sources(), st.sampled_from(FORMATS))
def test_any_text_parses_soundly(source: str, format: Format) -> None:
    assert_sound(parse(source, format))


@SOME
@given(sources(), st.sampled_from(FORMATS))
def test_parsing_is_a_function_of_its_arguments(source: str, format: Format) -> None:
    assert parse(source, format) == parse(source, format)


@SOME
@given(sources(), st.sampled_from(FORMATS), st.lists(st.text(min_size=1, max_size=8), max_size=3))
def test_titles_change_no_more_than_the_cuts(source: str, format: Format, titles: list[str]) -> None:
    told, untold = parse(source, format, titles=titles), parse(source, format)
    assert_sound(told)
    assert [(b.kind, b.text) for b in told.blocks] == [(b.kind, b.text) for b in untold.blocks]
    assert told.parts == untold.parts


@SOME
@given(sources(), st.sampled_from(FORMATS))
def test_visible_characters_lead_back_to_what_shows_them(source: str, format: Format) -> None:
    for sentence in parse(source, format).all_sentences:
        for i, c in enumerate(sentence.text):
            shown = sentence.source_span(i, i + 1).of(source)
            assert shown
            if len(shown) == 1 and not c.isspace():
                assert shown == c


@SOME
@given(sources(), st.sampled_from(FORMATS))
def test_every_word_of_a_sentence_is_in_a_token(source: str, format: Format) -> None:
    for sentence in parse(source, format).all_sentences:
        told = "".join(t.text for t in sentence.tokens)
        assert [c for c in told if c.isalnum()] == [c for c in sentence.text if c.isalnum()]
        assert all(t.fold == fold(t.text) for t in sentence.tokens)


@SOME
@given(sources(), st.sampled_from(FORMATS), st.data())
def test_edits_change_nothing_outside_their_spans(source: str, format: Format, data: st.DataObject) -> None:
    sentences = parse(source, format).all_sentences
    chosen = [s for s in sentences if data.draw(st.booleans())]
    edits = [
        Edit(
            f"e{i}",
            s.span,
            s.span.of(source),
            data.draw(st.text(max_size=5)),
            Operation.REWRITE,
            "rule:test",
            "",
        )
        for i, s in enumerate(chosen)
    ]
    after = apply(source, edits)
    at = 0
    for before, edit in zip([0, *[e.span.end for e in edits]], edits, strict=False):
        kept = source[before : edit.span.start]
        assert after[at : at + len(kept)] == kept
        at += len(kept)
        assert after[at : at + len(edit.after)] == edit.after
        at += len(edit.after)
    assert after[at:] == source[edits[-1].span.end if edits else 0 :]


@SOME
@given(sources())
def test_no_edits_give_back_the_source(source: str) -> None:
    assert apply(source, []) == source


@SOME
@given(sources(), st.sampled_from(FORMATS), st.integers(0, 60), st.integers(0, 60))
def test_look_ups_agree_with_a_search_from_the_start(source: str, format: Format, a: int, b: int) -> None:
    d = parse(source, format)
    span = Span(min(a, b), max(a, b))
    assert d.block_at(a) == next((x for x in d.blocks if x.span.start <= a < x.span.end), None)
    assert d.sentence_at(a) == next((x for x in d.all_sentences if x.span.start <= a < x.span.end), None)
    assert d.sentences_in(span) == tuple(s for s in d.all_sentences if s.span.overlaps(span))
    assert d.marks_in(span) == tuple(m for m in d.marks if m.span.overlaps(span))
    assert d.parts_in(span) == tuple(p for p in d.parts if p.span.overlaps(span))
    assert d.locate(a).block == d.block_at(min(a, len(source)))
    d.text_of(span)


@SOME
@given(sources(), st.sampled_from(FORMATS), st.integers(0, 60), st.integers(0, 60))
def test_what_is_editable_loses_no_markup(source: str, format: Format, a: int, b: int) -> None:
    d = parse(source, format)
    span = Span(min(a, b), max(a, b))
    if d.editable(span):
        block = d.block_at(span.start)
        assert block is not None
        assert block.span.contains(span)
        markup = [p for p in d.parts_in(span) if p.kind is PartKind.MARKUP]
        whole = [m for m in d.marks_in(span) if span.contains(m.span)]
        assert not markup or whole


@SOME
@given(sources())
def test_folding_is_idempotent_and_its_map_leads_back(text: str) -> None:
    folded, index = fold_with_map(text)
    assert fold(fold(text)) == fold(text)
    assert folded == fold(text)
    assert len(index) == len(folded) + 1
    assert list(index) == sorted(index)
    assert index[-1] == len(text)
