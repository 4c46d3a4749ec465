"""A run as one self-contained page, and in short for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.evaluation.charts import chart
from service.evaluation.comparison import Comparison
from service.evaluation.highlights import pieces
from service.evaluation.judge import JudgeState
from service.evaluation.measures import Better, measure_named
from service.evaluation.results import Results

SHOWN = 150  # articles on a page; of a larger set, those that are worst by some measure
WORST = 5
SHORT = ("score", "cliches", "repeats_per_1000", "echo", "mtld", "contradicted", "facts_per_100",
         "score_gain", "words_kept", "notes_covered", "right", "false_alarm", "missed", "recall", "precision",
         "accepted", "refused", "judge", "words")  # fmt: skip


class Pages:
    """The pages of `templates/report`."""

    def __init__(self, templates: Path) -> None:
        loader = FileSystemLoader(templates / "report")
        self._pages = Environment(loader=loader, undefined=StrictUndefined, autoescape=True, trim_blocks=True)
        self._pages.filters["words"] = lambda name: str(name).replace("_", " ")
        self._pages.filters["number"] = lambda value, digits: f"{value:,.{digits}f}"

    def report(self, results: Results, items: Sequence[Mapping[str, Any]]) -> str:
        """Return the page of a run; `items` are those of its `items.jsonl`, for the texts behind numbers."""
        measured = {i["id"]: i for i in results["items"] if i["state"] == "measured"}
        worst = _worst(results, measured)
        shown = _shown(measured, worst, {i["id"]: i for i in items})
        return self._pages.get_template("report.html.j2").render(
            results=results,
            short=_columns(results),
            charts=_charts(results, measured),
            worst=worst,
            articles=shown,
            anchors={a["id"]: a["anchor"] for a in shown},
            missed=[i for i in results["items"] if i["state"] != "measured"],
            hidden=len(measured) - len(shown),
        )

    def comparison(self, found: Comparison, a: str, b: str) -> str:
        """Return the page of a comparison."""
        return self._pages.get_template("compare.html.j2").render(found=found, a=a, b=b)


def _columns(results: Results) -> list[Any]:
    there = {name for g in results["groups"] for name in g["measures"]}
    return [measure_named(n) for n in SHORT if n in there]


def _measures(results: Results) -> list[Any]:
    there = dict.fromkeys(name for g in results["groups"] for name in g["measures"])
    return [measure_named(n) for n in there]


def _charts(results: Results, measured: Mapping[str, Any]) -> list[dict[str, Any]]:
    out = []
    for measure in _measures(results):
        values: dict[str, list[float]] = {}
        for item in measured.values():
            value = item["measures"].get(measure.name)
            if value is not None:
                values.setdefault(item["group"], []).append(value)
        values["all"] = [v for group in values.values() for v in group]
        drawn = chart(results["groups"], values, measure.name, measure.digits)
        if drawn is not None:
            out.append({"measure": measure, "chart": drawn})
    return out


def _worst(results: Results, measured: Mapping[str, Any]) -> dict[str, list[tuple[str, float]]]:
    """Return for each measure that has a better way the items at its worse end."""
    out = {}
    for measure in _measures(results):
        if measure.better is Better.NEITHER:
            continue
        way = measure.better
        held = [
            (i, v) for i, item in measured.items() if (v := item["measures"].get(measure.name)) is not None
        ]
        ranked = sorted(held, key=lambda pair: (pair[1] * way, pair[0]))
        out[measure.name] = ranked[:WORST] if ranked and ranked[0][1] != ranked[-1][1] else []
    return out


def _shown(
    measured: Mapping[str, Any], worst: Mapping[str, Sequence[tuple[str, float]]], items: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the articles of the page: all of a small set, else the worst by each measure and by score."""
    there = [i for i in measured if items.get(i, {}).get("source") is not None]
    by_score = sorted(there, key=lambda i: (measured[i]["measures"].get("score", 0), i))
    wanted = by_score
    if len(there) > SHOWN:
        named = dict.fromkeys(i for ranked in worst.values() for i, _ in ranked if i in there)
        wanted = list(dict.fromkeys([*named, *by_score]))[:SHOWN]
        wanted.sort(key=by_score.index)
    return [_article(n, measured[i], items[i]) for n, i in enumerate(wanted, 1)]


