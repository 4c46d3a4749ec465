"""Notes as writers type them."""

from __future__ import annotations

import pytest

from service.reviews import SectionName, parse_notes


def texts(source: str) -> list[str]:
    return [n.text for n in parse_notes(source)]


@pytest.mark.parametrize("bullet", ["- ", "* ", "+ ", "• ", "1. ", "2) ", "– ", ""])
def test_every_kind_of_bullet_is_stripped(bullet: str) -> None:
    assert texts(f"{bullet}too long by 20 minutes\n{bullet}great score") == [
        "too long by 20 minutes",
        "great score",
    ]


def test_a_heading_names_the_section_of_what_follows_until_the_next_one() -> None:
    notes = parse_notes("loose\n## Themes\n- guilt\n## Misc\n- shot on film")
    assert [(n.text, n.section) for n in notes] == [
        ("loose", None),
        ("guilt", SectionName.THEMES),
        ("shot on film", None),
    ]


@pytest.mark.parametrize("heading", ["Plot", "plot:", "  PLOT  "])
def test_a_sections_name_alone_on_a_line_is_a_heading(heading: str) -> None:
    (note,) = parse_notes(f"{heading}\n- a wedding")
    assert (note.text, note.section) == ("a wedding", SectionName.PLOT)


def test_a_bullet_that_is_a_sections_name_is_a_note() -> None:
    assert texts("- legacy") == ["legacy"]


def test_a_prefix_names_the_section_and_wins_over_the_heading() -> None:
    (note,) = parse_notes("# Plot\nLegacy: four remakes")
    assert (note.text, note.section) == ("four remakes", SectionName.LEGACY)


def test_a_colon_that_names_no_section_stays_in_the_note() -> None:
    assert texts("Lee Yong-gu: childlike father") == ["Lee Yong-gu: childlike father"]
    assert texts("Runtime: feels long") == ["Runtime: feels long"]


def test_an_indented_line_continues_its_bullet() -> None:
    assert texts("- a father\n  wrongly accused\n- the inmates") == [
        "a father wrongly accused",
        "the inmates",
    ]


def test_ids_count_the_notes_and_blank_ones_are_none() -> None:
    assert [n.id for n in parse_notes("- \n\n- one\n<!-- not\nthis -->\n- two\n")] == ["n1", "n2"]


def test_a_decimal_at_the_start_is_no_bullet() -> None:
    assert texts("7.5/10 from me") == ["7.5/10 from me"]
