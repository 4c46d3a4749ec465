"""Human reviews against machine and SEO copy, on equal windows, five film-disjoint folds.

    python -m benchmarks.bench_telling_apart

Two things are measured on each window, as a text of its own: the score, and its likeness to machine copy.
The terms are derived inside each fold's training part (`evals.derive.terms.derive`), so that no window is
judged by terms that it helped to make; the cliches' counts are those of all films. `human_frank_post` is a
control: reported, never compared against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from benchmarks.command_line import command_line
from evals.derive.corpora import (
    CONTROL,
    SHORTEST,
    WINDOW,
    Text,
    data_folder,
    fold_of,
    stems_of,
    texts,
    windows,
)
from evals.derive.terms import derive
from service.detectors import Subject, analyse, score
from service.detectors.stock import Terms, terms_of
from service.document import parse

FOLDS = 5
GENERAL = ("llm_essay_general", "llm_story_general")  # not about films: reported apart
Marks = tuple[float, float]


def stretches(text: Text) -> Iterator[str]:
    """Yield the text in stretches of about WINDOW words, cut as `evals.derive.corpora.windows` does."""
    analysis = analyse(parse(text.text), Subject())
    rows = list(zip(analysis.sentences, stems_of(analysis), strict=True))
    start = size = 0
    for i, (sentence, stems) in enumerate(rows):
        size += len(stems)
        last = i + 1 == len(rows)
        if size >= WINDOW or (last and (size >= SHORTEST or not start)):
            yield text.text[rows[start][0].sentence.span.start : sentence.sentence.span.end]
            start, size = i + 1, 0


def marks(stretch: str, terms: Terms) -> Marks:
    """Return how bad the score is and how like machine copy the words are."""
    result = score(parse(stretch), Subject(), terms=terms)
    likeness = result.measures["machine_likeness"]
    assert isinstance(likeness, float)
    return -result.score, likeness


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


def judged() -> dict[str, list[Marks]]:
    """Return the marks of all stretches by group, each with the terms of the other folds."""
    every = texts(control=True)
    known = list(windows(every))
    out: dict[str, list[Marks]] = defaultdict(list)
    for fold in range(FOLDS):
        train = [w for w in known if fold_of(w.text.film) != fold and w.text.group != CONTROL]
        terms = terms_of({t.text: t.weight for t in derive(train)})
        for text in every:
            if fold_of(text.film) == fold:
                out[text.group] += [marks(s, terms) for s in stretches(text)]
    return out


def main() -> None:
    """Print the areas and the share caught at 1% false alarms, together and by group."""
    command_line("bench_telling_apart", __doc__).parse_args()
    if not data_folder().is_dir():
        print(f"skipped: no development data at {data_folder()}")
        return
    groups = judged()
    human = [v for g, vs in groups.items() if g.startswith("human_") and g != CONTROL for v in vs]
    film = {g: vs for g, vs in groups.items() if not g.startswith("human_") and g not in GENERAL}
    rows = {
        "all LLM film copy": [v for g, vs in film.items() if g.startswith("llm_") for v in vs],
        "all SEO copy": [v for g, vs in film.items() if g.startswith("seo_") for v in vs],
        **dict(sorted(groups.items())),
    }
    print(f"{'':<22} {'':>13}  score: area, caught at 1%   likeness: area, caught")
    for name, values in rows.items():
        line = f"{name:<22} {len(values):5d} windows"
        for which in (0, 1):
            people, others = [h[which] for h in human], [v[which] for v in values]
            line += f"  {area(people, others):16.3f} {caught(people, others):8.3f}"
        print(line)


if __name__ == "__main__":
    main()
