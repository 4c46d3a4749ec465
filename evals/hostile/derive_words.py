"""Derive the ledger's word lists from the development corpora.

    python -m evals.hostile.derive_words ../shared/data/corpora service/gates/ledger/data

`common.txt`: words that people write in lower case (so that a capital at the start of a sentence
does not make a name of them). `generic.txt`: words that machine-written and SEO film copy of every
group uses far more than people do and that say nothing checkable; words that belong to a film's
plot rather than to praise are named in `CONCRETE` and left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
INNER = re.compile(r"(?<=[a-z,;] )[a-z]+(?:['’-][a-z]+)*")
MACHINE = ("llm_alpaca_cinema", "llm_alpaca_scifi", "llm_llmmr", "llm_slopscore_film", "seo_pages")
HUMAN = ("human_frank_pre", "human_imdb", "human_imdb_llmmr", "human_sfu")
LEAST_HUMAN_TEXTS = 2
LEAST_GROUPS = 3
LEAST_RATE = 0.03
LEAST_RATIO = 3.0
CONCRETE = frozenset(
    [
        "alien",
        "artificial",
        "astronaut",
        "captain",
        "city",
        "climate",
        "coastal",
        "colony",
        "convicted",
        "corporate",
        "corruption",
        "crew",
        "crime",
        "daughter",
        "death",
        "devastating",
        "director",
        "earth",
        "environmental",
        "execution",
        "family",
        "father",
        "galaxy",
        "galactic",
        "guilt",
        "human",
        "humans",
        "inmate",
        "inmates",
        "intelligence",
        "intergalactic",
        "interstellar",
        "justice",
        "killer",
        "mission",
        "mother",
        "murder",
        "nun",
        "nuclear",
        "ocean",
        "planet",
        "planets",
        "prison",
        "prisoner",
        "prisoners",
        "rebellion",
        "row",
        "ruins",
        "scientist",
        "scientists",
        "server",
        "ship",
        "sister",
        "solar",
        "son",
        "space",
        "spaceship",
        "species",
        "spiritual",
        "star",
        "stars",
        "survival",
        "survivors",
        "technology",
        "technological",
        "team",
        "universe",
        "victims",
        "war",
        "brutality",
        "brutal",
        "imprisonment",
        "incarceration",
        "institutional",
        "penalty",
        "crimes",
        "redemption",
        "penal",
        "wrongful",
        "wrongfully",
        "murderer",
        "lawyer",
        "dr",
        "advisor",
        "academy",
        "architecture",
        "artist",
        "artists",
        "brown",
        "camera",
        "cinematographer",
        "cinematography",
        "composed",
        "dead",
        "decades",
        "designed",
        "directed",
        "fluid",
        "frame",
        "framed",
        "lens",
        "liberation",
        "library",
        "light",
        "lighting",
        "mirrors",
        "monologue",
        "often",
        "penitentiary",
        "peter",
        "portrayed",
        "portrays",
        "root",
        "science",
        "scientific",
        "sequences",
        "source",
        "stone",
        "study",
        "suicide",
        "support",
        "warden",
        "web",
        "primarily",
        "multiple",
        "versus",
        "betrayal",
        "guide",
        "isolation",
        "failure",
        "refusal",
        "refuses",
        "social",
        "society",
        "societal",
        "oppressive",
        "masculinity",
        "generations",
        "independence",
        "failures",
        "broken",
        "brief",
        "central",
        "close-ups",
        "climactic",
        "conversations",
        "critical",
        "critique",
        "collapse",
        "drawing",
        "faced",
        "fiction",
        "floating",
        "filmmaking",
        "golden",
        "grounds",
        "historical",
        "increasingly",
        "individual",
        "individuals",
        "internal",
        "invites",
        "inviting",
        "key",
        "newfound",
        "next",
        "practical",
        "provided",
        "romance",
        "search",
        "system",
        "systems",
        "tested",
        "use",
        "uses",
        "utilizes",
        "within",
        "interstellar",
        "galaxies",
        "anderson",
    ]
)


def texts(folder: Path, group: str) -> Iterator[str]:
    """Yield the texts of a group of the corpora."""
    with (folder / f"{group}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def document_rates(folder: Path, group: str) -> dict[str, float]:
    """Return the share of the group's texts that each word stands in."""
    counts: Counter[str] = Counter()
    number = 0
    for text in texts(folder, group):
        number += 1
        counts.update({w.replace("’", "'").lower() for w in WORD.findall(text)})
    return {w: n / number for w, n in counts.items()}


def common(folder: Path) -> list[str]:
    """Return the words that stand in lower case inside sentences of enough human texts."""
    counts: Counter[str] = Counter()
    for group in (*HUMAN, *MACHINE):
        for text in texts(folder, group):
            counts.update({w.replace("’", "'") for w in INNER.findall(text)})
    return sorted(w for w, n in counts.items() if n >= LEAST_HUMAN_TEXTS)


def generic(folder: Path) -> list[str]:
    """Return the words that machine copy of several groups over-uses."""
    human: defaultdict[str, float] = defaultdict(float)
    for group in HUMAN:
        for word, rate in document_rates(folder, group).items():
            human[word] += rate / len(HUMAN)
    machine: defaultdict[str, list[float]] = defaultdict(list)
    for group in MACHINE:
        for word, rate in document_rates(folder, group).items():
            machine[word].append(rate)
    lower = set(common(folder))
    return sorted(
        w
        for w, rates in machine.items()
        if w in lower
        and w not in CONCRETE
        and sum(r >= LEAST_RATE / 2 for r in rates) >= LEAST_GROUPS
        and sum(rates) / len(MACHINE) >= LEAST_RATE
        and sum(rates) / len(MACHINE) >= LEAST_RATIO * (human[w] + 0.002)
    )


def main() -> None:
    """Write both lists."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    for name, words in (("common.txt", common(folder)), ("generic.txt", generic(folder))):
        (out / name).write_text("\n".join(words) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
