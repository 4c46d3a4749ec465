"""Writes the plain reviews to `docs/examples`: `python -m evals.data.drafts.write_examples`."""

from __future__ import annotations

from pathlib import Path

from service.reviews import parse_notes
from service.store import catalogue
from service.writing.draft.markdown import to_markdown
from service.writing.draft.plain import compose

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def main() -> None:
    """Write one file a film: the review, then the notes that it was made of."""
    films = {film.id: film for film in catalogue()}
    for row in (HERE / "films.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        name, film_id = row.split("\t")
        notes = parse_notes((HERE / name).read_text(encoding="utf-8"))
        review = compose(films[film_id], notes)
        given = "\n".join(f"- {n.id}: {n.text}" for n in notes)
        out = "".join(f"- {i}: {reason}\n" for i, reason in review.notes_left_out)
        left = f"\nLeft out:\n\n{out}" if out else ""
        made = f"Made by rules, without a model, of these notes:\n\n{given}\n{left}"
        text = f"{to_markdown(review)}\n---\n\n{made}"
        (ROOT / "docs" / "examples" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
