"""The durable truth: captures, URL state, articles, revisions, records, corrections, change log."""

from store.change import Change, Correction, Counts, Diff, Line, Quarantined, Reading, Revision, StoredCapture
from store.errors import CorrectionError, DiskFullError, NewerStoreError, StoreBusyError, StoreError
from store.outcomes import Outcome
from store.store import Store

__all__ = [
    "Change",
    "Correction",
    "CorrectionError",
    "Counts",
    "Diff",
    "DiskFullError",
    "Line",
    "NewerStoreError",
    "Outcome",
    "Quarantined",
    "Reading",
    "Revision",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoredCapture",
]
