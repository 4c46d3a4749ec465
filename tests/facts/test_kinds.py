"""Every claim kind is registered, and keeps what its own examples promise."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

from service.document import OffsetMap, Sentence, Span
from service.facts import CLAIM_KINDS, kinds
from service.facts.kind import ClaimKind, Context, Example
from service.facts.lexicon import lexicon_of
from service.facts.reading import Mood, read

CASES = [pytest.param(k, e, id=f"{k.name}: {e.text}") for k in CLAIM_KINDS for e in k.examples]


def sentence_of(text: str) -> Sentence:
    return Sentence(Span(0, len(text)), text, OffsetMap.shifted(0, len(text)), ())


def test_each_file_of_kinds_is_registered() -> None:
    registered = {type(k).__module__.rpartition(".")[2] for k in CLAIM_KINDS}
    assert registered == {m.name for m in pkgutil.iter_modules(kinds.__path__)}


def test_every_module_of_kinds_imports() -> None:
    for m in pkgutil.iter_modules(kinds.__path__):
        assert import_module(f"service.facts.kinds.{m.name}").__doc__


def test_kind_names_are_unique() -> None:
    names = [k.name for k in CLAIM_KINDS]
    assert len(names) == len(set(names))


def test_every_kind_has_a_supported_and_a_contradicted_example() -> None:
    for k in CLAIM_KINDS:
        verdicts = {e.verdict for e in k.examples}
        assert {"supported", "contradicted"} <= {str(v) for v in verdicts}, k.name


@pytest.mark.parametrize(("kind", "example"), CASES)
def test_examples_get_their_verdicts(kind: ClaimKind, example: Example) -> None:
    reading = read(sentence_of(example.text), lexicon_of(example.film))
    found = kind(reading, Context()) if reading.mood is Mood.STATEMENT else ()
    if example.verdict is None:
        assert not found
        return
    assert {a.claim.verdict for a in found} == {example.verdict}
    suggested = {a.claim.suggestion.replacement for a in found if a.claim.suggestion}
    assert suggested == ({example.replacement} if example.replacement else set())
    for a in found:
        assert a.claim.kind == kind.name
        assert a.claim.span.of(example.text) == a.claim.text
