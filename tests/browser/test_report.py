"""The report of an evaluation in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from service import resources
from service.document import Format
from service.evaluation.comparison import compare
from service.evaluation.item import done
from service.evaluation.report import Pages
from service.evaluation.results import summarise, with_sameness
from service.evaluation.suites import articles
from tests.conftest import ROOT

PHONE = {"width": 390, "height": 844}
FIT = "document.documentElement.scrollWidth <= window.innerWidth"


def measured(name: str, text: str) -> dict[str, Any]:
    task = articles.task(name, text, group=name.partition("-")[0], format=Format.MARKDOWN)
    return done(task, articles.work(task))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the report of some copies, and with another version of them."""
    where: Path = tmp_path_factory.mktemp("report")
    files = sorted((ROOT / "evals" / "data" / "seo").glob("*.md"))[::5]
    before = with_sameness(measured(f.name, f.read_text("utf-8")) for f in files)
    after = with_sameness(measured(f.name, f.read_text("utf-8").replace(" masterful", "")) for f in files)
    pages = Pages(resources.folder("templates"))
    results = summarise("articles", before)
    pages.write(where, results, before)
    found = compare(results, summarise("articles", after))
    (where / "compare.html").write_text(pages.comparison(found, "before", "after", before, after), "utf-8")
    return where


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ["report.html", "compare.html"])
def test_nothing_runs_over_the_edge_of_a_phone(page: Page, folder: Path, name: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # two whole numbers
    page.goto((folder / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(function (d) { d.open = true; })")
    assert page.evaluate(FIT)


def test_a_mean_leads_to_a_sentence_in_an_article_that_was_folded(page: Page, folder: Path) -> None:
    page.goto((folder / "report.html").as_uri())
    link = page.locator("table td a[href*='-f']").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    article = page.locator(f"details:has(#{target})")
    assert article.get_attribute("open") is None
    link.click()
    page.wait_for_function("id => document.getElementById(id).closest('details').open", arg=target)
    assert page.evaluate("id => { var b = document.getElementById(id).getBoundingClientRect(); "
                         "return b.top >= 0 && b.top < window.innerHeight; }", target)  # fmt: skip


def test_every_bar_can_be_seen(page: Page, folder: Path) -> None:
    page.goto((folder / "report.html").as_uri())
    widths = page.evaluate(
        "Array.from(document.querySelectorAll('.row svg')).map(s => s.getBoundingClientRect().width)"
    )
    assert widths
    assert min(widths) > 100


def test_in_print_what_is_only_for_the_screen_is_gone(page: Page, folder: Path) -> None:
    page.goto((folder / "report.html").as_uri())
    page.emulate_media(media="print")
    assert not page.locator("button").first.is_visible()
    assert page.locator("table").first.is_visible()
