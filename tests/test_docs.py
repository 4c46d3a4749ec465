"""Whatever is registered is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.detectors import DETECTORS
from service.facts.kinds import CLAIM_KINDS
from service.gates import GATES
from service.llm import PromptFiles
from tests.conftest import ROOT

KINDS = [d.kind for d in DETECTORS] + [k.name for k in CLAIM_KINDS] + [g.name for g in GATES]


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PromptFiles().names)
def test_every_prompt_is_documented(name: str) -> None:
    assert name in (ROOT / "prompts" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"], ids=lambda p: p.name
)
def test_links_inside_the_docs_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
