"""`claims`: the fact checker on claims that people labelled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from service.errors import InputError
from service.evaluation.item import Task
from service.films import Film, film_from_json, film_to_json
from service.films.names import People
from service.sources import read_films
from service.writing.measuring import check_claim

LABELS = {"true": "supported", "false": "contradicted"}
VERDICTS = ("supported", "contradicted", "not_in_metadata")
OPEN = ("not_contradicted", "supported_or_unknown")  # true, but the record need not decide it


def tasks(folder: Path) -> list[Task]:
    """Return the claims of every `*claims.jsonl` and `*nearmiss.jsonl` of a folder that has a file of films.

    `X_claims.jsonl` goes with `X_films.jsonl`; a line has `id`, `film_id`, `claim` or `sentence`, and `gold`
    or `label`. Raises InputError where there are none, or a line's film or label is not known.
    """
    files = (
        sorted([*folder.glob("*claims.jsonl"), *folder.glob("*nearmiss.jsonl")]) if folder.is_dir() else []
    )
    if not files:
        raise InputError(
            f"{folder} has no labelled claims.", remedy="It needs X_claims.jsonl beside X_films.jsonl."
        )
    return [task for path in files for task in _file(path)]


def _file(path: Path) -> Iterator[Task]:
    films_file = path.with_name(f"{path.stem.rsplit('_', 1)[0]}_films.jsonl")
    films = {f.id: f for f in read_films(films_file) if isinstance(f, Film)}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            gold = _gold(row)
            film = films[row["film_id"]]
            text = row.get("claim") or row["sentence"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}:{number}: no labelled claim about a known film ({error}).") from None
        given = {"claim": text, "gold": gold, "film": film_to_json(film), "films": str(films_file)}
        yield Task(str(row["id"]), path.stem, given)


def _gold(row: Mapping[str, Any]) -> str:
    gold = str(row.get("gold") or row["label"])
    gold = LABELS.get(gold, gold)
    if gold not in {*VERDICTS, *OPEN}:
        raise ValueError(f"the label {gold!r} is none of {', '.join([*VERDICTS, *OPEN])}")
    return gold


def work(task: Task) -> dict[str, Any]:
    """Return whether the verdict is right, and which of the two errors it makes.

    `false_alarm` only counts where the label is not `contradicted`, `missed` only where it is.
    """
    given = task.given
    claim, gold = str(given["claim"]), given["gold"]
    found = check_claim(claim, film_from_json(given["film"]), _people(str(given["films"])))
    contradicted = found["verdict"] == "contradicted"
    right = not contradicted if gold in OPEN else found["verdict"] == gold
    error = "missed" if gold == "contradicted" else "false_alarm"
    wrong = contradicted != (gold == "contradicted")
    return {
        "measures": {"right": float(right), error: float(wrong)},
        "source": claim,
        "gold": gold,
        "verdict": found["verdict"],
        "claims": _numbered(found["assertions"]),
    }


def _numbered(assertions: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    return [{**claim, "id": claim["id"] or f"c{i}"} for i, claim in enumerate(assertions, 1)]


@cache
def _people(films: str) -> People:
    """Return the people of a file's films: with them another person's name is told from a slip."""
    return People(n for f in read_films(Path(films)) if isinstance(f, Film) for n in f.people)
