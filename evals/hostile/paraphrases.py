"""Faithful paraphrases, which the gates should accept: `evals/data/paraphrases/*.jsonl`.

A line holds `before`, `after`, and where it matters `film` (title, year, directors, …) and `rest`,
the text around the sentence. Those in `unseen/` and `rounds/` were written after the gates stood:
`evals/data/README.md` says how many were refused when a file was first run. A line of `rounds/` has a `half`,
drawn by a coin before the first run: the refusals of half A were read and the gates mended on them, those of
half B were counted alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.detectors import Subject
from service.document import Edit, Operation, Span, apply, parse
from service.films import JSON, Film
from service.films.codec import film_from_json
from service.gates import Change, decide
from service.gates.ledger import Standing

FOLDER = Path(__file__).parent.parent / "data" / "paraphrases"
UNSEEN = FOLDER / "unseen"
ROUNDS = FOLDER / "rounds"


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A sentence and another that says the same."""

    before: str
    after: str
    rest: str = ""
    film: Film | None = None
    half: str = ""


def load(folder: Path = FOLDER) -> tuple[Paraphrase, ...]:
    """Return all paraphrases of the folder, in order of the files' names."""
    return tuple(p for path in sorted(folder.glob("*.jsonl")) for p in load_file(path))


def load_file(path: Path) -> tuple[Paraphrase, ...]:
    """Return the paraphrases of one set."""
    lines = path.read_text("utf-8").splitlines()
    return tuple(_paraphrase(json.loads(line)) for line in lines if line.strip())


def _paraphrase(row: Mapping[str, str | Mapping[str, JSON]]) -> Paraphrase:
    film = row.get("film")
    return Paraphrase(
        str(row["before"]),
        str(row["after"]),
        str(row.get("rest", "")),
        film_from_json(dict(film)) if isinstance(film, Mapping) else None,
        str(row.get("half", "")),
    )


def refusal(paraphrase: Paraphrase) -> str:
    """Return the first gate that refuses the paraphrase with its reason, or nothing."""
    source = f"{paraphrase.before} {paraphrase.rest}".strip()
    edit = Edit(
        "p1",
        Span(0, len(paraphrase.before)),
        paraphrase.before,
        paraphrase.after,
        Operation.REWRITE,
        "eval",
        "",
    )
    titles = paraphrase.film.titles if paraphrase.film else ()
    change = Change(
        parse(source, titles=titles),
        parse(apply(source, [edit]), titles=titles),
        (edit,),
        Subject(film=paraphrase.film),
        rest=Standing.of(parse(source, titles=titles), paraphrase.film),
    )
    decision = decide(change, first=True)[-1]
    return "" if decision.accepted else f"{decision.gate}: {decision.reason}"
