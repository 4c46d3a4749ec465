"""A run, or two runs compared, as pages with nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.errors import NotFound
from service.evaluation.charts import HEIGHT, WIDTH, chart
from service.evaluation.comparison import Comparison
from service.evaluation.measures import Better, Measure, is_judges, measure_named
from service.evaluation.results import ALL, Results, judge_fault, repeat_range
from service.evaluation.shown import Item, Link, Places, article, moved
from service.evaluation.terminal import leading

FILE = "report.html"
WORST = 5
LISTED = 50  # of the items that were not measured


def page_file(page: int) -> str:
    """Return the name of a page's file.

    >>> page_file(1), page_file(2)
    ('report.html', 'report-2.html')
    """
    return FILE if page == 1 else f"report-{page}.html"


def _number(value: float, digits: int) -> str:
    """Return a number as a reader expects it: a true minus, and no sign of what rounds to nothing."""
    return f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")


def _exact(value: float, digits: int) -> str:
    """Return an article's own number: a count has no decimals.

    >>> _exact(3, 2), _exact(0.25, 2)
    ('3', '0.25')
    """
    return _number(value, 0 if float(value).is_integer() else digits)


def _signed(value: float, digits: int) -> str:
    """Return a change with its sign.

    >>> _signed(7.21, 1), _signed(-0.5, 1), _signed(0.004, 1)
    ('+7.2', '−0.5', '0.0')
    """
    return f"{'+' if round(value, digits) > 0 else ''}{_number(value, digits)}"


def _breakable(text: str) -> str:
    """Return a name or label that breaks after an underscore, and not within a range of numbers."""
    return str(text).replace("_", "_\u200b").replace("–", "\u2060–\u2060")


class Pages:
    """The pages of `templates/report`."""

    def __init__(self, templates: Path) -> None:
        loader = FileSystemLoader(templates / "report")
        self._pages = Environment(
            loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self._pages.filters["words"] = lambda name: str(name).replace("_", " ")
        self._pages.filters["number"] = _number
        self._pages.filters["exact"] = _exact
        self._pages.filters["signed"] = _signed
        self._pages.filters["breakable"] = _breakable
        self._pages.filters["moment"] = lambda at: at[:16].replace("T", " ") + " UTC"
        self._pages.globals |= {"chart_width": WIDTH, "chart_height": HEIGHT}

    def write(self, folder: Path, results: Results, items: Sequence[Item]) -> Path:
        """Write all pages of a run into its folder and return the first; pages of an earlier run go."""
        for old in folder.glob("report-*.html"):
            old.unlink()
        run = _Run(results, items)
        for page in range(1, run.places.pages + 1):
            (folder / page_file(page)).write_text(self._report(run, page, page_file), encoding="utf-8")
        return folder / FILE

    def report(
        self, results: Results, items: Sequence[Item], *, page: int = 1, link: Link = page_file
    ) -> str:
        """Return a page of a run: the first has the numbers and the articles of lowest score, the next ones
        the other articles.

        `items` are those of its `items.jsonl`, for the texts behind the numbers; `link` leads to another
        page. Raises NotFound for a page that there is not.
        """
        return self._report(_Run(results, items), page, link)

    def _report(self, run: _Run, page: int, link: Link) -> str:
        if not 1 <= page <= run.places.pages:
            raise NotFound(f"The report has {run.places.pages} pages, not {page}.")
        results = run.results
        first = page == 1
        return self._pages.get_template("report.html.j2").render(
            results=results,
            page=page,
            pages=run.places.pages,
            link=link,
            fault=judge_fault(results),
            apart=repeat_range(results),
            table=run.table(link) if first else None,
            charts=run.charts(link) if first else [],
            missed=run.missed[:LISTED] if first else [],
            missed_count=len(run.missed),
            articles=run.articles(page),
            shown=len(run.order),
        )

    def comparison(
        self,
        found: Comparison,
        a: str,
        b: str,
        items_a: Sequence[Item] = (),
        items_b: Sequence[Item] = (),
    ) -> str:
        """Return the page of a comparison, with the texts of what changed most where the items are given."""
        before, after = ({i["id"]: i for i in items} for items in (items_a, items_b))
        shown = [moved(m, before[m.id], after[m.id]) for m in found.moved if m.id in before and m.id in after]
        return self._pages.get_template("compare.html.j2").render(found=found, a=a, b=b, shown=shown)


class _Run:
    """A run with its articles in the order of the report: lowest score first."""

    def __init__(self, results: Results, items: Sequence[Item]) -> None:
        self.results = results
        self._full = {i["id"]: i for i in items if i.get("source") is not None}
        self._measured = {i["id"]: i for i in results["items"] if i["state"] == "measured"}
        self.missed = [i for i in results["items"] if i["state"] != "measured"]
        self.order = sorted(
            (i for i in self._measured if i in self._full),
            key=lambda i: (self._measured[i]["measures"].get("score") or 0, i),
        )
        self.places = Places(self.order, self._full)

    def articles(self, page: int) -> list[dict[str, Any]]:
        """Return the articles of a page."""
        return [
            article(self.places.anchor(i), self._measured[i], self._full[i]) for i in self.places.on(page)
        ]

    def table(self, link: Link) -> dict[str, Any]:
        """Return the leading measures by group; each mean leads to the group's worst article."""
        columns = leading(self.results)
        rows = [
            {"group": g, "cells": [self._cell(g, m, link) for m in columns]} for g in self.results["groups"]
        ]
        return {"columns": columns, "rows": rows}

    def _cell(self, group: Mapping[str, Any], measure: Measure, link: Link) -> dict[str, Any]:
        held = group["measures"].get(measure.name)
        return {"held": held, "href": self._worst_href(group["name"], measure, link) if held else ""}

    def _worst_href(self, group: str, measure: Measure, link: Link) -> str:
        ranked = self._ranked(measure, group)
        nothing_there = measure.better is Better.LOWER and ranked and ranked[0][1] == 0
        return self.places.href(ranked[0][0], measure, 1, link) if ranked and not nothing_there else ""

    def charts(self, link: Link) -> list[dict[str, Any]]:
        """Return each measure with its chart and its worst articles; a judge's only where they count."""
        fault = judge_fault(self.results)
        there = dict.fromkeys(name for g in self.results["groups"] for name in g["measures"])
        out = []
        for measure in map(measure_named, there):
            drawn = chart(self.results["groups"], self._values(measure), measure.name, measure.digits)
            if drawn is not None and not (fault and is_judges(measure.name)):
                out.append({"measure": measure, "chart": drawn, "worst": self._worst(measure, link)})
        return out

    def _values(self, measure: Measure) -> dict[str, list[float]]:
        values: dict[str, list[float]] = {}
        for item in self._measured.values():
            value = item["measures"].get(measure.name)
            if value is not None:
                values.setdefault(item["group"], []).append(value)
        return {**values, ALL: [v for group in values.values() for v in group]}

    def _worst(self, measure: Measure, link: Link) -> list[dict[str, Any]]:
        """Return the articles at the worse end, but for those as good as the best."""
        ranked = self._ranked(measure, ALL)
        return [
            {"id": i, "value": value, "href": self.places.href(i, measure, 1, link)}
            for i, value in ranked[:WORST]
            if value != ranked[-1][1]
        ]

    def _ranked(self, measure: Measure, group: str) -> list[tuple[str, float]]:
        """Return the articles of a group (`all`: every one) by a measure, the worst first; none by one that
        has no better way.
        """
        if measure.better is Better.NEITHER:
            return []
        held = [
            (i, float(value))
            for i, item in self._measured.items()
            if group in (ALL, item["group"]) and (value := item["measures"].get(measure.name)) is not None
        ]
        return sorted(held, key=lambda pair: (pair[1] * measure.better, pair[0]))
