"""API keys: what is kept, what is let in, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.access import Rate, Scope, issue, key_id_of, matches, needed_scope, take


def test_a_keys_text_is_not_in_what_is_kept() -> None:
    key, text = issue("site", Scope.WRITE)
    assert text not in repr(key)
    assert text.split("_", 2)[2] not in repr(key)
    assert key_id_of(text) == key.id


def test_only_the_keys_own_text_matches() -> None:
    key, text = issue("site", Scope.READ)
    other = issue("other", Scope.READ)[1]
    assert matches(text, key)
    assert not matches(other, key)
    assert not matches(text[:-1] + ("A" if text[-1] != "A" else "B"), key)
    assert not matches(text, None)


def test_a_revoked_key_does_not_match() -> None:
    key, text = issue("site", Scope.READ)
    assert not matches(text, replace(key, revoked=datetime.now(UTC)))


@given(st.text())
def test_any_text_is_answered_without_an_error(text: str) -> None:
    assert key_id_of(text) is None
    assert not matches(text, None)


def test_two_keys_are_never_alike() -> None:
    assert len({issue("n", Scope.READ)[1] for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/readyz", None),
        ("GET", "/problems/invalid-request", None),
        ("GET", "/", Scope.READ),
        ("GET", "/docsearch", Scope.READ),
        ("GET", "/v1/reviews", Scope.READ),
        ("POST", "/v1/scores", Scope.READ),
        ("POST", "/v1/reviews", Scope.WRITE),
        ("DELETE", "/v1/jobs/1", Scope.WRITE),
        ("POST", "/v1/films/import", Scope.ADMIN),
        ("GET", "/v1/webhooks", Scope.ADMIN),
        ("POST", "/something/new", Scope.WRITE),
    ],
)
def test_a_request_needs_its_scope(method: str, path: str, scope: Scope | None) -> None:
    assert needed_scope(method, path) is scope


@given(st.integers(1, 50), st.lists(st.floats(0, 30), max_size=200))
def test_no_more_than_twice_the_quota_passes_in_any_window(quota: int, gaps: list[float]) -> None:
    """A burst of the whole quota, and what comes back while the window passes: never more."""
    rate, now, arrival = Rate(quota), 1000.0, 0.0
    passed: list[float] = []
    for gap in gaps:
        now += gap
        taken = take(rate, arrival, now)
        arrival = taken.arrival
        if taken.allowed:
            passed.append(now)
            assert 0 <= taken.remaining < quota
    for start in passed:
        assert sum(start <= t < start + rate.window for t in passed) <= 2 * quota


def test_the_whole_quota_may_come_at_once_and_then_waits() -> None:
    rate, arrival = Rate(3), 0.0
    left = []
    for _ in range(3):
        taken = take(rate, arrival, 50.0)
        arrival = taken.arrival
        left.append(taken.remaining)
    refused = take(rate, arrival, 50.0)
    assert left == [2, 1, 0]
    assert not refused.allowed
    assert refused.retry_after == 20
    assert take(rate, refused.arrival, 50.0 + refused.retry_after).allowed
