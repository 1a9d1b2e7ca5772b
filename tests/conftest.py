"""Shared fixtures. tests/real needs ../shared and is skipped without it, unless QINGBAO_REQUIRE_REAL is set."""
