"""The authority file: which organisation a name means. Listed bodies, plus organs generated from region × type."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import daachorse

from extractors.names.bodies import Entity, packaged, read_folder
from extractors.names.organs import OrganForm, by_key, forms, meant, usual
from extractors.names.regions import NATION, Region, find_regions, gazetteer, is_within, region_by_code, region_by_name

# The word for a level before an organ's name: 省科技厅, 自治区党委.
LEVEL_WORDS = ("自治区", "省", "市", "区", "县", "旗", "盟", "州")


class Authority:
    """Names -> entities. Read only; ids of merged entities keep answering with `merged_into`."""

    def __init__(self, bodies: Iterable[Entity]) -> None:
        self.bodies: dict[str, Entity] = {}
        self.by_name: dict[str, list[Entity]] = {}
        for body in bodies:
            self.bodies[body.id] = body  # a later file's row replaces an earlier one's
        for body in self.bodies.values():
            for name in body.names() if body.merged_into is None else ():
                self.by_name.setdefault(name, []).append(body)
        self.uncertain = {name: body for body in self.bodies.values() for name in body.uncertain}
        self.words = [*self.by_name, *(n for n in self.uncertain if n not in self.by_name)]
        self.automaton = daachorse.CharwiseDoubleArrayAhoCorasick(self.words, daachorse.MATCH_KIND_LEFTMOST_LONGEST)

    def entity(self, id: str) -> Entity | None:
        """The entity of an id: listed, or 150000-science of the generated ones. One that was merged says so in `merged_into`."""
        if id in self.bodies:
            return self.bodies[id]
        code, _, key = id.partition("-")
        region = region_by_code(code)
        form = usual(key, region) if region else None
        return organ_entity(form, region) if form and region else None

    def current(self, id: str) -> Entity | None:
        """The entity that answers for an id now: merges followed."""
        entity = self.entity(id)
        for _ in range(len(self.bodies)):
            if entity is None or entity.merged_into is None:
                return entity
            entity = self.entity(entity.merged_into)
        raise ValueError(f"merges of {id} go round in a circle")

    def aliases(self, id: str) -> tuple[str, ...]:
        """Everything that a person may type for an entity, its canonical name first."""
        entity = self.current(id)
        return entity.names() if entity else ()

    def lookup(self, name: str, region: str | Region | None = None) -> list[Entity]:
        """The entities that a name can mean, the likeliest first. `region` (code or Region) is where it is said: 发改委 there."""
        where = region_by_code(region) if isinstance(region, str) else region
        found = [e for e in self.by_name.get(name, ()) if not where or not e.region or _near(e.region, where)]
        own = self._organ(name, where)
        return [*([own] if own and where and where.code != NATION else []), *found, *([own] if own and not (where and where.code != NATION) else [])]

    def canonical(self, mention: str, region: Region | None = None, on: str | None = None) -> tuple[str, Entity | None]:
        """(full official name, entity) of a mention said in a region, as of an ISO day; (mention, None) where it is not known."""
        organ = split_organ(mention)
        if organ:
            prefix, form = organ
            where = resolve(prefix, form, region)
            if where and where.code != NATION:
                return form.canonical(where, on), organ_entity(form, where)
        known = self.by_name.get(mention)
        return (known[0].canonical, known[0]) if known else (mention, None)

    def _organ(self, name: str, where: Region | None) -> Entity | None:
        organ = split_organ(name)
        region = resolve(organ[0], organ[1], where) if organ else None
        return organ_entity(organ[1], region) if organ and region and region.code != NATION else None


def _near(code: str, where: Region) -> bool:
    region = region_by_code(code)
    return region is not None and (is_within(region, where) or is_within(where, region))


def split_organ(name: str) -> tuple[str, OrganForm] | None:
    """青海水利厅 -> (青海, 水利厅); 水利厅 -> ("", 科技厅). None where a name is no generated organ's."""
    table = forms()
    for at in range(len(name)):
        form = table.get(name[at:])
        if form and (at > 0 or form.bare) and is_place(name[:at]):
            return name[:at], meant(form, name[:at])
    return None


def is_place(prefix: str) -> bool:
    """Whether a prefix says whose organ it is: nothing, a level word, or one region or more and nothing else."""
    if prefix in ("", *LEVEL_WORDS) or region_by_name(prefix):
        return True
    at = 0
    for start, end, _ in find_regions(prefix):
        if start != at:
            return False
        at = end
    return at == len(prefix)


def resolve(prefix: str, form: OrganForm, context: Region | None) -> Region | None:
    """The region of an organ: the one written before it, else what the level word and the context give."""
    if prefix and prefix not in LEVEL_WORDS:
        found = find_regions(prefix)
        return found[-1][2] if found else region_by_name(prefix, within=context)
    return at_level(level_of(prefix, form), context)


def level_of_word(word: str) -> str | None:
    """The level that 省, 市 or 县 means."""
    if word in ("省", "自治区"):
        return "province"
    if word in ("市", "盟", "州"):
        return "city"
    return "county" if word in ("县", "区", "旗") else None


def level_of(prefix: str, form: OrganForm) -> str | None:
    return level_of_word(prefix) or ("province" if form.text.endswith("厅") else None)


def at_level(level: str | None, context: Region | None) -> Region | None:
    """The region of a level that a context lies in; municipalities and 市 of the county level are cities too. Without a level, the context itself."""
    if context is None or level is None or (level == "city" and context.level == "county" and context.name.endswith("市")):
        return context
    for region in (context, *gazetteer().ancestors(context)):
        if region.level == level or (level == "city" and region.level == "province" and region.name.endswith("市")):
            return region
    return None


def organ_id(form: OrganForm, region: Region) -> str:
    """150000-science: stable as long as the code and the type's key are."""
    return f"{region.code}-{form.key}"


def organ_entity(form: OrganForm, region: Region) -> Entity:
    """A generated entity; its aliases are what texts of the region write, with and without the region's name."""
    ending = usual(form.key, region)
    same = [other for other in by_key()[form.key] if ending and other.official == ending.official]
    canonical = form.canonical(region)
    # 中共…委员会组织部 is written 省委组织部: behind the full name only.
    aliases = [f"{name}{other.text}" for other in same for name in (region.name, region.short) if name == region.name or other.table != "party"]
    former = [name for other in same if (name := other.former_of(region))]
    return Entity(
        id=organ_id(form, region),
        canonical=canonical,
        aliases=tuple(a for a in dict.fromkeys(aliases) if a != canonical),
        former=tuple(dict.fromkeys(former)),
        type=form.type,
        region=region.code,
    )


_folder = [""]


def use(folder: str) -> Authority:
    """From now on, in this process, the authority file is what ships and the *.tsv of this folder ("": none). Raises NamesError."""
    names = authority(folder)
    _folder[0] = folder
    return names


def authority(folder: str | None = None) -> Authority:
    """The authority file in use, or the one with the *.tsv of a folder (`names import`, `names learn`). Raises NamesError."""
    where = _folder[0] if folder is None else folder
    return _load(where, _state(where))


def _state(folder: str) -> tuple[tuple[str, int, int], ...]:
    """What tells that files of a folder were written anew."""
    paths = sorted(Path(folder).glob("*.tsv")) if folder else []
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths)


@lru_cache(maxsize=4)
def _load(folder: str, state: tuple[tuple[str, int, int], ...]) -> Authority:
    return Authority((*packaged(), *(read_folder(Path(folder)) if folder else ())))
