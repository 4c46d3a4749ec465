"""What a whole draft costs besides the model: drafts at once, CPU a draft, calls and tokens, errors.

A stub answers every prompt of a draft in a fixed time with each note as a sentence of its own. Beside it the
same film and notes in a single unchecked call. Run `python -m benchmarks.bench_drafts [DRAFTS AT ONCE ...]`.
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.command_line import command_line
from benchmarks.stub_model import reply_with, serve
from evals.loopback import completion
from service import resources
from service.errors import FinecutError
from service.llm import ModelConfig, PromptFiles, build_model
from service.reviews import parse_notes
from service.store import catalogue
from service.writing.draft import DraftRequest, DraftResult, draft
from service.writing.ports import Ask, Message, Usage

SECONDS = 0.2
AT_ONCE = (1, 32, 128, 300)
FILM, NOTES = "casablanca-1942", "casablanca.md"
NOTE = re.compile(r'^ +(n\d+): "(.*)"$', re.MULTILINE)
SHORT = 12  # words of the stub's answer to a single call, repeated


def reply_to(body: dict[str, Any]) -> str:
    """Return what a model would answer: a plan that leaves the order to the rules, or each note as it is."""
    name = body.get("response_format", {}).get("json_schema", {}).get("name", "")
    asked = body["messages"][-1]["content"]
    if name == "draft_plan":
        return json.dumps({"sections": [], "left_out": []})
    told = [{"text": f"{text[:1].upper()}{text[1:]}.", "sources": [i]} for i, text in NOTE.findall(asked)]
    if name == "draft_section":
        return json.dumps({"paragraphs": [{"sentences": told}]})
    if name == "draft_mend":
        return json.dumps({"sentences": [{"number": n, **t} for n, t in enumerate(told, 1)]})
    return "The film is slow, plain and sure of itself, and it knows why. " * SHORT


def answer(body: bytes) -> bytes:
    """Return the answer to a request over the wire. Tokens are counted as words."""
    asked = json.loads(body)
    text = reply_to(asked)
    given = sum(len(m["content"].split()) for m in asked["messages"])
    return reply_with(completion(text, model="stub", tokens=(given, len(text.split()))))


def request() -> DraftRequest:
    """Return the film and the notes that are drafted."""
    film = next(f for f in catalogue() if f.id == FILM)
    return DraftRequest(film=film, notes=parse_notes((resources.folder("drafts") / NOTES).read_text("utf-8")))


async def measure(url: str, counts: list[int]) -> None:
    """Print the tables."""
    model = build_model(ModelConfig(model="openai:stub", base_url=url, timeout=600, cache_size=0))
    prompts = PromptFiles(resources.folder("prompts"))
    asked = request()

    async def one() -> tuple[float, DraftResult | FinecutError]:
        started = time.perf_counter()
        try:
            result: DraftResult | FinecutError = await draft(asked, model=model, prompts=prompts)
        except FinecutError as error:
            result = error
        return time.perf_counter() - started, result

    try:
        _, first = await one()
        assert isinstance(first, DraftResult), first
        print(
            f"{'at once':>8} {'median s':>9} {'worst s':>8} "
            f"{'added ms/call':>14} {'CPU s/draft':>12} {'errors':>7}"
        )
        for count in counts:
            cpu = time.process_time()
            done = await asyncio.gather(*(one() for _ in range(count)))
            used = (time.process_time() - cpu) / count
            took = [seconds for seconds, _ in done]
            middle = statistics.median(took)
            added = (middle / first.usage.calls - SECONDS) * 1e3
            errors = sum(isinstance(result, FinecutError) for _, result in done)
            print(f"{count:>8} {middle:>9.2f} {max(took):>8.2f} {added:>14.0f} {used:>12.3f} {errors:>7}")
        print_cost(first.usage, await unchecked(model, asked))
    finally:
        await model.aclose()


async def unchecked(model: Any, asked: DraftRequest) -> Usage:  # noqa: ANN401 - a Speaker
    """Return what a single call for the same review costs, its answer taken as it is."""
    notes = "\n".join(f"- {n.text}" for n in asked.notes)
    text = f"Write a film review of {asked.film.title} ({asked.film.year}) from these notes:\n{notes}"
    ask = Ask("single", "v1", (Message("user", text),), None, max_tokens=1500)
    usage: Usage = (await model.ask(ask)).usage
    return usage


def print_cost(ours: Usage, single: Usage) -> None:
    """Print calls and tokens (here: words) of a draft and of the single call."""
    print(f"{'':>14} {'calls':>6} {'prompt':>7} {'answer':>7}")
    for name, usage in (("a draft", ours), ("a single call", single)):
        print(f"{name:>14} {usage.calls:>6} {usage.prompt_tokens:>7} {usage.completion_tokens:>7}")


def main() -> None:
    """Start the stub, draft, stop it."""
    if sys.argv[1:2] == ["--stub"]:
        asyncio.run(serve(0, float(sys.argv[2]), answer))
        return
    parser = command_line("bench_drafts", __doc__)
    parser.add_argument("at_once", type=int, nargs="*", default=list(AT_ONCE))
    counts = parser.parse_args().at_once
    stub = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.bench_drafts", "--stub", str(SECONDS)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    try:
        assert stub.stdout is not None
        asyncio.run(measure(f"http://127.0.0.1:{int(stub.stdout.readline())}/v1", counts))
    finally:
        stub.kill()
        stub.wait()


if __name__ == "__main__":
    main()
