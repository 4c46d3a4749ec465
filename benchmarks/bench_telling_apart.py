"""Human reviews against machine and SEO copy, on equal windows, five film-disjoint folds.

The terms are derived inside each fold's training part (`evals.derive.terms.derive`), so that no window is
judged by terms that it helped to make. `human_frank_post` is a control: reported, never compared against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt

from evals.derive.corpora import CONTROL, Window, data_folder, fold_of, texts, windows
from evals.derive.terms import derive, terms_of

FOLDS = 5
SHORTEST = 150
GENERAL = ("llm_essay_general", "llm_story_general")  # not about films: reported apart


def likeness(window: Window, weights: Mapping[str, float]) -> float:
    """Return the window's likeness to machine copy, as `service.detectors.stock` counts it."""
    size = sum(map(len, window.sentences))
    return sum(weights.get(t, 0.0) for t in terms_of(window.sentences)) / sqrt(max(SHORTEST, size))


def area(negative: Sequence[float], positive: Sequence[float]) -> float:
    """Return the area under the ROC curve: how often a positive scores above a negative."""
    ordered = sorted([(v, 0) for v in negative] + [(v, 1) for v in positive])
    ranks = sum(i for i, (_, label) in enumerate(ordered, 1) if label)
    n = len(positive)
    return (ranks - n * (n + 1) / 2) / (n * len(negative))


def caught(negative: Sequence[float], positive: Sequence[float], false: float = 0.01) -> float:
    """Return the share of positives above the score that `false` of the negatives exceed."""
    bar = sorted(negative)[int(len(negative) * (1 - false))]
    return sum(v > bar for v in positive) / len(positive)


def main() -> None:
    """Print the areas and the share caught at 1% false alarms, together and by group."""
    if not data_folder().is_dir():
        print(f"skipped: no development data at {data_folder()}")
        return
    every = list(windows(texts(control=True)))
    scores: dict[str, list[float]] = defaultdict(list)
    for fold in range(FOLDS):
        train = [w for w in every if fold_of(w.text.film) != fold and w.text.group != CONTROL]
        weights = {t.text: t.weight for t in derive(train)}
        for w in every:
            if fold_of(w.text.film) == fold:
                scores[w.text.group].append(likeness(w, weights))
    human = [v for g, vs in scores.items() if g.startswith("human_") and g != CONTROL for v in vs]
    film = {g: vs for g, vs in scores.items() if not g.startswith("human_") and g not in GENERAL}
    rows = {
        "all LLM film copy": [v for g, vs in film.items() if g.startswith("llm_") for v in vs],
        "all SEO copy": [v for g, vs in film.items() if g.startswith("seo_") for v in vs],
        **dict(sorted(scores.items())),
    }
    for name, values in rows.items():
        auc, tpr = area(human, values), caught(human, values)
        print(f"{name:<22} {len(values):5d} windows  AUC {auc:.3f}  caught at 1% {tpr:.3f}")


if __name__ == "__main__":
    main()
