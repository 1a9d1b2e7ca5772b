"""Fetch politely, keep the bytes. Nothing is interpreted here."""
