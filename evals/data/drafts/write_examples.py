"""Writes the plain reviews to `docs/examples`: `python -m evals.data.drafts.write_examples`."""

from __future__ import annotations

import json
import re
from pathlib import Path

from service.films import Film
from service.films.codec import film_from_json
from service.reviews import Note, SectionName
from service.writing.draft.markdown import to_markdown
from service.writing.draft.plain import compose

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def read_notes(path: Path) -> tuple[Note, ...]:
    """Read bullets, with headings as sections."""
    notes: list[Note] = []
    section = None
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = re.fullmatch(r"(?:#+ )?(plot|characters|themes|legacy)", line.strip(), re.IGNORECASE)
        if heading:
            section = SectionName(heading[1].lower())
        elif re.match(r"[-*] ", line):
            notes.append(Note(f"n{len(notes) + 1}", line[2:], section))
    return tuple(notes)


def catalogue() -> dict[str, Film]:
    """Return the starter catalogue's films by id."""
    lines = (ROOT / "service/store/data/catalogue.jsonl").read_text(encoding="utf-8").splitlines()
    films = (film_from_json(json.loads(line)) for line in lines if line.strip())
    return {f.id: f for f in films}


def main() -> None:
    """Write one file a film: the review, then the notes that it was made of."""
    films = catalogue()
    for row in (HERE / "films.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        name, film_id = row.split("\t")
        notes = read_notes(HERE / name)
        review = compose(films[film_id], notes)
        given = "\n".join(f"- {n.id}: {n.text}" for n in notes)
        out = "".join(f"- {i}: {reason}\n" for i, reason in review.notes_left_out)
        left = f"\nLeft out:\n\n{out}" if out else ""
        made = f"Made by rules, without a model, of these notes:\n\n{given}\n{left}"
        text = f"{to_markdown(review)}\n---\n\n{made}"
        (ROOT / "docs" / "examples" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
