"""Writes what is measured and made in `docs/examples/edit.md`: `python -m evals.data.demo.write_example`.

What stands between the comments `made: NAME` and `/made` is made anew: the figures, the copy before and
after, and what the embedded model proposes where it is trusted with prose (FINECUT_REACH=article), with what
became of it. The rest of the page is written by hand.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from pathlib import Path

from service.document import Format, Operation, parse
from service.llm.build import build_model
from service.llm.config import ModelConfig
from service.llm.speaker import NoModel, Speaker
from service.llm.templates import PromptFiles
from service.store import catalogue
from service.writing.edit import EditRequest, EditResult, edit
from service.writing.ports import Reach

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[2] / "docs" / "examples" / "edit.md"
COPY = (HERE / "parasite-seo.md").read_text(encoding="utf-8")
FILM = "parasite-2019"
FATES = ("kept", "merged", "corrected", "dropped", "added")
SHOWN = 8  # proposals of the embedded model


async def edited(model: Speaker) -> EditResult:
    """Return the edit of the demo's copy."""
    film = next(f for f in catalogue() if f.id == FILM)
    request = EditRequest(content=COPY, format=Format.MARKDOWN, film=film, meta=True)
    try:
        return await edit(request, model=model, prompts=PromptFiles())
    finally:
        await model.aclose()


def figures(result: EditResult) -> str:
    """Return the score, the words, the edits and the ledger in a paragraph."""
    before, after = result.scores.before.score, result.scores.after.score
    kinds = Counter(e.operation for e in result.edits)
    made = ", ".join(f"{kinds[o]} {o.value.replace('_', ' ')}" for o in Operation if kinds[o])
    told = ", ".join(f"{len(of)} {name}" for name in FATES if (of := getattr(result.claims, name)))
    words, left = parse(COPY, Format.MARKDOWN).words, result.document.words
    parts = (
        f"Score {before:.1f} to {after:.1f} of 100; {words} words to {left};",
        f"{len(result.edits)} edits made ({made}) and {len(result.refused)} refused by the checks.",
        f"Of what the copy asserts: {told}.",
    )
    return "\n".join(parts)


def quoted(text: str) -> str:
    """Return Markdown as a block quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


def proposals(result: EditResult) -> str:
    """Return what a model was asked and what became of it."""
    mine = [e for e in result.edits if "model:" in e.origin]
    refused = [j for j in result.refused if j.edit.origin.startswith("model:")]
    usage, score = result.usage, result.scores.after.score
    lines = [
        f"Calls: {usage.calls}, tokens read {usage.prompt_tokens} and written {usage.completion_tokens}.",
        f"Of its wordings {len(mine)} were taken and {len(refused)} refused. Score {score:.1f}.",
    ]
    if mine or refused:
        lines += ["", "| left by the rules | proposed | the checks |", "|---|---|---|"]
    lines += [f"| {_cell(e.before)} | {_cell(e.after)} | taken |" for e in mine]
    lines += [
        f"| {_cell(j.edit.before)} | {_cell(j.edit.after)} | refused: {_cell(j.refusal)} |"
        for j in refused[:SHOWN]
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split()) or "(cut)"


def main() -> None:
    """Put the parts in their places."""
    plain = asyncio.run(edited(NoModel()))
    embedded = asyncio.run(edited(build_model(ModelConfig(model="embedded", reach=Reach.ARTICLE))))
    parts = {
        "figures": figures(plain),
        "before": quoted(COPY),
        "after": quoted(plain.content),
        "embedded": proposals(embedded),
    }
    page = PAGE.read_text(encoding="utf-8")
    for name, made in parts.items():
        place = re.compile(rf"(<!-- made: {name} -->\n\n).*?(\n\n<!-- /made -->)", re.DOTALL)
        found = place.search(page)
        assert found is not None, f"{PAGE} has no place for {name}"
        page = page[: found.end(1)] + made + page[found.start(2) :]
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
