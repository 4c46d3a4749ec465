"""The desk in a real browser: what a person does at it, wide and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ROOMS = ("/", "/edit", "/draft", "/score", "/films", "/films/parasite-2019", "/evals", "/batches")


def fits(page: Page) -> bool:
    """Return whether the page is no wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def edited(page: Page) -> None:
    """Edit the example copy and wait for the result."""
    page.goto("/edit?example=yes")
    page.get_by_role("button", name="Edit it").click()
    page.wait_for_url("**/edits/*", timeout=90_000)


@pytest.mark.parametrize("path", ROOMS)
def test_a_page_fits_its_window(desk: Page, path: str) -> None:
    desk.goto(path)
    assert fits(desk)
    expect(desk.get_by_role("link", name="Finecut", exact=True)).to_be_visible()


def test_an_edit_is_rejected_and_accepted_without_losing_the_place(desk: Page) -> None:
    edited(desk)
    assert fits(desk)
    all_of_them = desk.get_by_text(re.compile(r"^(\d+) of \1 accepted$"))
    expect(all_of_them).to_be_visible()
    first = desk.locator("[data-edit]").first
    first.get_by_role("button", name="Reject").click()
    expect(first.get_by_role("button", name="Accept")).to_be_visible()
    expect(desk.locator(".change.rejected")).to_have_count(1)
    expect(desk.get_by_text("As you decided")).to_be_visible()
    first.get_by_role("button", name="Accept").click()
    expect(all_of_them).to_be_visible()
    expect(desk.locator(".change.rejected")).to_have_count(0)


def test_keys_go_from_edit_to_edit_and_decide(desk: Page) -> None:
    edited(desk)
    desk.keyboard.press("n")
    desk.keyboard.press("n")
    expect(desk.locator("li.now")).to_have_attribute("data-edit", "e2")
    desk.keyboard.press("r")
    expect(desk.locator("li[data-edit=e2].rejected.now")).to_be_visible()
    desk.keyboard.press("p")
    expect(desk.locator("li.now")).to_have_attribute("data-edit", "e1")


def test_all_rejected_gives_the_copy_back(desk: Page) -> None:
    desk.goto("/edit?example=yes")
    copy = desk.locator("[name=content]").input_value()
    edited(desk)
    desk.get_by_role("button", name="Reject all").click()
    expect(desk.get_by_text(re.compile(r"^0 of \d+ accepted$"))).to_be_visible()
    assert desk.locator("#clean").text_content() == copy


def test_a_draft_is_followed_to_its_review_and_a_sentence_to_its_notes(desk: Page) -> None:
    desk.goto("/draft?example=yes")
    desk.get_by_role("button", name="Draft it").click()
    desk.wait_for_url("**/reviews/*", timeout=90_000)
    assert fits(desk)
    sentence = desk.locator(".sentence").nth(1)
    sentence.click()
    target = desk.locator(":target")
    expect(target).to_be_visible()
    expect(target.locator("li").first).not_to_be_empty()


def test_films_are_suggested_as_one_types(desk: Page) -> None:
    desk.goto("/draft")
    desk.locator("[name=film]").press_sequentially("Parasi")
    expect(desk.locator("#films option").first).to_have_attribute("value", "Parasite (2019)")


def test_a_mark_in_a_scored_text_leads_to_its_reason(desk: Page) -> None:
    desk.goto("/score?example=yes")
    desk.get_by_role("button", name="Score it").click()
    expect(desk.locator(".result .meter b")).to_be_visible()
    assert fits(desk)
    desk.locator(".mark").nth(5).click()
    expect(desk.locator(":target p, li:target")).not_to_have_count(0)
    desk.get_by_text("What the").first.click()
    expect(desk.get_by_role("columnheader", name="Points")).to_be_visible()


def test_what_was_typed_survives_an_error(desk: Page) -> None:
    desk.goto("/draft")
    desk.locator("[name=film]").fill("No Such Film At All")
    desk.locator("[name=notes]").fill("the score is loud")
    desk.get_by_role("button", name="Draft it").click()
    expect(desk.get_by_role("alert")).to_contain_text("No Such Film At All")
    expect(desk.locator("[name=notes]")).to_have_value("the score is loud")
    expect(desk.locator("body")).to_contain_text("1 line")


def test_chosen_files_become_articles(desk: Page, tmp_path: Path) -> None:
    for name in ("one.txt", "two.md"):
        (tmp_path / name).write_text(f"# {name}\n\nIt is good. It is good.\n", encoding="utf-8")
    desk.goto("/evals")
    desk.locator("input[type=file]").set_input_files([tmp_path / "one.txt", tmp_path / "two.md"])
    expect(desk.locator(".counted")).to_have_text("2 lines")
    desk.get_by_role("button", name="Measure").click()
    desk.wait_for_url(re.compile("/evals/.+"), timeout=90_000)
    expect(desk.locator("main")).to_contain_text("2 articles")
    assert fits(desk)


@pytest.mark.parametrize("number", [0, 1], ids=["before", "after"])
def test_a_score_leads_to_what_it_is_made_of(desk: Page, number: int) -> None:
    edited(desk)
    score = desk.locator(".meter b a").nth(number)
    told = score.inner_text()
    score.click()
    expect(desk.locator("details.parts[open] summary")).to_have_text(f"What the {told} is made of")
    expect(desk.locator("details.parts[open] table")).to_be_visible()


def test_a_film_s_fields_stay_whole_on_a_phone(desk: Page) -> None:
    desk.goto("/films/parasite-2019")
    assert fits(desk)
    lines = desk.locator(".record th[scope=row]").evaluate_all(
        """all => all.map((th) => {
            const range = document.createRange();
            range.selectNodeContents(th);
            return range.getClientRects().length;
        })"""
    )
    assert set(lines) == {1}  # a field's name is not broken into pieces


def test_every_control_is_reached_by_the_keyboard_and_shows_it(desk: Page) -> None:
    desk.goto("/score")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="To the content")).to_be_focused()
    expect(desk.get_by_role("link", name="To the content")).to_be_in_viewport()
    desk.keyboard.press("Enter")
    for name in ("content", "film", "keyphrase"):
        for _ in range(3):
            desk.keyboard.press("Tab")
            if desk.evaluate("document.activeElement.name") == name:
                break
        expect(desk.locator(f"[name={name}]")).to_be_focused()
        assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
