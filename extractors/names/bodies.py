"""The listed part of the authority file: central bodies, universities, institutes, banks, media, and registers that were imported or learned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast, get_args

from extractors.record import OrganisationType

FILES = ("central", "institutes", "universities", "finance", "media", "enterprises", "listed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An organisation of the authority file. `codes` are other systems' keys: ("uscc", 统一社会信用代码) first."""

    id: str
    canonical: str
    aliases: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()  # short forms that count only beside a certain one (清华)
    former: tuple[str, ...] = ()
    type: OrganisationType
    region: str | None = None  # GB/T 2260 code
    parent: str | None = None  # Entity.id
    valid_from: str | None = None  # year or ISO day
    valid_to: str | None = None
    codes: tuple[tuple[str, str], ...] = ()
    merged_into: str | None = None  # the id that answers for this one

    def names(self) -> tuple[str, ...]:
        """All that stand for it anywhere."""
        return (self.canonical, *self.aliases, *self.former)

    def called(self, name: str) -> str:
        """The full name of its time that one of its names stands for: 银保监会 is the body's name before it was renamed."""
        full = [f for f in self.former if name in self.former and _shortens(name, f)]
        return max(full, key=len, default=self.canonical)


class NamesError(Exception):
    """A row of an authority file that cannot be used; names the file, the line and the value."""


def _shortens(short: str, full: str) -> bool:
    """Whether the characters of a short form stand in a full one, in order."""
    rest = iter(full)
    return all(character in rest for character in short)


COLUMNS = ("id", "canonical", "aliases", "type", "former", "from", "region", "parent", "to", "codes", "merged_into")


def parse(lines: Iterable[str], name: str) -> Iterator[Entity]:
    """Entities of a tab-separated file: COLUMNS, of which the first four must be there. Raises NamesError."""
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            row = dict(zip(COLUMNS, line.rstrip("\n").split("\t"), strict=False))
            if not row.get("canonical") or row.get("type") not in get_args(OrganisationType):
                raise NamesError(f"{name}:{number}: wanted id, canonical, aliases and a type, found {line!r}")
            yield _entity(row)


def _entity(row: dict[str, str]) -> Entity:
    aliases = _split(row.get("aliases"))
    return Entity(
        id=row["id"],
        canonical=row["canonical"],
        aliases=tuple(a for a in aliases if not a.startswith("?")),
        uncertain=tuple(a[1:] for a in aliases if a.startswith("?")),
        former=tuple(f.split("@")[0] for f in _split(row.get("former"))),
        type=cast(OrganisationType, row["type"]),
        region=row.get("region") or None,
        parent=row.get("parent") or None,
        valid_from=row.get("from") or None,
        valid_to=row.get("to") or None,
        codes=tuple((key, value) for key, _, value in (c.partition("=") for c in _split(row.get("codes")))),
        merged_into=row.get("merged_into") or None,
    )


def _split(value: str | None) -> list[str]:
    return value.split("|") if value else []


def line_of(entity: Entity) -> str:
    """The row that `parse` reads back."""
    former = "|".join(entity.former)
    codes = "|".join(f"{key}={value}" for key, value in entity.codes)
    aliases = "|".join((*entity.aliases, *(f"?{a}" for a in entity.uncertain)))
    values = (
        entity.id,
        entity.canonical,
        aliases,
        entity.type,
        former,
        entity.valid_from,
        entity.region,
        entity.parent,
        entity.valid_to,
        codes,
        entity.merged_into,
    )
    return "\t".join(value or "" for value in values).rstrip("\t")


@cache
def packaged() -> tuple[Entity, ...]:
    """The entities that ship with the package."""
    folder = files("extractors.names") / "data"
    return tuple(e for name in FILES for e in parse((folder / f"{name}.tsv").read_text("utf-8").splitlines(), f"{name}.tsv"))


def read_folder(folder: Path) -> tuple[Entity, ...]:
    """The entities of every *.tsv in a folder, in the order of the files' names. Raises NamesError."""
    return tuple(e for path in sorted(folder.glob("*.tsv")) for e in parse(path.read_text("utf-8").splitlines(), path.name))
