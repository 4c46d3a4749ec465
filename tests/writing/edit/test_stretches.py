"""A long document is edited by stretches, under the same guarantees as a short one."""

from __future__ import annotations

import asyncio
from importlib import import_module

import pytest

from service.document import Document, Format, apply, parse
from service.llm.speaker import NoModel
from service.writing.edit import EditRequest, EditResult, Intensity, edit
from service.writing.edit.stretches import stretches
from tests.fakes.prompts import FakePrompts

CONSONANTS, VOWELS = "bdfglmnprstvk", "aeiou"
FILLER = "It is important to note that this film is a testament to the power of cinema. "


def _name(number: int) -> str:
    first, second = divmod(number, len(CONSONANTS) * len(VOWELS))
    return "".join(
        CONSONANTS[n // len(VOWELS) % len(CONSONANTS)] + VOWELS[n % len(VOWELS)]
        for n in (first, second, number * 7)
    ).capitalize()


def _text(paragraphs: int) -> str:
    """Return Markdown with a heading every ten paragraphs; every tenth paragraph has filler in it."""
    parts = []
    for i in range(paragraphs):
        parts += [f"## {_name(i + 900)}"] if i % 10 == 0 else []
        filler = FILLER if i % 10 == 5 else ""
        parts.append(
            f"{_name(i)} left {_name(i + 300)} in {1500 + i} with {i + 2} horses. {filler}"
            f"A letter to {_name(i + 600)} names the price, {i + 40} coins, and the road they took."
        )
    return "\n\n".join(parts)


def _edited(content: str) -> EditResult:
    request = EditRequest(content=content, format=Format.MARKDOWN, intensity=Intensity.STRONG)
    return asyncio.run(edit(request, model=NoModel(), prompts=FakePrompts()))


def _read(content: str) -> Document:
    return parse(content, Format.MARKDOWN)


def test_stretches_are_the_whole_source_and_begin_at_headings() -> None:
    document = _read(_text(240))
    parts = stretches(document)
    assert len(parts) > 2
    assert "".join(p.document.source for p in parts) == document.source
    assert all(p.document.source.startswith("## ") for p in parts)


def test_a_paragraph_that_does_not_end_is_cut_between_sentences() -> None:
    document = parse(" ".join(f"{_name(i)} left {_name(i + 300)} in {i}." for i in range(1_400)))
    parts = stretches(document)
    assert len(parts) > 1
    assert [s.text for p in parts for s in p.document.sentences] == [s.text for s in document.sentences]


def test_a_stretch_that_would_read_otherwise_alone_goes_on() -> None:
    linked = _text(240).replace("the price", "the [price][1]") + "\n\n[1]: /price\n"
    assert len(stretches(_read(linked))) == 1


def test_a_long_document_is_edited_and_is_never_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = import_module("service.writing.edit.stretches")
    monkeypatch.setattr(import_module("service.writing.edit.edit"), "LONG", 500)
    monkeypatch.setattr(sizes, "AT_HEADING", 200)
    monkeypatch.setattr(sizes, "LEAST", 100)
    content = _text(40)
    assert len(stretches(_read(content))) > 2
    result = _edited(content)
    assert result.edits
    assert apply(content, result.edits) == result.content
    assert result.scores.after.score >= result.scores.before.score
    assert result.claims.balanced
    ids = [j.edit.id for j in result.steps]
    assert len(set(ids)) == len(ids)
    assert {step for steps in result.made_of.values() for step in steps} <= set(ids)