def _article(number: int, item: Mapping[str, Any], full: Mapping[str, Any]) -> dict[str, Any]:
    findings = [{**f, "look": f["kind"]} for f in full.get("findings", [])]
    claims = [
        {**c, "spans": [c["span"]], "look": c["verdict"], "message": c["reason"]}
        for c in full.get("claims", [])
    ]
    numbers = [
        {
            "measure": measure_named(name),
            "value": value,
            "ids": [f["id"] for f in findings if f["kind"] in measure_named(name).kinds]
            + [c["id"] for c in claims if c["verdict"] == name],
        }
        for name, value in item["measures"].items()
        if value is not None
    ]
    return {
        "anchor": f"a{number}",
        "id": item["id"],
        "group": item["group"],
        "numbers": numbers,
        "score": item["measures"].get("score"),
        "pieces": pieces(full["source"], [*findings, *claims]),
        "findings": findings,
        "claims": claims,
        "after": full.get("after"),
    }


def overview(results: Results) -> str:
    """Return the groups' leading measures as lines of text: mean [low, high]."""
    columns = _columns(results)
    lines = judge_lines(results)
    for group in results["groups"]:
        lines.append(f"{group['name']}: {group['measured']} of {group['items']} measured")
        for measure in columns:
            held = group["measures"].get(measure.name)
            if held is not None:
                mean, low, high = (f"{held[k]:,.{measure.digits}f}" for k in ("mean", "low", "high"))
                lines.append(f"  {measure.label:<48} {mean:>10}  [{low}, {high}]")
    return "\n".join(lines)


def judge_lines(results: Results) -> list[str]:
    """Return what is known of the run's judge as lines: what its grades are worth, then its agreement."""
    judge = results.get("judge")
    if judge is None:
        return []
    usable = judge["state"] == JudgeState.USABLE
    lines = [
        f"judge {judge['model']}, {judge['seeds']} seeds: {judge['state']}. {judge['said']}"
        + ("" if usable else " Its grades do not count.")
    ]
    for name, held in judge["agreement"].items():
        rho, kappa = (_bounded(held[k]) for k in ("spearman", "kappa"))
        lines.append(
            f"  with people, {name.replace('_', ' ')}: Spearman {rho}, weighted kappa {kappa}, n {held['n']}"
        )
    return lines


def _bounded(value: Sequence[float | None]) -> str:
    """Return a value with its interval, or that it is not defined."""
    middle, low, high = value
    if middle is None:
        return "undefined"
    return f"{middle:.2f}" if low is None or high is None else f"{middle:.2f} [{low:.2f}, {high:.2f}]"


def comparison_text(found: Comparison) -> str:
    """Return a comparison as lines of text, the items that changed most at the end."""
    lines = [f"{'measure':<44} {'before':>9} {'after':>9} {'change':>9}  interval, wins/ties/losses, verdict"]
    for d in found.differences:
        digits = d.measure.digits
        numbers = " ".join(f"{v:>9,.{digits}f}" for v in (d.before, d.after, d.change))
        interval = f"[{d.low:,.{digits}f}, {d.high:,.{digits}f}]"
        counts = f"{d.wins}/{d.ties}/{d.losses}"
        lines.append(f"{d.measure.label[:44]:<44} {numbers}  {interval} {counts} {d.verdict}")
    lines.append(f"{found.paired} items in both; changed most by {found.leading.replace('_', ' ')}:")
    lines += [f"  {m.change:+9.2f}  {m.id} ({m.before:g} to {m.after:g})" for m in found.moved] or ["  none"]
    lines += found.remarks
    alone = len(found.only_a), len(found.only_b)
    if any(alone):
        lines.append(f"without a pair: {alone[0]} only before, {alone[1]} only after")
    return "\n".join(lines)
