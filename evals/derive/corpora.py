"""The development corpora as the derivations read them: texts, their stems, equal windows, folds."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from service.detectors.analysis import Analysis, analyse
from service.detectors.finding import Subject
from service.document import parse

ROOT = Path(__file__).resolve().parents[2]
ANNOTATIONS = ROOT / "evals" / "annotations"
WINDOW = 280
SHORTEST = 120
CONTROL = "human_frank_post"
MASKED = ""

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the corpora. `film` is what it is about (or its prompt), `origin` the model or site."""

    id: str
    group: str
    kind: str
    film: str
    origin: str
    text: str


@dataclass(frozen=True, slots=True)
class Window:
    """About WINDOW words of one text: its sentences as stems, MASKED where a title or name stands."""

    text: Text
    sentences: tuple[Stems, ...]


def data_folder() -> Path:
    """Return the folder of the development data, whether or not it exists."""
    return Path(os.environ.get("FINECUT_DATA", ROOT.parent / "shared" / "data"))


def annotated(kind: str = "") -> frozenset[str]:
    """Return the ids of the texts that are annotated (for that kind), which nothing may be derived from."""
    rows = [json.loads(p.read_text("utf-8")) for p in ANNOTATIONS.glob("*.json")]
    return frozenset(r["id"] for r in rows if not kind or kind in r.get("kinds", (kind,)))


def texts(*, held_out: Iterable[str] = (), control: bool = False) -> list[Text]:
    """Return the texts in order of file and line, without those `held_out`."""
    skip = frozenset(held_out)
    out = []
    for path in sorted((data_folder() / "corpora").glob("*.jsonl")):
        if path.stem == CONTROL and not control:
            continue
        with path.open(encoding="utf-8") as lines:
            out += [t for t in map(_text, lines) if t.id not in skip]
    return out


def _text(line: str) -> Text:
    row = json.loads(line)
    film = row.get("film") or row.get("prompt") or row["id"]
    if film.startswith("("):
        film = f"{row['group']} {row['id']}"
    origin = row.get("model") or urlsplit(row["source"]).hostname or row["group"]
    return Text(row["id"], row["group"], row["kind"], film, origin, row["text"])


def stems_of(analysis: Analysis) -> tuple[Stems, ...]:
    """Return each sentence's stems; a title or name is one MASKED item, however many words it has."""
    words = analysis.words
    return tuple(
        tuple(MASKED if words[i].masked else words[i].stem for i in analysis.units(s.start, s.end))
        for s in analysis.sentences
    )


def windows(every: Sequence[Text]) -> Iterator[Window]:
    """Return the windows of every text: whole sentences up to WINDOW words, a rest of SHORTEST or more."""
    for text in every:
        sentences = stems_of(analyse(parse(text.text), Subject()))
        yield from (Window(text, part) for part in cut(sentences))


def cut(sentences: Sequence[Stems]) -> list[tuple[Stems, ...]]:
    """Return the sentences in windows of about WINDOW words; a short text is one window."""
    out: list[tuple[Stems, ...]] = []
    rows: list[Stems] = []
    size = 0
    for row in sentences:
        rows.append(row)
        size += len(row)
        if size >= WINDOW:
            out.append(tuple(rows))
            rows, size = [], 0
    if size >= SHORTEST or (size and not out):
        out.append(tuple(rows))
    return out


def fold_of(film: str, folds: int = 5) -> int:
    """Return the film's fold: the same for all texts about it, and on every machine."""
    return int(hashlib.sha256(film.encode()).hexdigest(), 16) % folds
