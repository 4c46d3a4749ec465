"""Print how many hostile edits the gates let through, by kind, and how many faithful ones they refuse.

`python -m evals.hostile [--only KIND] [--show N] [--paraphrases | --proposals | --twins]`
"""

# ruff: noqa: T201 - it prints
from __future__ import annotations

import argparse
from collections import Counter
from itertools import chain
from pathlib import Path

from evals.hostile import twins
from evals.hostile.paraphrases import FOLDER, ROUNDS, UNSEEN, load, load_file, refusal
from evals.hostile.run import judged
from evals.hostile.texts import own, shared


def main() -> int:
    """Return 1 where a hostile edit is accepted or more than one in twenty faithful ones refused."""
    parser = argparse.ArgumentParser(prog="python -m evals.hostile", description=__doc__)
    parser.add_argument("--only", default="", help="only this kind of hostile edit")
    parser.add_argument("--show", type=int, default=40, help="how many wrong decisions to print")
    half = parser.add_mutually_exclusive_group()
    half.add_argument("--twins", action="store_true", help="only paraphrases made wrong")
    half.add_argument("--paraphrases", action="store_true", help="only the faithful edits")
    half.add_argument("--proposals", action="store_true", help="only the hostile edits")
    chosen = parser.parse_args()
    if chosen.twins:
        corrupted(chosen.show)
        return 0
    bad = 0 if chosen.paraphrases else hostile(chosen.only, chosen.show)
    if chosen.proposals:
        return int(bad > 0)
    worse = faithful(FOLDER, chosen.show)
    faithful(UNSEEN, chosen.show)
    by_half()
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
    table(f"all, over {len(names)} texts", made, accepted)
    return accepted.total()


def table(title: str, made: Counter[str], accepted: Counter[str]) -> None:
    """Print how many edits of each kind were made and accepted."""
    print(f"{'hostile edits':28}{'made':>8}{'accepted':>10}")
    for kind, count in made.items():
        print(f"{kind:28}{count:8}{accepted[kind]:10}")
    print(f"{title:28}{made.total():8}{accepted.total():10}")


def corrupted(show: int) -> None:
    """Print the table of the paraphrases' hostile twins."""
    made: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    every = chain(load(FOLDER), load(UNSEEN), (p for p in load(ROUNDS) if p.half == "A"))
    for kind, twin, reason in twins.judged(every):
        made[kind] += 1
        accepted[kind] += not reason
        if not reason and accepted.total() <= show:
            print(f"ACCEPTED {kind}\n   - {twin.before}\n   + {twin.after}")
    table("all twins", made, accepted)


def by_half() -> None:
    """Print the share of refused paraphrases of each round, by half; half B was never read."""
    for path in sorted(ROUNDS.glob("*.jsonl")):
        every = load_file(path)
        for half in ("A", "B"):
            chosen = [p for p in every if p.half == half]
            refused = sum(bool(refusal(p)) for p in chosen)
            share = refused / max(1, len(chosen))
            print(
                f"faithful paraphrases ({path.stem}, half {half}): {refused} of {len(chosen)} ({share:.1%})"
            )


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
