from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from service import resources
from service.document import Format
from service.evaluation.highlights import pieces
from service.evaluation.item import Task, done, failed
from service.evaluation.report import Pages, overview
from service.evaluation.results import summarise, with_sameness
from service.evaluation.suites import articles

TEXT = (
    "Ida Berg gives a masterful performance. <b>It is a must-watch film</b> & more. It is a must-watch film."
)


def page() -> str:
    items = [
        done(t, articles.work(t))
        for t in (articles.task(f"t{i}", TEXT, group=g, format=Format.TEXT) for i, g in enumerate("aab"))
    ]
    items.append(failed(Task("odd", "a"), ValueError("unreadable")))
    items = with_sameness(items)
    return Pages(resources.folder("templates")).report(summarise("articles", items), items)


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


def test_what_was_not_measured_is_named() -> None:
    assert "ValueError: unreadable" in page()


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3)


@given(st.text(max_size=30), st.lists(SPANS, max_size=4))
def test_pieces_are_the_text(source: str, spans: list[list[tuple[int, int]]]) -> None:
    marks = [{"id": f"f{i}", "spans": s} for i, s in enumerate(spans)]
    assert "".join(p.text for p in pieces(source, marks)) == source


def test_the_overview_tells_mean_and_interval() -> None:
    one = articles.task("t", TEXT, group="own", format=Format.TEXT)
    lines = overview(summarise("articles", with_sameness([done(one, articles.work(one))])))
    assert re.search(r"score, 0–100 +[\d.]+  \[[\d.]+, [\d.]+\]", lines)
