"""The one error type that leaves a reader."""

from typing import Literal

Reason = Literal[
    "unsupported",  # no reader for this format
    "list-page",
    "error-page",
    "login-wall",
    "empty",
    "needs-ocr",  # pictures only, and the extra `ocr` is not there
    "needs-libreoffice",
    "encrypted",
    "broken",  # the bytes are not what they claim to be
    "encoding",
    "too-large",  # a limit of the format's row in limits.yml
    "memory",
    "timeout",
    "crashed",  # the child process died
]


class ReadError(Exception):
    """A capture that could not be read. The capture stays; the message names the input and the reason."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.message = message

    def __reduce__(self) -> tuple[type["ReadError"], tuple[str, str]]:
        return (ReadError, (self.reason, self.message))
