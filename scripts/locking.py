"""One process at a time drives the processing and the index of a data folder."""

from filelock import FileLock

from scripts.settings import Settings


def work_lock(settings: Settings) -> FileLock:
    """The lock of the data folder; `with work_lock(s).acquire(timeout=…)`. It ends with the process that holds it."""
    settings.data.mkdir(parents=True, exist_ok=True)
    return FileLock(settings.data / "work.lock")
