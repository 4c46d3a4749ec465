"""Print how many hostile edits the gates let through, by kind, and how many faithful ones they refuse.

`python -m evals.hostile [--only KIND] [--show N] [--paraphrases | --proposals]`
"""

# ruff: noqa: T201 - it prints
from __future__ import annotations

import argparse
from collections import Counter
from itertools import chain
from pathlib import Path

from evals.hostile.paraphrases import FOLDER, UNSEEN, load, refusal
from evals.hostile.run import judged
from evals.hostile.texts import own, shared


def main() -> int:
    """Return 1 where a hostile edit is accepted or more than one in twenty faithful ones refused."""
    parser = argparse.ArgumentParser(prog="python -m evals.hostile", description=__doc__)
    parser.add_argument("--only", default="", help="only this kind of hostile edit")
    parser.add_argument("--show", type=int, default=40, help="how many wrong decisions to print")
    half = parser.add_mutually_exclusive_group()
    half.add_argument("--paraphrases", action="store_true", help="only the faithful edits")
    half.add_argument("--proposals", action="store_true", help="only the hostile edits")
    chosen = parser.parse_args()
    bad = 0 if chosen.paraphrases else hostile(chosen.only, chosen.show)
    worse = 0.0 if chosen.proposals else faithful(FOLDER, chosen.show)
    if not chosen.proposals:
        faithful(UNSEEN, chosen.show)
    return int(bad > 0 or worse > 0.05)


def hostile(only: str, show: int) -> int:
    """Print the table of hostile edits and return how many were accepted."""
    made: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    names: set[str] = set()
    for outcome in judged(chain(own(), shared())):
        names.add(outcome.text)
        if only and outcome.kind != only:
            continue
        made[outcome.kind] += 1
        if outcome.accepted:
            accepted[outcome.kind] += 1
            if accepted.total() <= show:
                print(f"ACCEPTED {outcome.kind} ({outcome.text})")
                print(f"   - {outcome.edit.before}\n   + {outcome.edit.after!r}")
    print(f"{'hostile edits':28}{'made':>8}{'accepted':>10}")
    for kind, count in made.items():
        print(f"{kind:28}{count:8}{accepted[kind]:10}")
    print(f"{f'all, over {len(names)} texts':28}{made.total():8}{accepted.total():10}")
    return accepted.total()


def faithful(folder: Path, show: int) -> float:
    """Print the refused paraphrases of a folder and return their share."""
    every = load(folder)
    refused = [(p, r) for p in every if (r := refusal(p))]
    for p, reason in refused[:show]:
        print(f"REFUSED {reason}\n   - {p.before}\n   + {p.after}")
    share = len(refused) / max(1, len(every))
    print(f"faithful paraphrases ({folder.name}): {len(refused)} of {len(every)} refused ({share:.1%})")
    return share


if __name__ == "__main__":
    raise SystemExit(main())
