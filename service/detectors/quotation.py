"""How a message quotes the places of a finding: the first words of a few of them."""

from __future__ import annotations

from collections.abc import Sequence

from service.detectors.analysis import Analysis
from service.document import Span

MOST, WIDTH = 2, 60  # places, and characters of each


def quoted(analysis: Analysis, spans: Sequence[Span]) -> str:
    """Return the beginnings of the first places that differ, each in quotation marks."""
    texts = list(dict.fromkeys(analysis.text(span) for span in spans[: 2 * MOST]))
    more = len(texts) > MOST or len(spans) > 2 * MOST
    return ", ".join(f"‘{_begun(t)}’" for t in texts[:MOST]) + (", …" if more else "")


def _begun(text: str) -> str:
    """Return the text, cut between words where it is longer than WIDTH."""
    if len(text) <= WIDTH:
        return text
    return text[:WIDTH].rsplit(" ", 1)[0].rstrip(",;:") + " …"
