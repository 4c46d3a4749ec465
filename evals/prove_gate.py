"""Show that the gate passes on this tree and fails on a worsened prompt and on a broken gate.

`python -m evals.prove_gate [--drafts N] [--hostile N]`

Everything happens in a copy of the tree, which is thrown away:

1. the tree as it is: drafts by the obedient model and the hostile edits; `eval gate` must exit 0;
2. the drafting prompt without two of its rules: `eval gate` must exit 1, and `eval compare` says by how much;
3. the gate `fact_invented` letting everything pass: `eval gate` on the hostile edits must exit 1.
"""

# ruff: noqa: T201 - it prints

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.obedient_model import NAMED_ONCE, ONCE, ObedientModel

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("service", "evals", "prompts", "templates")
COMMAND = "from service.cli import main; main()"
PROMPT = "prompts/draft_section.md.j2"
RULES = (f'{NAMED_ONCE}, then say "the film" or "it"; ', f"{ONCE}. ")
GATE = "service/gates/fact_invented.py"
REFUSING = "def refuses(change: Change) -> str:\n"
SAID_LINES = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """A command's exit code and what it printed."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A copy of the checkout with the model that its commands ask."""

    root: Path
    model_url: str

    def finecut(self, *words: str) -> Outcome:
        """Run the copy's own `finecut eval`."""
        environment = {
            **os.environ,
            "OPENAI_BASE_URL": self.model_url,
            "OPENAI_API_KEY": "none-needed",
            "FINECUT_HOME": str(self.root / "var"),
            "FINECUT_MODEL": "",
        }
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "eval", *words],
            cwd=self.root, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout + done.stderr)

    def drafts(self, limit: int, out: str) -> Outcome:
        """Draft by the obedient model, and hold the drafts against the gates."""
        return self._gated("drafts", out, "--limit", str(limit), "--model", "openai:obedient")

    def hostile(self, limit: int, out: str) -> Outcome:
        """Hold the hostile edits against the gates."""
        return self._gated("hostile", out, "--limit", str(limit))

    def _gated(self, suite: str, out: str, *words: str) -> Outcome:
        made = self.finecut("run", suite, "--out", out, *words)
        return made if made.code else self.finecut("gate", out, "--config", "evals/gates.toml")

    def change(self, file: str, old: str, new: str) -> None:
        """Replace what stands once in a file of the copy. Raises ValueError where it does not."""
        path = self.root / file
        text = path.read_text("utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{file} does not hold once: {old!r}")
        path.write_text(text.replace(old, new), encoding="utf-8")

    def worsen_the_prompt(self) -> None:
        """Take two rules out of the drafting prompt."""
        for rule in RULES:
            self.change(PROMPT, rule, "")

    def break_the_gate(self) -> None:
        """Let `fact_invented` refuse nothing."""
        self.change(GATE, REFUSING, f'{REFUSING}    return ""\n\n\ndef _unused(change: Change) -> str:\n')


def copied(to: Path, model_url: str) -> Tree:
    """Return a copy of the checkout."""
    for name in COPIED:
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    return Tree(to, model_url)


def prove(drafts: int, hostile: int) -> bool:
    """Run the three, print what each says, and return whether all came out as they must."""
    with tempfile.TemporaryDirectory() as folder, ObedientModel() as model:
        tree = copied(Path(folder), model.url)
        good = [
            _told("drafts of this tree", tree.drafts(drafts, "good"), 0),
            _told("hostile edits of this tree", tree.hostile(hostile, "hostile"), 0),
        ]
        tree.worsen_the_prompt()
        good.append(_told("drafts by a worsened prompt", tree.drafts(drafts, "bad"), 1))
        good.append(_told("the two prompts compared", tree.finecut("compare", "good", "bad"), 0))
        tree.break_the_gate()
        good.append(_told("hostile edits with a broken gate", tree.hostile(hostile, "through"), 1))
    return all(good)


def _told(name: str, outcome: Outcome, expected: int) -> bool:
    lines = outcome.said.strip().splitlines()
    print(f"== {name}: exit {outcome.code}, expected {expected}", *lines[:SAID_LINES], sep="\n", flush=True)
    return outcome.code == expected


def main(words: Sequence[str] | None = None) -> int:
    """Return 0 where the gate did as it must."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--drafts", type=int, default=0, help="only so many drafts; 0: all")
    parser.add_argument("--hostile", type=int, default=0, help="only so many hostile tasks; 0: all")
    asked = parser.parse_args(words)
    return 0 if prove(asked.drafts, asked.hostile) else 1


if __name__ == "__main__":
    sys.exit(main())
