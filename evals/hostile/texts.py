"""The texts that hostile edits are made of: invented films with their records, and, where the
shared data is present, some of its machine and SEO copy without any record.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.document import Document, Format, parse
from service.films import Award, CastMember, Film, Money

HERE = Path(__file__).parent
CORPORA = Path("../shared/data/corpora")
GROUPS = ("llm_llmmr", "seo_pages", "llm_alpaca_cinema", "human_imdb_llmmr")
EACH = 5  # texts of a group
WORDS = (120, 420)


@dataclass(frozen=True, slots=True)
class Text:
    """A named text with the record of its film, where it has one."""

    name: str
    document: Document
    film: Film | None = None


def own() -> Iterator[Text]:
    """Yield every text of `texts/` for every film of `films.toml`."""
    films = tomllib.loads((HERE / "films.toml").read_text("utf-8"))["film"]
    for path in sorted((HERE / "texts").iterdir()):
        form = Format.HTML if path.suffix == ".html" else Format.MARKDOWN
        source = path.read_text("utf-8")
        for values in films:
            film = _film(values)
            yield Text(
                f"{path.stem}/{film.id}", parse(source.format(**values), form, titles=film.titles), film
            )


def _film(v: dict[str, str | int]) -> Film:
    text = {k: str(x) for k, x in v.items()}
    return Film(
        id=text["title"].lower().replace(" ", "-"),
        title=text["title"],
        year=int(v["year"]),
        directors=(text["director"],),
        writers=(text["writer"],),
        cast=(
            CastMember(text["lead"], (text["role"],)),
            CastMember(text["other"], (text["other_role"],)),
        ),
        runtime_minutes=int(v["runtime"]),
        countries=(text["country"],),
        awards=(Award(text["award"]),),
        budget=Money(int(v["budget"]) * 1e6),
    )


def shared() -> Iterator[Text]:
    """Yield some texts of the shared corpora; none where they are absent."""
    for group in GROUPS:
        path = CORPORA / f"{group}.jsonl"
        if not path.is_file():
            continue
        rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
        fit = (r for r in rows if WORDS[0] <= len(r["text"].split()) <= WORDS[1])
        for _, row in zip(range(EACH), fit, strict=False):
            yield Text(f"{group}/{row['id']}", parse(row["text"]))
