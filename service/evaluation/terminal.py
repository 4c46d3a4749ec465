"""Runs and comparisons in short, as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.evaluation.comparison import Comparison
from service.evaluation.judge import JudgeState
from service.evaluation.measures import Measure, is_judges, measure_named
from service.evaluation.results import Results, judge_fault, repeat_range

LEADING = ("score", "cliches", "repeats_per_1000", "echo", "rouge_l_masked", "mtld", "contradicted",
           "facts_per_100", "score_gain", "words_kept", "notes_covered", "right", "false_alarm", "missed",
           "recall", "precision", "accepted", "refused", "judge", "words")  # fmt: skip


def leading(results: Results) -> list[Measure]:
    """Return the measures that a run is first told by; a judge's only where they count."""
    there = {name for g in results["groups"] for name in g["measures"]}
    fault = judge_fault(results)
    return [measure_named(n) for n in LEADING if n in there and not (fault and is_judges(n))]


def overview(results: Results) -> str:
    """Return the groups' leading measures as lines of text: mean [low, high]."""
    columns = leading(results)
    lines = judge_lines(results)
    apart = repeat_range(results)
    if apart is not None:
        lines.append(f"each made {results['repeat']} times, their scores {apart:.1f} apart on average")
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
    lines += [
        f"  with people, {_agreement(name, held)}" for name, held in judge["agreement"].items() if held["n"]
    ]
    readers = judge.get("readers", {})
    if "overall" in readers:
        lines.append(f"  two readers with each other, {_agreement('overall', readers['overall'])}")
    return lines


def _agreement(name: str, held: Mapping[str, Any]) -> str:
    rho, kappa = (bounded(held[k]) for k in ("spearman", "kappa"))
    return f"{name.replace('_', ' ')}: Spearman {rho}, weighted kappa {kappa}, n {held['n']}"


def bounded(value: Sequence[float | None]) -> str:
    """Return a value with its interval, or that it is not defined."""
    middle, low, high = value
    if middle is None:
        return "undefined"
    return f"{middle:.2f}" if low is None or high is None else f"{middle:.2f} [{low:.2f}, {high:.2f}]"


def comparison_text(found: Comparison) -> str:
    """Return a comparison as lines of text, the items that changed most at the end."""
    width = max(len(d.measure.label) for d in found.differences)
    head = f"{'before':>9} {'after':>9} {'change':>9}  interval, wins/ties/losses, verdict"
    lines = [f"{'measure':<{width}} {head}"]
    for d in found.differences:
        digits = d.measure.digits
        numbers = " ".join(f"{v:>9,.{digits}f}" for v in (d.before, d.after, d.change))
        interval = f"[{d.low:,.{digits}f}, {d.high:,.{digits}f}]"
        counts = f"{d.wins}/{d.ties}/{d.losses}"
        lines.append(f"{d.measure.label:<{width}} {numbers}  {interval} {counts} {d.verdict}")
    lines.append(found.summary)
    lines.append(f"{found.paired} items in both; changed most by {found.leading.replace('_', ' ')}:")
    lines += [f"  {m.change:+9.2f}  {m.id} ({m.before:g} to {m.after:g})" for m in found.moved] or ["  none"]
    lines += found.remarks
    alone = len(found.only_a), len(found.only_b)
    if any(alone):
        lines.append(f"without a pair: {alone[0]} only before, {alone[1]} only after")
    return "\n".join(lines)
