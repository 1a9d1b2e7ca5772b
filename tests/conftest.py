"""Test names that are the same in every process: bytes (an archive holds the time of its making) are named by their length."""


def pytest_make_parametrize_id(val: object) -> str | None:
    return f"{len(val)} bytes" if isinstance(val, bytes) else None
