"""Government organs are generated, not listed: region × type of organ, with all the ways to write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from extractors.names.regions import NATION, Region, full_name, region_by_name
from extractors.record import OrganisationType

Table = Literal["organ", "party", "mass"]
_SHORT = {"委员会": "委", "办公室": "办"}
_STATE = "人民政府"
# Of these the regional offices bear the name: 中国证券监督管理委员会湖南监管局.
_COMMISSIONS = {
    "nfra": "国家金融监督管理总局",
    "csrc": "中国证券监督管理委员会",
    "cbirc": "中国银行保险监督管理委员会",
    "cbrc": "中国银行业监督管理委员会",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganForm:
    """One way to write a type of organ, without its region: 科技厅, 发改委, 委组织部, 工商联."""

    key: str  # of the type
    table: Table
    text: str
    official: str  # with {0} for the region's name, {1} for its short one, {2} for its party committee
    type: OrganisationType
    former: tuple[str, str] | None = None  # (day, official name before that day)
    bare: bool = False  # stands for an organ without a region before it

    def canonical(self, region: Region, on: str | None = None) -> str:
        """The full name in a region, as of an ISO day."""
        official = self.official
        if self.former and on and on < self.former[0]:
            official = self.former[1]
        if self.key == "big-data" and region.level == "province":
            official = "{0}大数据局"
        return _filled(official, region)

    def former_of(self, region: Region) -> str | None:
        """The name that the organ of a region bore before it was renamed."""
        return _filled(self.former[1], region) if self.former else None


def _filled(official: str, region: Region) -> str:
    name = full_name(region)
    return official.format(name, region.short, f"{name}委员会" if name.endswith("自治区") else f"{name}委")


def _rows(name: str) -> Iterator[list[str]]:
    for line in (files("extractors.names") / "data" / f"{name}.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _organs() -> Iterator[OrganForm]:
    for key, stem, others, suffixes, form, changes in _rows("organs"):
        for suffix in suffixes.split("|"):
            official = _official(form, stem, suffix)
            kind: OrganisationType = "institution" if suffix in ("馆", "中心") else "government"
            former = None
            if changes:
                day, before = changes.split(" ")
                former = (day, _official(form, before, suffix))
            for written in (stem, *(others.split("|") if others else ())):
                # 民委, 外办: one character takes the short suffix only
                for end in {suffix, _SHORT.get(suffix, suffix)} if len(written) > 1 else {_SHORT.get(suffix, "")} - {""}:
                    yield OrganForm(
                        key=key, table="organ", text=written + end, official=official, type=kind, former=former, bare=len(written + end) > 2
                    )


def _official(form: str, stem: str, suffix: str) -> str:
    if form == "state":
        return f"{{0}}{_STATE}{stem}{suffix}"
    if form == "tax":
        return f"国家税务总局{{0}}{stem}{suffix}"
    if form in _COMMISSIONS:
        return f"{_COMMISSIONS[form]}{{1}}监管{suffix}"
    if form in ("plain", "bigdata"):
        return f"{{0}}{stem}{suffix}"
    raise ValueError(f"organs.tsv: unknown form {form!r} of {stem}")


def _party() -> Iterator[OrganForm]:
    for key, official, forms in _rows("party"):
        for text in _written(official, forms.split("|")):
            yield OrganForm(key=key, table="party", text=text, official=official, type="government", bare=text in ("网信办", "编办", "政法委"))


def _written(official: str, forms: Sequence[str]) -> Iterator[str]:
    """The forms, the full name's own, and with 委 written out: 委组织部, 委员会组织部."""
    full = official.removeprefix("中共{2}")
    for form in dict.fromkeys((*forms, *(() if full == official else (f"委{full}",)))):
        yield form
        if form.startswith("委") and len(form) > 1:
            yield f"委员会{form[1:]}"


def _masses() -> Iterator[OrganForm]:
    for key, official, forms, kind in _rows("masses"):
        for text in forms.split("|"):
            yield OrganForm(key=key, table="mass", text=text, official=official, type=kind, bare=text in ("工商联", "总工会", "科协"))  # type: ignore[arg-type]


@cache
def forms() -> dict[str, OrganForm]:
    """Every way to write an organ, without its region. The first row of a form wins."""
    found: dict[str, OrganForm] = {}
    for form in (*_organs(), *_party(), *_masses()):
        found.setdefault(form.text, form)
    return found


@cache
def by_key() -> dict[str, tuple[OrganForm, ...]]:
    """Type of organ -> its forms, the usual full one first."""
    found: dict[str, list[OrganForm]] = {}
    for form in forms().values():
        found.setdefault(form.key, []).append(form)
    return {key: tuple(sorted(listed, key=lambda f: f.official.format("", "", "") != f.text)) for key, listed in found.items()}


def meant(form: OrganForm, prefix: str) -> OrganForm:
    """浙江金融监管局 is the office of the central body (since 2023); 浙江省金融监管局 and 省金融监管局 were the province's own."""
    region = region_by_name(prefix) if form.text == "金融监管局" and prefix else None
    return by_key()["finance-regulation"][0] if region and region.short == prefix else form


def usual(key: str, region: Region) -> OrganForm | None:
    """The form of a type of organ that a region's level usually has: 厅 in provinces, 局 below (municipalities too)."""
    listed = by_key().get(key)
    if not listed or region.code == NATION:
        return None
    lower = region.level != "province" or region.name.endswith("市")
    for form in listed:
        if form.table != "organ" or form.text.endswith("局" if lower else ("厅", "委员会")):
            return form
    return listed[0]
