"""The suites for Inspect: `inspect eval evals/suites/tasks.py@drafts --model mockllm/model`."""

from __future__ import annotations

from pathlib import Path

from inspect_ai import Task, task

from evals.derive.corpora import data_folder
from evals.suites import detectors as detectors_suite
from evals.suites import hostile as hostile_suite
from evals.suites.inspected import inspected
from service.document import Format
from service.evaluation.item import Task as OurTask
from service.evaluation.suites import articles as articles_suite
from service.evaluation.suites import claims as claims_suite
from service.evaluation.suites import drafts as drafts_suite
from service.evaluation.suites import edits as edits_suite

SEO = Path(__file__).resolve().parents[1] / "data" / "seo"


def _copies(folder: str) -> list[OurTask]:
    files = sorted(Path(folder).glob("*.md"))
    return [
        articles_suite.task(p.name, p.read_text("utf-8"), group="articles", format=Format.MARKDOWN)
        for p in files
    ]


@task
def articles(folder: str = str(SEO)) -> Task:
    """Return the suite over a folder's Markdown files."""
    return inspected(
        "articles", _copies(folder), articles_suite.work, ("score", "cliches", "repeats_per_1000")
    )


@task
def edits(folder: str = str(SEO)) -> Task:
    """Return the second pass over a folder's Markdown files."""
    return inspected("edits", _copies(folder), edits_suite.work, ("score", "score_gain", "words_kept"))


@task
def drafts() -> Task:
    """Return the drafts from the notes that ship."""
    return inspected(
        "drafts", drafts_suite.tasks(), drafts_suite.work, ("score", "notes_covered", "contradicted")
    )


@task
def claims(folder: str = "") -> Task:
    """Return the fact checker on labelled claims, by default the development data's."""
    where = Path(folder) if folder else data_folder() / "claims"
    return inspected(
        "claims", claims_suite.tasks(where), claims_suite.work, ("right", "false_alarm", "missed")
    )


@task
def detectors() -> Task:
    """Return the detectors on the annotated texts."""
    return inspected("detectors", detectors_suite.tasks(), detectors_suite.work, ("recall", "precision"))


@task
def hostile() -> Task:
    """Return the gates against hostile and faithful edits."""
    return inspected("hostile", hostile_suite.tasks(), hostile_suite.work, ("accepted", "refused"))
