"""Build extractors/names/data/regions.tsv from public lists of facts.

    python -m scripts.build_names --divisions DIR --history DIR

`--divisions`: dist/ of github.com/modood/Administrative-divisions-of-China (WTFPL; provinces, cities, areas as JSON).
`--history`: the unpacked wheel GB2260 0.4.1 from PyPI (BSD; GB/T 2260 of 2002 to 2014), for former names.
The file is committed; run this again when a new list comes out.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import jieba.posseg

OUT = Path(__file__).resolve().parents[1] / "extractors" / "names" / "data" / "regions.tsv"
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯"
    "|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|门巴|珞巴|基诺|各"
)
AUTONOMOUS = re.compile(rf"((({PEOPLES})族)*(蒙古|柯尔克孜|哈萨克|维吾尔|鄂温克|达斡尔|鄂伦春)?(自治区|自治州|自治县|自治旗))$")
SUFFIX = re.compile(r"(特别行政区|自治区|地区|林区|矿区|新区|省|市|盟|县|区|旗)$")
# Not places of their own: rows that only group others.
GROUPS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖县级行政单位", "省直辖行政单位", "自治区直辖县级行政单位")
# Places that the list leaves out.
EXTRA = {
    "100000": "全国",
    "133100": "雄安新区",
    "660000": "新疆生产建设兵团",
    "710000": "台湾省",
    "810000": "香港特别行政区",
    "820000": "澳门特别行政区",
}
SHORTS = {
    "150000": ["内蒙古", "内蒙"],
    "660000": ["兵团"],
    "133100": ["雄安"],
    "100000": [],
    "152900": ["阿拉善"],
    "152500": ["锡林郭勒", "锡盟"],
    "152200": ["兴安盟"],
}
# Prefecture names that are also words, mountains or people: weak although they belong to a city.
_WORDS = (
    "三明 三河 东方 东海 中原 中山 临海 云和 云山 五河 兴国 兴隆 华山 南岸 南海 南湖 双河 和平 商城 大同 大城 大理 天池 太平 太康 太湖 "
    "宁国 安国 安宁 山南 平原 平安 平顺 庐山 德安 恒山 惠民 文山 新和 新城 新建 新星 新河 日照 昆仑 朝阳 来宾 永吉 永宁 永安 永康 永福 "
    "沙河 河口 泰宁 泰山 海东 海北 海港 海西 玉门 白山 白银 百色 盘山 祁连 花山 衡山 资源 辽中 金山 银海 镜湖 长江 长治 长海 阳光 高台 "
    "高平 高阳 黄南 黄山 黄河 黑山 龙江"
)
WORDS = frozenset(_WORDS.split())


def short_of(name: str) -> str:
    """合肥市 -> 合肥, 延边朝鲜族自治州 -> 延边; what has fewer than two characters left keeps its name."""
    bare = AUTONOMOUS.sub("", name)
    if bare == name:
        bare = SUFFIX.sub("", name)
    return bare if len(bare) >= 2 else ""


def shorts_of(name: str) -> list[str]:
    """延边朝鲜族自治州 -> 延边, 延边州."""
    short = short_of(name)
    return [s for s in (short, f"{short}州" if name.endswith("自治州") else "") if s and s != name]


def current(folder: Path) -> dict[str, str]:
    """Code (six digits) -> name."""
    rows = {}
    for file, zeros in (("provinces", "0000"), ("cities", "00"), ("areas", "")):
        for item in json.loads((folder / f"{file}.json").read_text("utf-8")):
            rows[item["code"] + zeros] = item["name"]
    rows |= EXTRA
    again = {code for code, name in rows.items() if code[4:] != "00" and rows.get(f"{code[:4]}00") == name}  # a city without counties, as its own
    return {code: name for code, name in rows.items() if code not in again and name not in GROUPS and "管委会" not in name and "群岛" not in name}


def history(folder: Path) -> list[tuple[str, str]]:
    """(code, name) of every revision, the newest first."""
    sys.path.insert(0, str(folder))
    from gb2260.data import data  # type: ignore[import-not-found]

    years = sorted((key for key in data if key), key=str, reverse=True)
    return list(dict.fromkeys((str(code), name) for year in years for code, name in data[year].items() if name not in GROUPS))


def successor(code: str, name: str, rows: dict[str, str]) -> str | None:
    """The code that a former (code, name) lives on under: the same stem in the same prefecture, else the same code."""
    stem = short_of(name) or name
    near = [c for c, n in rows.items() if c[:4] == code[:4] and c[4:] != "00" and (short_of(n) or n) == stem]
    if near:
        return near[0]
    return code if code in rows and not code.startswith(("46", "23")) else None


def level(code: str) -> str:
    if code == "100000":
        return "nation"
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "city"
    return "zone" if code[4] == "7" and code[:2] not in ("11", "12", "31", "50") else "county"


def strength(code: str, name: str, short: str, times: int) -> int:
    """0: stands for the place anywhere; 1: where the text names what it belongs to; 2: only right behind that name (资源: a word)."""
    tag = jieba.posseg.dt.word_tag_tab.get(short, "")
    if level(code) in ("province", "nation"):
        return 0
    if level(code) == "city":
        return 2 if times > 1 else int(short in WORDS)
    if short in WORDS or level(code) == "zone" or tag not in ("ns", "nr", "nrt", "nz", ""):
        return 2
    return 1 if times > 1 or tag != "ns" or name.endswith("区") or len(short) < 3 else 0


def table(rows: dict[str, str], old: Iterable[tuple[str, str]]) -> list[list[str]]:
    former: dict[str, list[str]] = {}
    gone: dict[str, str] = {}
    for code, name in old:
        heir = successor(code, name, rows)
        if heir is None:
            gone.setdefault(code, name)
        elif rows[heir] != name:
            former.setdefault(heir, []).append(name)
    shorts = {code: SHORTS.get(code) or shorts_of(name) for code, name in rows.items()}
    wide = Counter(short for code, names in shorts.items() for short in names if level(code) in ("province", "city"))
    times = wide + Counter(short for code, names in shorts.items() for short in names if level(code) == "county")
    lines = []
    for code, name in sorted(rows.items()):
        by = ["|".join(s for s in shorts[code] if strength(code, name, s, (wide if level(code) == "city" else times)[s]) == n) for n in range(3)]
        lines.append([code, name, level(code), *by, "|".join(dict.fromkeys(former.get(code, [])))])
    lines += [[code, name, "former", "", "", "", ""] for code, name in sorted(gone.items())]
    return lines


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--divisions", type=Path, required=True)
    a.add_argument("--history", type=Path, required=True)
    o = a.parse_args()
    jieba.initialize()
    head = (
        "# GB/T 2260 administrative divisions. Built by scripts/build_names.py; do not edit by hand.\n"
        "# Sources: modood/Administrative-divisions-of-China (WTFPL); GB2260 0.4.1 on PyPI (BSD) for former names.\n"
        "# code\tname\tlevel\tshort forms\tthose that need context\tthose that need the parent's name before them\tformer names\n"
    )
    lines = table(current(o.divisions), history(o.history))
    OUT.write_text(head + "".join("\t".join(line) + "\n" for line in lines), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
