"""`detectors`: precision and recall of every detector on the annotated texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evals.annotation import ARTICLE, AnnotatedText, Annotation, Score, annotated_texts, compare
from service.detectors import Subject, detect
from service.document import Span, parse
from service.errors import InputError
from service.evaluation.item import Task
from service.films import Film
from service.writing import scoring


def tasks(folder: Path | None = None) -> list[Task]:
    """Return the annotated texts, whose sources stand in `../shared/data`. Raises InputError without them."""
    try:
        texts = annotated_texts(folder)
    except (OSError, ValueError) as error:
        raise InputError(
            f"The annotated texts are not there ({error}).",
            remedy="Set FINECUT_DATA to the development data.",
        ) from error
    return [
        Task(
            t.id,
            t.split,
            {"source": t.text, "annotations": [_json(a) for a in t.annotations], "kinds": [*sorted(t.kinds)]},
        )
        for t in texts
    ]


def _json(mark: Annotation) -> dict[str, Any]:
    spans = [[s.start, s.end] for s in mark.spans]
    return {"kind": mark.kind, "level": mark.level, "label": mark.label, "spans": spans}


def work(task: Task) -> dict[str, Any]:
    """Return recall and precision over all kinds (None of nothing asked for or made), and the misses."""
    given: Any = task.given
    marks = tuple(
        Annotation(a["kind"], a["level"], a["label"], tuple(Span(*s) for s in a["spans"]))
        for a in given["annotations"]
    )
    text = AnnotatedText(task.id, task.group, given["source"], marks, frozenset(given["kinds"]))
    film = Film(id="annotated", title="Miracle in Cell No. 7") if task.id == ARTICLE else None
    findings = detect(parse(text.text), Subject(film=film))
    scores: dict[str, Score] = {k: Score() for k in {*(a.kind for a in marks), *(f.kind for f in findings)}}
    compare(text, findings, scores)
    asked, made = sum(s.asked for s in scores.values()), sum(s.made for s in scores.values())
    return {
        "measures": {
            "recall": sum(s.found for s in scores.values()) / asked if asked else None,
            "precision": sum(s.right for s in scores.values()) / made if made else None,
        },
        "source": text.text,
        "findings": [scoring.finding_json(f, text.text) for f in findings],
        "missed": [m for s in scores.values() for m in s.missed],
        "wrong": [w for s in scores.values() for w in s.wrong],
    }
