"""The program's log: lines on standard error."""

import sys
from typing import Any, Final

import structlog


def _configured() -> Any:
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), structlog.dev.ConsoleRenderer(colors=False)],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    return structlog.get_logger()


log: Final = _configured()
