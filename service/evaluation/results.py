"""`results.json`: what a run found, by item and by group."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from service.errors import InputError
from service.evaluation import sameness
from service.evaluation.homogenization import rouge_l, self_bleu
from service.evaluation.item import VERSION
from service.evaluation.judge import JudgeState
from service.evaluation.measures import MEASURES
from service.evaluation.statistics import intervals, quantiles

RESULTS = "results.json"
ALL = "all"
OF_THE_SET = ("runs", "tokens", "tokens_masked")  # of an item: what its set's sameness is made of
Results = dict[str, Any]


def with_sameness(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the items with what each shares with the others of its group."""
    every = [dict(i) for i in items]
    sets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in every:
        if all(name in item for name in OF_THE_SET):
            sets[item["group"]].append(item)
    for members in sets.values():
        for item, shared in zip(members, _shared(members), strict=True):
            item["measures"] = {**item["measures"], **shared}
    return every


def _shared(members: Sequence[Mapping[str, Any]]) -> list[dict[str, float | None]]:
    """Return what each item of a group shares with the others of it."""
    echoes = sameness.across({str(n): item["runs"] for n, item in enumerate(members)})
    out: list[dict[str, float | None]] = [dict(echoes[str(n)]) for n in range(len(members))]
    for ending in ("", "_masked"):
        words = [np.asarray(sameness.unpacked(item[f"tokens{ending}"]), dtype=np.uint32) for item in members]
        for shared, bleu, rouge in zip(out, self_bleu(words), rouge_l(words), strict=True):
            shared |= {f"self_bleu{ending}": bleu, f"rouge_l{ending}": rouge}
    return out


def summarise(
    suite: str, items: Sequence[Mapping[str, Any]], *, facts: Mapping[str, Any] | None = None
) -> Results:
    """Return the results of a suite: `groups` with means and intervals, `items` with their measures.

    `facts` is what the run was made with (version, model, prompts, time). What was not measured is counted
    under `states` and is in no mean.
    """
    groups = sorted({str(i["group"]) for i in items})
    sets = {ALL: list(items)} if len(groups) != 1 else {}
    sets |= {g: [i for i in items if i["group"] == g] for g in groups}
    return {
        "format": VERSION,
        "suite": suite,
        **(facts or {}),
        "states": dict(Counter(str(i["state"]) for i in items)),
        "groups": [_group(name, members) for name, members in sets.items()],
        "items": [_short(i) for i in items],
    }


def _short(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        k: item[k]
        for k in ("id", "group", "key", "state", "error", "measures", "judge", "repeats")
        if k in item
    }


def _group(name: str, items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    rows = [i["measures"] for i in items if i["state"] == "measured"]
    names = _names(rows)
    means = intervals([[row.get(n) for n in names] for row in rows])
    measures = {}
    for measure, mean in zip(names, means, strict=False):
        if mean is None:
            continue
        values = [row[measure] for row in rows if row.get(measure) is not None]
        least, lower, median, upper, most = quantiles(values)
        measures[measure] = {
            "n": mean.n, "mean": mean.mean, "low": mean.low, "high": mean.high,
            "min": least, "q1": lower, "median": median, "q3": upper, "max": most,
        }  # fmt: skip
    return {"name": name, "items": len(items), "measured": len(rows), "measures": measures}


def _names(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    there = {name for row in rows for name in row}
    known = [m.name for m in MEASURES if m.name in there]
    return known + sorted(there - set(known))


def write_results(folder: Path, results: Results) -> Path:
    """Write the results into the folder, whole or not at all, and return the file."""
    path = folder / RESULTS
    part = path.with_suffix(".part")
    part.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)
    return path


def load_results(path: Path) -> Results:
    """Return the results of a file, or of the folder of a run. Raises InputError where there are none."""
    file = path / RESULTS if path.is_dir() else path
    try:
        value = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror}.",
            remedy="Name the --out folder of a finished eval run.",
        ) from error
    except ValueError:
        value = None
    if not isinstance(value, dict) or value.get("format") != VERSION:
        made = value.get("format") if isinstance(value, dict) else None
        if str(made).startswith(VERSION.partition("/")[0]):
            raise InputError(f"{file} is of {made}, this version's {VERSION}.", remedy="Run the suite again.")
        raise InputError(
            f"{file} holds no results of an evaluation.", remedy="Name the --out folder of a run."
        )
    return value


def repeat_range(results: Results, measure: str = "score") -> float | None:
    """Return how far the repetitions of an item lie apart by a measure, on average; None of a run without."""
    ranges = [i["repeats"]["range"].get(measure) for i in results["items"] if "repeats" in i]
    known = [r for r in ranges if r is not None]
    return sum(known) / len(known) if known else None


def judge_fault(results: Results) -> str:
    """Return why the grades of the run's judge do not count; empty where they do, or there was no judge."""
    held = results.get("judge")
    if held is None or held["state"] == JudgeState.USABLE:
        return ""
    return f"The judge {held['model']}: {held['state']}. {held['said']}"


def judge_broken(results: Results) -> bool:
    """Return whether the run had a judge that failed, or said the same to everything."""
    held = results.get("judge")
    return held is not None and held["state"] in {JudgeState.FAILED, JudgeState.CONSTANT}


def group_named(results: Results, name: str) -> dict[str, Any] | None:
    """Return a group; `all` is the only one where there is but one."""
    groups = results["groups"]
    found = next((g for g in groups if g["name"] == name), None)
    return groups[0] if found is None and name == ALL and len(groups) == 1 else found
