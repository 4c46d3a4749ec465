"""The score is monotone in findings, blind to the title's length, and its parts add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.detectors import Finding, Level, Subject, detect
from service.detectors.score import percentile, score
from service.document import Span, parse
from service.films import Film

COPY = (
    "{t} left an indelible mark on viewers. In the realm of cinema, {t} is a testament to the human spirit. "
    "The film takes us on an emotional journey. {t} transcends boundaries and resonates with audiences. "
    "It is a cinematic masterpiece, and {t} resonates long after the credits roll."
)
LEVELS = st.sampled_from(list(Level))
FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["cliche", "repeated_phrase", "overused_word"]),
        st.just(""),
        st.lists(st.just(Span(0, 1)), min_size=1, max_size=9).map(tuple),
        LEVELS,
    ),
    min_size=1,
    max_size=12,
)


@given(FINDINGS, st.data())
def test_taking_a_finding_away_never_lowers_the_score(findings: list[Finding], data: st.DataObject) -> None:
    document = parse("A plain text about boats and the weather at sea.")
    gone = data.draw(st.integers(0, len(findings) - 1))
    fewer = findings[:gone] + findings[gone + 1 :]
    assert score(document, Subject(), fewer).score >= score(document, Subject(), findings).score


@pytest.mark.parametrize("title", ["Red Harbour", "The Seven Long Winters of Captain Ann Bell"])
def test_the_length_of_the_title_does_not_matter(title: str) -> None:
    short = Subject(film=Film(id="f", title="Harbour 9"))
    long = Subject(film=Film(id="f", title=title))
    one = score(parse(COPY.format(t="Harbour 9")), short)
    other = score(parse(COPY.format(t=title)), long)
    assert one.score == other.score
    assert [p.name for p in one.parts] == [p.name for p in other.parts]


STUFFED = (
    "Are you looking for {t} ending explained? Here is {t} ending explained in full. "
    "A diver finds a wreck, and many people want {t} ending explained because the bell rings twice. "
    "Her brother sells the boat. Share {t} ending explained with friends who like films about the sea."
)


@pytest.mark.parametrize("title", ["Red Harbour", "The Seven Long Winters of Captain Ann Bell"])
def test_a_text_stuffed_with_a_phrase_that_nobody_named_is_no_clean_text(title: str) -> None:
    subject = Subject(film=Film(id="f", title=title))
    stuffed = score(parse(STUFFED.format(t=title)), subject)
    assert stuffed.parts[0].name == "keyword_stuffing"
    assert stuffed.score < 75
    assert stuffed.percentile is not None
    assert stuffed.percentile <= 2
    assert stuffed.score == score(parse(STUFFED.format(t="It")), Subject(film=Film(id="f", title="It"))).score


def test_the_parts_add_up_to_what_is_lost() -> None:
    result = score(parse(COPY.format(t="It")), Subject())
    assert sum(p.points for p in result.parts) == pytest.approx(100 - result.score, abs=0.4)
    assert result.score < 60


def test_findings_given_are_the_findings_made() -> None:
    document = parse(COPY.format(t="It"))
    assert score(document, Subject(), detect(document, Subject())) == score(document, Subject())


def test_an_empty_text_is_clean() -> None:
    assert score(parse(""), Subject()).score == 100.0


@given(st.floats(0, 100), st.floats(0, 100), st.integers(0, 5000))
def test_a_higher_score_never_has_a_lower_percentile(one: float, other: float, words: int) -> None:
    low, high = sorted((one, other))
    below, above = percentile(low, words), percentile(high, words)
    assert below is not None
    assert above is not None
    assert 0 <= below <= above <= 100
