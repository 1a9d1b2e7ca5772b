"""What pages and API say of a question that failed."""

from dataclasses import dataclass

from fastapi import HTTPException

from index.errors import EngineDown, SearchError
from index.search import QueryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """`pointer`: the question with a mark under the wrong character, where there is one."""

    message: str
    pointer: str
    status: int


def trouble(error: SearchError) -> Trouble:
    pointer = error.pointer if isinstance(error, QueryError) else ""
    return Trouble(message=str(error), pointer=pointer, status=503 if isinstance(error, EngineDown) else 400)


def refused(error: SearchError) -> HTTPException:
    """For the API."""
    return HTTPException(trouble(error).status, str(error))
