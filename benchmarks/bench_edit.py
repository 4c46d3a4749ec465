"""Processor time of an edit without a model as a text grows: medians, and the ratio to the length before.

Processor time, not the clock's: other processes on the machine change the one, not the other. The same
article comes again and again with names and numbers of its own, so that a length differs from the next by
nothing but length.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from statistics import median

from service.document import Format
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, edit
from tests.fakes.prompts import FakePrompts

DEMO = Path(__file__).parent.parent / "evals" / "data" / "demo" / "parasite-seo.md"


def seconds(content: str) -> float:
    """Return the processor time that one edit of `content` takes, in seconds."""
    request = EditRequest(content=content, format=Format.MARKDOWN)
    began = time.process_time()
    asyncio.run(edit(request, model=NoModel(), prompts=FakePrompts()))
    return time.process_time() - began


def grown(article: str, times: int) -> str:
    """Return a text of `times` articles, each with names and numbers of its own."""
    return "\n\n".join(article.replace("Kim", f"Kim{n}").replace("132", str(132 + n)) for n in range(times))


def main() -> None:
    """Print a line for each length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, nargs="+", default=[1_000, 3_000, 10_000], help="lengths, about")
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    article = DEMO.read_text(encoding="utf-8")
    before: tuple[int, float] | None = None
    seconds(article)  # the models and lists are read
    for length in asked.words:
        content = grown(article, max(1, round(length / len(article.split()))))
        took = median(seconds(content) for _ in range(asked.repeats))
        words = len(content.split())
        ratio = (
            f", {took / before[1]:.2f} times for {words / before[0]:.2f} times the words" if before else ""
        )
        print(f"{words:7d} words  {took:7.2f} s of processor time  {1000 * took / words:6.2f} ms/word{ratio}")
        before = (words, took)


if __name__ == "__main__":
    main()
