"""What can go wrong in the store, each with the value and the place."""


class StoreError(Exception):
    """The store cannot do what was asked; the message says what and where."""


class DiskFullError(StoreError):
    """No room left. The transaction was rolled back; everything acknowledged before is there."""


class StoreBusyError(StoreError):
    """Another process held the write lock longer than the timeout."""


class NewerStoreError(StoreError):
    """The database was made by a newer version of the program."""


class CorrectionError(StoreError):
    """A correction whose record, quote, field or old value is not what the store holds."""
