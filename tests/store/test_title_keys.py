from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.films.titles import title_key
from service.store.title_keys import pieces, probes, segments, slips_allowed, transpositions

KEYS = st.text("abcdefgh0", min_size=3, max_size=40)


@given(KEYS, st.data())
def test_a_key_within_the_allowed_edits_is_always_probed(key: str, data: st.DataObject) -> None:
    query = key
    for _ in range(slips_allowed(len(key))):
        query = _edited(query, data)
    assert set(segments(key)) & set(probes(query)) or not query


def _edited(text: str, data: st.DataObject) -> str:
    at = data.draw(st.integers(0, max(0, len(text) - 1)))
    letter = data.draw(st.sampled_from("abcdefgh0z"))
    kind = data.draw(st.sampled_from(["insert", "drop", "change", "keep"]))
    return {
        "insert": text[:at] + letter + text[at:],
        "drop": text[:at] + text[at + 1 :],
        "change": text[:at] + letter + text[at + 1 :],
        "keep": text,
    }[kind]


@given(st.text("abcdefgh", min_size=3, max_size=40), st.data())
def test_a_transposition_is_probed_or_undone(key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(key) - 2))
    query = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    assert set(segments(key)) & set(probes(query)) or key in (query, *transpositions(query))


@given(st.integers(1, 300))
def test_pieces_cover_a_key_and_none_is_empty(length: int) -> None:
    parts = pieces(length)
    if parts:
        assert parts[0][0] == 0
        assert parts[-1][1] == length
        assert all(start < end for start, end in parts)


@given(st.text(max_size=60))
def test_a_key_is_empty_only_for_a_blank_title(title: str) -> None:
    assert bool(title_key(title)) == bool(title.strip()) or not any(c.isprintable() for c in title)


@given(st.text(max_size=60))
def test_case_does_not_matter_to_a_key(title: str) -> None:
    assert title_key(title.casefold()) == title_key(title.casefold().casefold())


def test_words_that_only_look_like_articles_stay() -> None:
    assert title_key("Die Hard") == "diehard"
    assert title_key("Las Vegas") == "lasvegas"
    assert title_key("It") == "it"
    assert title_key("A") == "a"


def test_numerals_are_read_as_numbers_only_where_they_are_words() -> None:
    assert title_key("Rocky II") == title_key("Rocky 2")
    assert title_key("Ivanhoe") == "ivanhoe"
    assert title_key("Malcolm X") == "malcolmx"
