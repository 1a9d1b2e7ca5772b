"""names lookup, import, learn, merge: the authority file from the command line."""

import json
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from extractors.names import Authority, Entity, NamesError, authority
from extractors.names.bodies import line_of, parse
from extractors.names.regions import region_by_code, region_by_name
from extractors.names.register import from_csv, learn, merged
from scripts.settings import Settings, load
from scripts.wiring import names_folder, open_store

app = typer.Typer(help="The authority file: which organisation a name means.", no_args_is_help=True)
COLUMNS = "# id\tcanonical\taliases\ttype\tformer names\tfrom\tregion\tparent\tto\tcodes\tmerged into\n"
LEARNED = "learned.tsv"
MERGED = "zz-merged.tsv"  # read last: its rows replace those of other files


def loaded(settings: Settings) -> Authority:
    """The authority file with the further files of the settings."""
    folder = names_folder(settings)
    return authority(str(folder) if folder.is_dir() else "")


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(help="Any way to write it: 发改委, 中科院, an id.")],
    region: Annotated[str, typer.Option(help="Where it is said: a GB/T 2260 code or a name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Which organisations a name can mean, the likeliest first."""
    names = loaded(load())
    where = (region_by_code(region) or region_by_name(region)) if region else None
    if region and where is None:
        raise typer.BadParameter(f"unknown region {region!r}")
    own = names.entity(name)
    found = [own] if own else names.lookup(name, where)
    if as_json:
        for entity in found:
            print(json.dumps(msgspec.to_builtins(entity), ensure_ascii=False))
    else:
        _show(found)
    if not found:
        more = "" if where else "; a name that many regions have (科技厅) needs --region"
        Console(stderr=True).print(f"{name!r}: not in the authority file{more}", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1)


def _show(found: list[Entity]) -> None:
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for e in found:
        also = f"merged into {e.merged_into}" if e.merged_into else "、".join((*e.aliases, *e.former)[:8])
        console.print("  ".join(part for part in (e.id, e.canonical, e.type, e.region or "", also) if part))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV or TSV with a heading row: 名称, 简称, 统一社会信用代码, …", exists=True, dir_okay=False)],
    kind: Annotated[str, typer.Option("--type", help="The type of rows that name none.")] = "company",
) -> None:
    """Add the bodies of a register to the authority file."""
    settings = load()
    bodies = from_csv(_text(file), file.name, kind)  # type: ignore[arg-type]
    known = {b.canonical: b.id for b in loaded(settings).bodies.values()}
    new = [b for b in bodies if known.get(b.canonical, b.id) == b.id]
    path = _write(names_folder(settings) / f"{file.stem}.tsv", new)
    Console().print(f"{path}: {len(new)} bodies, {len(bodies) - len(new)} were known already", markup=False, soft_wrap=True)


def _text(file: Path) -> str:
    """A register's text: UTF-8, or what spreadsheets write on Chinese Windows."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return file.read_bytes().decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NamesError(f"{file}: neither UTF-8 nor GB 18030")


@app.command("learn")
def learn_(least: Annotated[int, typer.Option(help="Documents that must hold a name.", min=1)] = 2) -> None:
    """Learn full names of companies from the documents in the store, with the short forms that they introduce."""
    settings = load()
    with open_store(settings) as store:
        bodies = learn((records for _, records in store.snapshot()[1]), least)
    folder = names_folder(settings)
    learned = {b.id: b for b in parse((folder / LEARNED).read_text("utf-8").splitlines(), LEARNED)} if (folder / LEARNED).is_file() else {}
    rows = sorted((learned | {b.id: b for b in bodies}).values(), key=lambda b: b.canonical)
    path = _write(folder / LEARNED, rows)
    Console().print(f"{path}: {len(rows)} names, {len(rows) - len(learned)} new", markup=False, soft_wrap=True)


@app.command()
def merge(
    old: Annotated[str, typer.Argument(help="The id that is given up; it goes on answering.")],
    new: Annotated[str, typer.Argument(help="The id that takes over its names.")],
) -> None:
    """Say that two entities are one body."""
    settings = load()
    names, folder = loaded(settings), names_folder(settings)
    found = [names.bodies.get(id_) for id_ in (old, new)]
    if found[0] is None or found[1] is None:
        raise NamesError(f"no listed entity {old if found[0] is None else new!r}; generated organs cannot be merged")
    rows = {b.id: b for b in parse((folder / MERGED).read_text("utf-8").splitlines(), MERGED)} if (folder / MERGED).is_file() else {}
    rows |= {b.id: b for b in merged(found[0], found[1])}
    _write(folder / MERGED, list(rows.values()))
    Console().print(f"{old} answers with {new} from now on", markup=False)


def _write(path: Path, bodies: list[Entity]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(COLUMNS + "".join(f"{line_of(b)}\n" for b in bodies), "utf-8", newline="\n")
    part.replace(path)
    return path
