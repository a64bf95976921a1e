"""Rates of clients, and the log that repetitions can't flood."""

from __future__ import annotations

import logging
import time

import pytest

from web.log_filter import RepetitionFilter
from web.rates import Rate


def test_a_burst_is_allowed_and_then_one_event_at_a_time() -> None:
    rate = Rate((4, 0.4))
    for _ in range(4):
        assert rate.seconds_to_wait("a") == 0
        rate.count("a")
    wait = rate.seconds_to_wait("a")
    assert 0 < wait <= 0.1
    time.sleep(wait)
    assert rate.seconds_to_wait("a") == 0


def test_the_strictest_of_several_limits_applies() -> None:
    rate = Rate((2, 0.01), (2, 60.0))
    for _ in range(2):
        rate.count("a")
    assert 29 < rate.seconds_to_wait("a") <= 30


def test_clients_dont_wait_for_each_other() -> None:
    rate = Rate((1, 60.0))
    rate.count("a")
    assert rate.seconds_to_wait("a") > 59
    assert rate.seconds_to_wait("b") == 0


def test_no_limit_allows_everything() -> None:
    rate = Rate()
    for _ in range(1_000):
        rate.count("a")
    assert rate.seconds_to_wait("a") == 0


def test_the_number_of_remembered_clients_is_limited() -> None:
    rate = Rate((1, 60.0))
    for number in range(10_001):
        rate.count(str(number))
    assert rate.seconds_to_wait("0") == 0  # forgotten
    assert rate.seconds_to_wait("10000") > 0


def test_a_repeated_message_is_logged_a_few_times(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("test_rates")
    caplog.handler.addFilter(limiter := RepetitionFilter(per_minute=3))
    try:
        for number in range(10):
            log.warning("the same place, number %d", number)
        log.warning("another place")
    finally:
        caplog.handler.removeFilter(limiter)
    assert [record.getMessage() for record in caplog.records] == [
        *(f"the same place, number {number}" for number in range(3)),
        "another place",
    ]
