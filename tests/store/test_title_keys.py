from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from service.films.titles import title_key
from service.store.title_keys import (
    BEGINNINGS,
    PIECES_FROM,
    Numbers,
    Values,
    dated,
    entries,
    exact,
    pieces,
    probes,
    slips_allowed,
)

UNTIMED = settings(deadline=None)
KEYS = st.text("abcdefgh0é七👼", min_size=3, max_size=40)


def stored(keys: Sequence[str]) -> tuple[Values, Numbers]:
    return entries(keys, [None] * len(keys), [()] * len(keys))


def hashes(*keys: str) -> set[int]:
    return set(stored(keys)[0].tolist())


@UNTIMED
@given(KEYS, st.data())
def test_a_key_within_the_allowed_edits_is_always_probed(key: str, data: st.DataObject) -> None:
    query = key
    for _ in range(slips_allowed(len(key))):
        query = _edited(query, data)
    assert hashes(key) & {*probes([query]).deleted, *probes([query]).pieces, *exact([query])}


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


@UNTIMED
@given(st.text("abcdefgh", min_size=3, max_size=40), st.data())
def test_a_transposition_is_probed(key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(key) - 2))
    query = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    assert hashes(key) & {*probes([query]).deleted, *probes([query]).pieces, *exact([query])}


@UNTIMED
@given(KEYS, st.data())
def test_a_beginning_is_probed_from_three_letters_on(key: str, data: st.DataObject) -> None:
    begun = key[: data.draw(st.integers(1, len(key)))]
    probe = set(probes([begun]).begun)
    assert bool(probe) == (len(begun) >= min(BEGINNINGS))
    assert not probe or len(begun) == len(key) or probe <= hashes(key)


@UNTIMED
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8))
def test_keys_hashed_together_have_the_hashes_that_they_have_alone(keys: list[str]) -> None:
    together, owners = stored(keys)
    for place, key in enumerate(keys):
        assert sorted(together[owners == place].tolist()) == sorted(stored([key])[0].tolist())
        assert set(exact([key])) <= hashes(key)


WORDS = st.lists(st.text("abcdé七", min_size=1, max_size=6), min_size=3, max_size=7)


@UNTIMED
@given(WORDS, st.data())
def test_a_key_with_a_word_less_more_or_another_is_probed(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    held = set(entries(["".join(words)], [None], [words])[0].tolist())
    less, more = [*words[:at], *words[at + 1 :]], [*words[:at], "zz", *words[at:]]
    for query in (less, more, [*words[:at], "zz", *words[at + 1 :]]):
        assert held & {*probes(query).wordless, *exact(["".join(query)])}


def test_a_key_is_probed_with_its_year_and_those_beside_it() -> None:
    stood = set(entries(["solaris"], [1972], [()])[0].tolist())
    assert all(set(probes(["solaris"], year).dated) & stood for year in (1971, 1972, 1973))
    assert not set(probes(["solaris"], 2002).dated) & stood
    assert set(dated([("solaris", 1972)])) <= stood


def test_other_keys_are_hardly_ever_hinted_at() -> None:
    keys = [f"film{n * 7919 % 100_003:05}x{n * 104_729 % 99_991:05}" for n in range(5000)]
    assert len(hashes(*keys) & set(exact([f"other{key}" for key in keys]))) < 5


@UNTIMED
@given(st.integers(PIECES_FROM, 300))
def test_pieces_cover_a_key_and_none_is_empty(length: int) -> None:
    parts = pieces(length)
    assert parts[0][0] == 0
    assert parts[-1][1] == length
    assert all(start < end for start, end in parts)


@UNTIMED
@given(st.text(max_size=60))
def test_a_key_is_empty_only_for_a_blank_title(title: str) -> None:
    assert bool(title_key(title)) == bool(title.strip()) or not any(c.isprintable() for c in title)


@UNTIMED
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
