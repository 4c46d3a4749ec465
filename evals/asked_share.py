"""How much a strong model is asked to write in an edit, against rewriting the whole text.

`python -m evals.asked_share [--groups NAME …] [--each N] [--most SHARE]`

A scripted model answers every request with as many wordings of each flagged sentence as were asked for, each
as long as the sentence: its own words with those to be avoided put otherwise. What it writes, JSON included,
is counted in tokens (words and marks) and held against the tokens of the text; so is what it is given to
read. Returns 1 where a text asks for more than `--most` of rewriting it.
"""

# ruff: noqa: T201 - it prints
from __future__ import annotations

import argparse
import asyncio
import json
import re
from statistics import median
from typing import NamedTuple

from evals.corpus_edits import CORPORA, texts
from service.llm.templates import PromptFiles
from service.writing.edit import EditRequest, edit
from service.writing.edit.selection import tokens
from service.writing.ports import Ask
from tests.fakes.model import FakeModel

FLAGGED = re.compile(r'^(\d+)\. FLAGGED: (".*")$', re.MULTILINE)
AVOID = re.compile(r"^   avoid: (\[.*\])$", re.MULTILINE)
WANTED = re.compile(r"Give (\d+) wordings")
MOST = 0.35


class Row(NamedTuple):
    """What came of one text: calls, and tokens written and read as shares of the text's."""

    calls: int
    written: float
    read: float


def honest(ask: Ask) -> str:
    """Return the wordings asked for, each as long as its sentence."""
    shown = ask.messages[-1].content
    wanted = WANTED.search(shown)
    assert wanted is not None, "the prompt says how many wordings it wants"
    parts = FLAGGED.split(shown)[1:]
    rewrites = []
    for number, sentence, rest in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        avoid = json.loads(found.group(1)) if (found := AVOID.search(rest)) else []
        text = json.loads(sentence)
        for stretch in avoid:
            text = text.replace(stretch, " ".join(["plainly"] * len(stretch.split())))
        given = [f"{text[:-1]} {mark}".strip() + text[-1:] for mark in ("", "too", "now")]
        rewrites.append({"first": int(number), "last": int(number), "texts": given[: int(wanted.group(1))]})
    return json.dumps({"rewrites": rewrites}, ensure_ascii=False)


def asked(text: str) -> Row:
    """Return what a model is asked for in the edit of a text."""
    written: list[str] = []

    def answer(ask: Ask) -> str:
        written.append(honest(ask))
        return written[-1]

    model = FakeModel(answer)
    asyncio.run(edit(EditRequest(content=text), model=model, prompts=PromptFiles()))
    size = max(1, tokens(text))
    read = sum(tokens(m.content) for ask in model.asked for m in ask.messages)
    return Row(len(model.asked), sum(map(tokens, written)) / size, read / size)


def main() -> int:
    """Return 1 where a text asks for more than it may."""
    parser = argparse.ArgumentParser(prog="python -m evals.asked_share", description=__doc__)
    named = sorted(p.stem for p in CORPORA.glob("*.jsonl") if p.stem.startswith(("seo_", "llm_")))
    parser.add_argument("--groups", nargs="+", default=named, choices=named, help="groups to take")
    parser.add_argument("--each", type=int, default=5, help="texts of a group")
    parser.add_argument("--most", type=float, default=MOST, help="share of the text that may be asked for")
    chosen = parser.parse_args()
    worst = 0.0
    print(f"{'group':24}{'texts':>6}{'calls':>7}{'written':>9}{'most':>7}{'read':>7}")
    for group in chosen.groups:
        rows = [asked(text) for _, text in texts(group, chosen.each)]
        most = max(r.written for r in rows)
        worst = max(worst, most)
        written, read = median(r.written for r in rows), median(r.read for r in rows)
        calls = median(r.calls for r in rows)
        print(f"{group:24}{len(rows):6}{calls:7.0f}{written:9.0%}{most:7.0%}{read:7.1f}", flush=True)
    return int(worst > chosen.most)


if __name__ == "__main__":
    raise SystemExit(main())
