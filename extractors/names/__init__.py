"""Names: regions, organs and listed bodies, and which organisation a mention means."""

from extractors.names.authority import Authority, authority
from extractors.names.bodies import Entity, NamesError

__all__ = ["Authority", "Entity", "NamesError", "authority"]
