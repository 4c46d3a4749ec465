"""Reads the tab-separated word lists of `data/`: `#` lines give the origin, one line the columns."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=64)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of `data/NAME` without its comments and its header; missing cells are empty."""
    text = (files("service.writing.draft.plain") / "data" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("# ")]
    width = lines[0].count("\t") + 1
    return tuple(tuple((line.split("\t") + [""] * width)[:width]) for line in lines[1:])


@lru_cache(maxsize=64)
def column(name: str, group: str = "") -> frozenset[str]:
    """Return the first column of a list; of the rows whose second column is `group`, where given."""
    return frozenset(r[0] for r in rows(name) if not group or r[1] == group)


def is_craft(noun: str) -> bool:
    """Tell whether the noun names a part of a film, as `score` does."""
    return noun in column("craft.tsv")


@lru_cache(maxsize=1)
def ideas() -> frozenset[str]:
    """Return the nouns for what a film may be about, as `grief`."""
    return frozenset(
        w for w, section, weight in rows("sections.tsv") if section == "themes" and weight == "2"
    )
