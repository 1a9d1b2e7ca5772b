"""Build extractors/names/data/listed.tsv: the short names of listed companies, which policy and news write without 公司.

    python -m scripts.build_listed CODES

CODES: adata/stock/cache/code.csv of the wheel adata 2.9.5 from PyPI (Apache-2.0): stock codes and short names as the exchanges give them.
Names that are words of the language or a place and a trade (机器人, 上海机场) are left out: in policy they mean the thing.
"""

import argparse
import csv
import re
import sys
import unicodedata
from pathlib import Path

import rjieba

from extractors.names.bodies import FILES, Entity, line_of, parse
from extractors.names.regions import gazetteer

DATA = Path(__file__).resolve().parents[1] / "extractors" / "names" / "data"
HEAD = """# Listed companies by their short names. Built by scripts/build_listed.py; do not edit by hand.
# Source: short names of the Shanghai, Shenzhen and Beijing exchanges, from adata 2.9.5 on PyPI (Apache-2.0).
# id	canonical	aliases	type	former names	from	region	parent	to	codes
"""
NAME = re.compile(r"[\u4e00-\u9fff]{3,6}")
MARKS = re.compile(r"^(?:\*?ST|S\*?ST|退市|X[DR]|DR|N|C(?=[\u4e00-\u9fff]))+|(?:-UW|-[UW]|[AB]|退|股权)$")
# With these a place or a common word still makes a company's name.
TRADES = re.compile(
    "(?:股份|控股|集团|电气|药业|电缆|精工|重工|百货|轮胎|化纤|机床|[铝铜矿管纸乳]业|证券|银行|期货|保险|啤酒|白药|老窖|茅台|汾酒|阿胶|锅炉)$"
)
# Words of the dictionary that are companies all the same.
_COMPANIES = "苏泊尔 贝因美 科士达 广联达 天融信 爱仕达 北信源 澳柯玛 寒武纪 同仁堂 云天化 泸天化 片仔癀 天士力 康恩贝 雅戈尔 飞亚达"
COMPANIES = frozenset(_COMPANIES.split())
# Names that a text may write for the thing itself.
_WORDS = """
新城市 新产业 智动力 新经典 大智慧 好太太 欢乐家 山外山 大名城 东北高 同益中 夜光明 大东方 健康元 新里程 数字人 新希望
珠海港 重庆港 唐山港 西上海 西大门 西高院 建研院 建科院 设研院 电科院 数据港 新风光 新乳业 新大正 新农开 深高速 陕国投
粤电力 粤水电 粤传媒 跨境通 易联众 家家悦 太湖雪 好上好 值得买 生意宝 大东南 中光学 中电港 远望谷 东富龙 中达安 东方通
金现代 新国都 大农华 大宏立 海洋王 木林森 一心堂 天地源 通行宝 健康云 清水源 碧水源 新金路 新美星 兔宝宝 深科技 深物业
深深房 新开源 大北农 智慧农业 创新医疗 建设工业 线上线下 美丽生态 立新能源 共同药业 路桥建设 中国动力 中国软件 国新能源
中国电影 中国化学 联合精密 智能自控 数字认证 建工修复 信息发展 地铁设计 节能环境 创意信息 精准信息 通用电梯 测绘股份
超越科技 风光股份 招标股份 联合化学 美好医疗 开创电气 设计总院 行动教育 园林股份 森林包装 时空科技 高铁电气 财富趋势
航天工程 航天信息 航天电子 航天机电 航天科技 航天发展 航天软件 航天动力 出版传媒 绿色动力 保税科技 高能环境 建设机械
生物股份 标准股份 龙头股份 时代出版 天地科技 海油工程 海油发展 高新发展 合金投资 国际医学 国际实业 远大智能 电工合金
首都在线 联络互动 大众公用 中央商场 华人健康 民生健康 海量数据 数字政通 节能风电 电气风电 交运股份 特发服务 精工科技
齐心集团 国民技术 新兴装备 派生科技 科创新源 通力科技 焦点科技 引力传媒 读者传媒 新力金融 招商公路 招商港口 中国海油
中国石油 中国电信 中国移动 中国联通 首创证券 东方时尚 中国出版 中国科传 中国核电 中国广核 中国银河 中国医药 中国国贸
中国高科 中国卫星 中国海防 中国巨石 中国东航 中国国航 中国船舶 中国长城 京沪高铁 北方国际 大悦城 深基地 古井贡 海南自贸
数字视界 力量钻石 智能电网 创业环保
"""
WORDS = frozenset(_WORDS.split())
FINANCE = re.compile("(?:银行|农商行|证券|保险|期货|信托|租赁)$")


def keeps(name: str, known: frozenset[str], places: frozenset[str]) -> bool:
    """Whether a short name stands for its company wherever it is written."""
    if not NAME.fullmatch(name) or name in known or name in WORDS or name.startswith("中国"):
        return False
    if rjieba.has_word(name):
        return name in COMPANIES
    tail = next((name[len(place) :] for place in (name[:2], name[:3]) if place in places), "")
    return not (tail and rjieba.has_word(tail)) or TRADES.search(name) is not None


def entities(path: Path) -> list[Entity]:
    """The companies of a list of codes, by code; a name that several codes bear counts once."""
    files = [(DATA / f"{file}.tsv").read_text("utf-8").splitlines() for file in FILES if file != "listed"]
    known = frozenset(name for lines in files for entity in parse(lines, "data") for name in entity.names())
    places = frozenset(gazetteer().forms)
    found: dict[str, Entity] = {}
    for row in csv.DictReader(path.read_text("utf-8-sig").splitlines()):
        name = MARKS.sub("", unicodedata.normalize("NFKC", row["short_name"]).replace(" ", ""))
        if keeps(name, known, places) and name not in found:
            kind = "finance" if FINANCE.search(name) else "company"
            found[name] = Entity(id=f"ls-{row['stock_code']}", canonical=name, type=kind, codes=(("stock", row["stock_code"]),))  # type: ignore[arg-type]
    return list(found.values())


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("codes", type=Path)
    rows = entities(a.parse_args().codes)
    (DATA / "listed.tsv").write_text(HEAD + "".join(line_of(e) + "\n" for e in rows), "utf-8", newline="\n")
    sys.stdout.write(f"{len(rows)} companies\n")


if __name__ == "__main__":
    main()
