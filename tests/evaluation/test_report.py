from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import resources
from service.document import Format
from service.errors import NotFound
from service.evaluation.charts import FEW, WIDTH, chart, ticks
from service.evaluation.comparison import compare
from service.evaluation.highlights import pieces
from service.evaluation.item import Task, done, failed
from service.evaluation.report import Pages
from service.evaluation.results import summarise, with_sameness
from service.evaluation.shown import PAGE_CHARACTERS, PER_PAGE
from service.evaluation.suites import articles
from service.evaluation.terminal import overview
from service.films import Film

TEXT = (
    "Ida Berg gives a masterful performance. <b>It is a must-watch film</b> & more. It is a must-watch film."
)
FERRY = Film(id="f", title="The Ferry", year=2001, directors=("Ida Berg",))
PAGES = Pages(resources.folder("templates"))


def measured(name: str, text: str, group: str = "own", film: Film | None = None) -> dict[str, Any]:
    task = articles.task(name, text, group=group, format=Format.TEXT, film=film)
    return done(task, articles.work(task))


def page() -> str:
    items = [measured(f"t{i}", TEXT, group) for i, group in enumerate("aab")]
    items.append(failed(Task("odd", "a"), ValueError("unreadable")))
    items = with_sameness(items)
    return PAGES.report(summarise("articles", items), items)


def plain(number: int, source: str = "A ferry.", **measures: float) -> dict[str, Any]:
    held = measures or {"score": float(number)}
    return {"id": f"i{number:04}", "group": "set", "key": str(number), "state": "measured",
            "measures": held, "source": source, "findings": [], "claims": []}  # fmt: skip


def test_the_page_is_self_contained_and_escapes_the_text() -> None:
    html = page()
    assert not re.search(r"""(src|href)=["'](https?:)?//""", html)
    assert "<b>It is" not in html
    assert "&lt;b&gt;" in html


def test_every_link_leads_somewhere_on_the_page() -> None:
    html = page()
    ids = set(re.findall(r'id="([^"]+)"', html))
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert links
    assert links <= ids


def test_a_mean_leads_to_the_first_sentence_behind_it() -> None:
    items = [measured("good", "The tide went out."), measured("bad", TEXT)]
    html = PAGES.report(summarise("articles", items), items)
    table = html[html.index("<table") : html.index("</table>")]
    behind = re.search(r'href="#(a\d+-f\d+)">[\d.]+</a><small>[^<]*</small></td>', table)
    assert behind
    assert f'<span id="{behind[1]}"></span><a href=' in html


def test_a_contradicted_claim_is_behind_its_number() -> None:
    items = [measured("wrong", "The Ferry is a 2003 film directed by Ida Berg.", film=FERRY)]
    html = PAGES.report(summarise("articles", items), items)
    assert re.search(r"claims contradicted</span><span>1 <a href=\"#a1-c\d+\">c\d+</a>", html)


def test_what_was_not_measured_is_named() -> None:
    assert "ValueError: unreadable" in page()


def test_a_large_set_goes_over_pages_and_every_article_is_on_one(tmp_path: Path) -> None:
    items = [plain(n) for n in range(2 * PER_PAGE + 5)]
    (tmp_path / "report-9.html").write_text("of an earlier run")
    PAGES.write(tmp_path, summarise("articles", items), items)
    files = sorted(p.name for p in tmp_path.iterdir())
    assert files == ["report-2.html", "report-3.html", "report.html"]
    first, *others = [(tmp_path / name).read_text("utf-8") for name in ("report.html", *files[:2])]
    assert f"{PER_PAGE} of {len(items)} articles, page 1 of 3" in first
    assert 'href="report-2.html"' in first
    ids = [i for text in (first, *others) for i in re.findall(r'<details id="(a\d+)"', text)]
    assert ids == [f"a{n}" for n in range(1, len(items) + 1)]
    assert "<table" not in others[0]


def test_a_link_to_an_article_of_another_page_names_the_page() -> None:
    items = [plain(n, score=float(n), mtld=-float(n)) for n in range(PER_PAGE + 1)]
    html = PAGES.report(summarise("articles", items), items, link=lambda n: f"?page={n}")
    assert f'href="?page=2#a{PER_PAGE + 1}"' in html


def test_a_page_is_bounded_in_characters_too() -> None:
    items = [plain(n, "x" * (PAGE_CHARACTERS // 2 + 1)) for n in range(2)]
    results = summarise("articles", items)
    assert "page 1 of 2" in PAGES.report(results, items)
    with pytest.raises(NotFound, match="2 pages"):
        PAGES.report(results, items, page=3)


def test_the_page_of_a_comparison_marks_what_became_of_the_words() -> None:
    before = [measured("a", "The ferry is a must-watch. The tide went out.")]
    after = [measured("a", "The ferry is slow. The tide went out.")]
    found = compare(summarise("articles", before), summarise("articles", after))
    html = PAGES.comparison(found, "before", "after", before, after)
    assert "<del>a must-watch</del><ins>slow</ins>" in html
    assert "Found before, no more" in html
    assert "Found only now" not in html


def test_the_page_of_a_comparison_without_texts_lists_what_changed() -> None:
    before, after = [plain(1, score=10.0)], [plain(1, score=20.0)]
    found = compare(summarise("articles", before), summarise("articles", after))
    html = PAGES.comparison(found, "before", "after")
    assert "10.00 → 20.00 (+10.00)" in html


@pytest.mark.parametrize("values", [[5.0], [5.0] * 3, [5.0] * (FEW + 1), [1.0, 9.0]])
def test_no_chart_collapses(values: list[float]) -> None:
    results = summarise("articles", [plain(n, words=v) for n, v in enumerate(values)])
    drawn = chart(results["groups"], {"set": values}, "words", 1)
    assert drawn is not None
    assert len(drawn.ticks) >= 2
    (row,) = drawn.rows
    assert len(row.values) == (len(values) if len(values) <= FEW else 0)
    assert bool(row.bars) == (len(values) > FEW)
    assert all(bar.width > 0 and bar.height > 0 for bar in row.bars)
    assert all(0 <= x <= WIDTH for x in (*row.values, row.mean, row.low, row.high))


@given(st.floats(-1e6, 1e6), st.floats(1e-4, 1e6))
def test_a_scale_has_a_few_round_ticks_in_order(least: float, size: float) -> None:
    found = ticks(least, least + size)
    assert 2 <= len(found) <= 7
    assert all(-1e-3 <= t.at <= 100 + 1e-3 for t in found)
    assert [t.at for t in found] == sorted(t.at for t in found)
    assert len({t.label for t in found}) == len(found)


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3)


@given(st.text(max_size=30), st.lists(SPANS, max_size=4))
def test_pieces_are_the_text(source: str, spans: list[list[tuple[int, int]]]) -> None:
    marks = [{"id": f"f{i}", "spans": s} for i, s in enumerate(spans)]
    assert "".join(p.text for p in pieces(source, marks)) == source


def test_the_overview_tells_mean_and_interval() -> None:
    lines = overview(summarise("articles", with_sameness([measured("t", TEXT)])))
    assert re.search(r"score, 0–100 +[\d.]+  \[[\d.]+, [\d.]+\]", lines)
