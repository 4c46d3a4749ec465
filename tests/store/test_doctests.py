from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from service.store import catalogue, results, title_keys


@pytest.mark.parametrize("module", [results, title_keys])
def test_the_examples_in_docstrings_hold(module: ModuleType) -> None:
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_the_catalogue_is_read_once() -> None:
    assert catalogue() is catalogue()
