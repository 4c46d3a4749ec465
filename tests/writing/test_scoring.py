"""Scoring starts at once: it loads what it needs and nothing of facts, gates and edits."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from service.cli import scoring
from service.document import Format
from service.writing.scoring import score_text

assert score_text("The bell rings. The bell sings.", Format.TEXT, ideas=False)["score"]
heavy = ("service.facts", "service.gates", "service.store", "service.app", "sqlalchemy", "langchain", "numpy")
print(*[name for name in heavy if name in sys.modules])
"""


def test_scoring_without_ideas_loads_no_room_that_it_does_not_need() -> None:
    loaded = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
