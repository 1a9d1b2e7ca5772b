"""Capture -> Articles -> Records. Pure functions: no I/O but their input and versioned package data."""
