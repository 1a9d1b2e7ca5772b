from datetime import UTC, datetime

import pytest

from crawler.politeness import is_fetchable, retry_after

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "ff02::1",
        "198.18.0.1",
        "192.0.2.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
    ],
)
def test_addresses_inside_are_not_fetched(address: str) -> None:
    assert not is_fetchable(address, loopback=False)


@pytest.mark.parametrize("address", ["114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114"])
def test_public_addresses_are_fetched_and_are_no_loopback(address: str) -> None:
    assert is_fetchable(address, loopback=False)
    assert not is_fetchable(address, loopback=True)


def test_loopback_only_where_the_source_says_so() -> None:
    assert is_fetchable("127.0.0.1", loopback=True)
    assert is_fetchable("::1", loopback=True)
    assert not is_fetchable("10.0.0.1", loopback=True)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("²", 0.0),
        ("", 0.0),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == seconds
