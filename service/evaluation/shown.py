"""Articles as the report's pages show them: the marked text, the numbers, and what stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.evaluation.changes import changes
from service.evaluation.comparison import SAME, Moved
from service.evaluation.highlights import pieces
from service.evaluation.measures import Measure, is_part, measure_named

PER_PAGE = 150
PAGE_CHARACTERS = 1_500_000  # of the articles' texts; a page has about four times as many bytes of HTML
MOVED_MEASURES = 12

Item = Mapping[str, Any]
Link = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands: the number of its page, from 1, and its anchor there."""

    page: int
    anchor: str


class Places:
    """Where each article stands, on pages of at most PER_PAGE articles and PAGE_CHARACTERS of text."""

    def __init__(self, ids: Sequence[str], items: Mapping[str, Item]) -> None:
        self._places: dict[str, Place] = {}
        self._items = items
        page, count, size = 1, 0, 0
        for number, name in enumerate(ids, 1):
            length = len(items[name]["source"])
            if count and (count == PER_PAGE or size + length > PAGE_CHARACTERS):
                page, count, size = page + 1, 0, 0
            count, size = count + 1, size + length
            self._places[name] = Place(page, f"a{number}")
        self.pages = page

    def on(self, page: int) -> list[str]:
        """Return the ids of a page's articles, in order."""
        return [name for name, place in self._places.items() if place.page == page]

    def anchor(self, name: str) -> str:
        """Return the anchor of an article."""
        return self._places[name].anchor

    def href(self, name: str, measure: Measure, page: int, link: Link) -> str:
        """Return the link from `page` to the first sentence behind an article's measure, or to the article;
        empty where it is not shown.
        """
        place = self._places.get(name)
        if place is None:
            return ""
        behind = ids_behind(measure, self._items[name])
        anchor = f"{place.anchor}-{behind[0]}" if behind else place.anchor
        return f"{'' if place.page == page else link(place.page)}#{anchor}"


def ids_behind(measure: Measure, item: Item) -> list[str]:
    """Return the ids of the findings and claims that a measure of an article counts."""
    findings = [f["id"] for f in item.get("findings", []) if f["kind"] in measure.kinds]
    return findings + [c["id"] for c in item.get("claims", []) if c["verdict"] == measure.name]


def article(anchor: str, item: Item, full: Item) -> dict[str, Any]:
    """Return what a page shows of an article; `full` is its line of `items.jsonl`."""
    findings, claims = _findings(full), _claims(full)
    numbers = [
        {"measure": (m := measure_named(name)), "value": value, "ids": ids_behind(m, full)}
        for name, value in item["measures"].items()
        if value is not None
    ]
    after = full.get("after")
    return {
        "anchor": anchor,
        "id": item["id"],
        "group": item["group"],
        "numbers": numbers,
        "score": item["measures"].get("score"),
        "pieces": pieces(full["source"], [*findings, *claims]),
        "findings": findings,
        "claims": claims,
        "changes": None if after is None else changes(full["source"], after),
        "judge": item.get("judge"),
    }


def moved(found: Moved, a: Item, b: Item) -> dict[str, Any]:
    """Return what a page shows of an article that changed: the words, the measures, the findings."""
    text_a, text_b = _text(a), _text(b)
    return {
        "moved": found,
        "same_text": text_a == text_b,
        "changes": changes(text_a, text_b) if text_a and text_b else [],
        "measures": _changed(a["measures"], b["measures"]),
        "gone": _unlike(_last_findings(a), _last_findings(b)),
        "come": _unlike(_last_findings(b), _last_findings(a)),
    }


def _text(item: Item) -> str:
    """Return the text that was measured: of an edit the copy after it."""
    return str(item.get("after") or item.get("source") or "")


def _changed(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[dict[str, Any]]:
    both = [n for n in a if a[n] is not None and b.get(n) is not None and abs(a[n] - b[n]) > SAME]
    out = []
    for name in both[:MOVED_MEASURES]:
        measure = measure_named(name)
        gain = 0.0 if is_part(name) else (b[name] - a[name]) * measure.better
        verdict = "better" if gain > 0 else "worse" if gain < 0 else ""
        out.append({"measure": measure, "before": a[name], "after": b[name], "verdict": verdict})
    return out


def _last_findings(item: Item) -> list[dict[str, Any]]:
    """Return the findings and claims of the text that was measured."""
    return [*_findings(item, "findings_after" if "findings_after" in item else "findings"), *_claims(item)]


def _unlike(
    these: Sequence[Mapping[str, Any]], those: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    known = {(f["look"], f["message"]) for f in those}
    return [f for f in these if (f["look"], f["message"]) not in known]


def _findings(item: Item, name: str = "findings") -> list[dict[str, Any]]:
    return [{**f, "look": f["kind"]} for f in item.get(name, [])]


def _claims(item: Item) -> list[dict[str, Any]]:
    return [
        {**c, "spans": [c["span"]], "look": c["verdict"], "message": c["reason"]}
        for c in item.get("claims", [])
    ]
