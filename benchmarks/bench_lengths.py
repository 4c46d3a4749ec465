"""Whether drafts keep to the length asked for: 12 films, several lengths, no model and two scripted ones.

`python -m benchmarks.bench_lengths [--lengths 200 400 …] [--embedded]`

`brief` writes each note as a sentence of its own and no more; `padding` fills each section with praise, up to
the length that it was given. Where notes and record do not hold the words asked for, a draft is shorter and
must say so: such drafts are counted as told. Bounded: 12 films, two minutes without `--embedded`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections.abc import Sequence
from statistics import fmean
from typing import NamedTuple

from benchmarks.bench_drafts import NOTE
from service import resources
from service.films import Film
from service.llm import ModelConfig, PromptFiles, build_model
from service.reviews import Note, parse_notes
from service.store import catalogue
from service.writing.draft import DraftRequest, DraftResult, draft
from service.writing.ports import Answer, Ask, Model, Reach, Usage

LENGTHS = (100, 200, 400, 800, 1200)
FILMS = 12
WITHIN = 0.1
TOLD = re.compile(r"words of the \d+ asked for")
ASKED = re.compile(r"^Length: (\d+) words at most", re.MULTILINE)
PADDING = "It is a film that stays with you, and its images say more than any words could ever say about it."


class Scripted:
    """A model of reach `article` that writes each note as a sentence, and pads where it is told to."""

    reach = Reach.ARTICLE

    def __init__(self, name: str, *, pads: bool) -> None:
        self.name = name
        self.pads = pads

    async def ask(self, ask: Ask) -> Answer:
        """Return the answer to a drafting prompt."""
        text = ask.messages[-1].content
        told: list[dict[str, object]] = [
            {"text": f"{t[:1].upper()}{t[1:]}.", "sources": [i]} for i, t in NOTE.findall(text)
        ]
        match ask.name:
            case "draft_plan":
                said: object = {"sections": [], "left_out": []}
            case "draft_section":
                said = {"paragraphs": [{"sentences": told + self._padding(text, told)}]}
            case _:
                said = {"sentences": [{"number": n, **t} for n, t in enumerate(told, 1)]}
        return Answer(json.dumps(said), self.name, Usage(calls=1))

    def _padding(self, text: str, told: Sequence[dict[str, object]]) -> list[dict[str, object]]:
        asked = ASKED.search(text)
        if not self.pads or asked is None or not told:
            return []
        missing = int(asked[1]) - sum(len(str(t["text"]).split()) for t in told)
        more = missing // len(PADDING.split())
        return [{"text": PADDING, "sources": told[0]["sources"]} for _ in range(max(0, more))]


class Row(NamedTuple):
    """A draft of a length: its words, and whether it says that there was not more."""

    asked: int
    words: int
    told: bool

    @property
    def within(self) -> bool:
        """Tell whether it keeps to the length within 10%."""
        return abs(self.words - self.asked) <= WITHIN * self.asked

    @property
    def over(self) -> bool:
        """Tell whether it is too long."""
        return self.words > self.asked * (1 + WITHIN)


def tasks() -> list[tuple[Film, tuple[Note, ...]]]:
    """Return the films and their notes."""
    films = {film.id: film for film in catalogue()}
    folder = resources.folder("drafts")
    rows = (r.split("\t") for r in (folder / "films.tsv").read_text("utf-8").splitlines()[2:])
    return [(films[film_id], parse_notes((folder / name).read_text("utf-8"))) for name, film_id in rows][
        :FILMS
    ]


async def measured(model: Model, lengths: Sequence[int]) -> list[Row]:
    """Return a row for each film and length."""
    prompts = PromptFiles(resources.folder("prompts"))
    rows = []
    for film, notes in tasks():
        for asked in lengths:
            request = DraftRequest(film=film, notes=notes, words=asked)
            done: DraftResult = await draft(request, model=model, prompts=prompts)
            rows.append(Row(asked, done.words, TOLD.search(done.statement) is not None))
    return rows


def printed(name: str, rows: Sequence[Row], lengths: Sequence[int]) -> None:
    """Print a line for each length."""
    for asked in lengths:
        own = [r for r in rows if r.asked == asked]
        counts = (
            sum(r.within for r in own),
            sum(r.told and not r.within for r in own),
            sum(r.over for r in own),
        )
        silent = sum(not r.within and not r.over and not r.told for r in own)
        mean = fmean(r.words for r in own)
        print("{:10}{:7}{:12.0f}{:12}{:13}{:10}{:14}".format(name, asked, mean, *counts, silent))


async def run(lengths: Sequence[int], *, embedded: bool) -> None:
    """Print the table."""
    head = f"{'model':10}{'asked':>7}{'mean words':>12}{'within 10%':>12}"
    print(f"{head}{'fewer, told':>13}{'over':>10}{'fewer, silent':>14}")
    none = build_model(ModelConfig(model="none"))
    models: list[Model] = [none, Scripted("brief", pads=False), Scripted("padding", pads=True)]
    if embedded:
        models.append(build_model(ModelConfig(model="embedded")))
    for model in models:
        printed(model.name, await measured(model, lengths), lengths)


def main() -> None:
    """Read what is asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_lengths", description=__doc__)
    parser.add_argument("--lengths", nargs="+", type=int, default=LENGTHS)
    parser.add_argument("--embedded", action="store_true", help="the model of the install, too; minutes more")
    asked = parser.parse_args()
    asyncio.run(run(asked.lengths, embedded=asked.embedded))


if __name__ == "__main__":
    main()
