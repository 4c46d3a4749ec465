"""Hostile twins: a faithful paraphrase into which one wrong thing is put.

The gates are the laxer the more a rewrite differs from what it replaces; so each paraphrase is corrupted as
the sentences of whole texts are, and put in the place of the sentence that it paraphrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from evals.hostile.generate import proposals
from evals.hostile.paraphrases import Paraphrase, refusal
from evals.hostile.texts import Text
from service.document import apply, parse

KINDS = (
    "entity swapped",
    "role swapped",
    "number off by one",
    "year off",
    "negation dropped",
    "negation added",
    "negating verb undone",
    "quantifier changed",
    "bound turned",
    "comparison turned",
    "predicate changed",
    "unit changed",
    "opposite put",
)


def twins(paraphrase: Paraphrase) -> Iterator[tuple[str, Paraphrase]]:
    """Yield `(kind, paraphrase)` for each way in which the paraphrase can be made wrong."""
    titles = paraphrase.film.titles if paraphrase.film else ()
    text = Text("twin", parse(paraphrase.after, titles=titles), paraphrase.film)
    for kind, edit in proposals(text, KINDS):
        wrong = apply(paraphrase.after, [edit])
        if wrong != paraphrase.before:
            yield kind, replace(paraphrase, after=wrong)


def judged(paraphrases: Iterable[Paraphrase]) -> Iterator[tuple[str, Paraphrase, str]]:
    """Yield `(kind, twin, refusal)` of every twin of the paraphrases that the gates accept as they are."""
    for paraphrase in paraphrases:
        if not refusal(paraphrase):
            yield from ((kind, twin, refusal(twin)) for kind, twin in twins(paraphrase))
