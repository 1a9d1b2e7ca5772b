"""Alembic migrations, written by hand; `store.database.migrate` runs them when a store is opened."""
