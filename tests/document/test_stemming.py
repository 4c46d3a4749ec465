from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.document.stemming import snowball

WORDS = [
    "restlessness",
    "organization",
    "ferries",
    "sentimental",
    "a",
    "crossing",
    "hopefully",
    "generously",
] * 40


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Let threads take turns after every few instructions."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_do_not_mix_their_words_up() -> None:
    alone = [snowball(w) for w in WORDS]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda _: [snowball(w) for w in WORDS], range(12)))
    assert all(stems == alone for stems in together)


def test_languages_have_stemmers_of_their_own() -> None:
    assert (snowball("casas", "spanish"), snowball("casas")) == ("cas", "casa")
