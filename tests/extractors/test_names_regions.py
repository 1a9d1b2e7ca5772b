"""Regions: names in a text, codes, and the region that an article speaks for."""

from dataclasses import replace

import pytest

from extractors.article import Article, Metadata, from_text
from extractors.names.home import home_region
from extractors.names.regions import find_regions, gazetteer, is_within, region_by_code, region_by_name


def names(text: str) -> list[tuple[str, str]]:
    return [(text[s:e], region.name) for s, e, region in find_regions(text)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("内蒙古", "150000"),
        ("内蒙古自治区", "150000"),
        ("延边", "222400"),
        ("恩施", "422800"),
        ("全国", "100000"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("襄樊市", "420600"),
        ("雄安新区", "133100"),
        ("兵团", "660000"),
        ("乌兰察布", "150900"),
        ("兴安盟", "152200"),
    ],
)
def test_names_and_codes(name: str, code: str) -> None:
    region = region_by_name(name)
    assert region is not None
    assert region.code == code
    assert region_by_code(code) == region


def test_a_name_that_several_places_bear_needs_its_city() -> None:
    assert region_by_name("鼓楼区") is None
    nanjing = region_by_name("南京")
    assert nanjing is not None
    inside = region_by_name("鼓楼区", within=nanjing)
    assert inside is not None
    assert inside.code == "320106"
    assert is_within(inside, nanjing)
    assert names("鼓楼区推进旧改") == []
    assert names("福州市鼓楼区推进旧改") == [("福州市", "福州市"), ("鼓楼区", "鼓楼区")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("副行长濮阳静介绍，濮阳市增长", [("濮阳市", "濮阳市")]),
        ("校长东方明与海南省东方市签约", [("海南省", "海南省"), ("东方市", "东方市")]),
        ("重庆市主城，全市推广", [("重庆市", "重庆市")]),
        ("浙江省绍兴市柯桥区签约", [("浙江省", "浙江省"), ("绍兴市", "绍兴市"), ("柯桥区", "柯桥区")]),
        ("搭建创新平台，推广安全生产经验", []),
        ("朝阳产业和资源优势", []),
        ("位于南京路的门店", []),
        ("卫星于北京时间9时入轨", []),
        ("主城区、新增城市道路", []),
        ("阿里巴巴与德州仪器签约，佛罗里达州来客", []),
        ("西藏阿里地区与山东德州签约", [("西藏", "西藏自治区"), ("阿里地区", "阿里地区"), ("山东", "山东省"), ("德州", "德州市")]),
        ("监督机构会同县级以上地方人民政府", []),
        ("黄山市出台措施", [("黄山市", "黄山市")]),  # once the name of what is 黄山区 today, too
        ("吉林大学与青海海南州", [("吉林", "吉林省"), ("青海", "青海省"), ("海南州", "海南藏族自治州")]),
        ("安庆市的怀宁、望江两县", [("安庆市", "安庆市"), ("怀宁", "怀宁县"), ("望江", "望江县")]),
    ],
)
def test_find(text: str, found: list[tuple[str, str]]) -> None:
    assert names(text) == found


def test_a_league_without_a_shorter_name() -> None:
    assert names("兴安盟各旗参加，兴安盟科技局主办。") == [("兴安盟", "兴安盟"), ("兴安盟", "兴安盟")]


def test_every_region_has_its_parent() -> None:
    atlas = gazetteer()
    assert {r.parent for r in atlas.regions.values() if r.parent} <= set(atlas.regions)
    assert len([r for r in atlas.regions.values() if r.level == "province"]) == 35  # 34 and the 兵团
    assert len([r for r in atlas.regions.values() if r.level == "city"]) > 330


def speaks(text: str, title: str | None = None, **metadata: object) -> str | None:
    article: Article = replace(from_text(text, title=title), metadata=Metadata(**metadata))  # type: ignore[arg-type]
    region = home_region(article)
    return region.name if region else None


def test_home_region() -> None:
    assert speaks("各县（市、区）：现将方案印发给你们。", issuers=("丽水市人民政府",)) == "丽水市"
    assert speaks("贵州出台十条措施。省科技厅、省财政厅、省教育厅联合发文，遵义、安顺先行。") == "贵州省"
    assert speaks("我市出台措施，市科技局、市财政局负责，支持企业参加江苏展会。") is None
    assert speaks("各省、自治区、直辖市人民政府：北京、上海经验值得推广。") == "全国"
    assert speaks("北京等地企业参加。", title="国务院关于促进创业的意见") == "全国"
    assert speaks("大连市组织专家服务企业，大连海关、大连高新区参加，沈阳的企业也来了。") == "大连市"
    assert speaks("企业增长很快。") is None
    assert speaks("企业增长很快，" * 60 + "其中一家来自大连市。") is None
    assert speaks("全区各校要落实，我区学位由区教育局安排，我区家长按时填报。", title="深圳市南山区学位申请指引") == "南山区"
    assert speaks("全区各盟市要落实，我区企业按时填报，我区与广东省深圳市南山区结对。", title="内蒙古自治区申报指引") == "内蒙古自治区"
    assert speaks("江西省政府印发方案。鹰潭市开会部署，我市各县要落实，全市动员，我市先行。", title="江西省鹰潭市推动成果转化") == "鹰潭市"
    assert speaks("本市新政惠及企业。", title="北京市支持创新十条发布") == "北京市"
    assert speaks("全市企业受益，市科技局受理，市财政局审核。", title="义乌市支持创新十条") == "义乌市"  # of the county level
    assert speaks("全市企业受益，市科技局受理，义乌市先行，东阳市跟进。", title="金华市支持创新十条") == "金华市"
    assert (
        speaks("重庆港扩能。" + "渝北区开通航线，渝北区建成园区，" * 3 + "全市企业受益，我市创新指数上升。") == "重庆市"
    )  # 我市, though one district leads
    assert speaks("金华市获奖，义乌市入选，义乌市获评，东阳市先行。") == "金华市"  # of several counties one leads by little
    assert speaks("渝北区开通航线，渝北区建成园区，渝北区发展好。我区港口列全市第二，我市先行。") == "渝北区"
    assert speaks("重庆市推进改革，全市受益，全市动员，我市先行，全市参与。渝北区、渝北区、渝北区试点。") == "重庆市"  # its 全市 is a province's


@pytest.mark.parametrize(
    ("speaker", "home"),
    [("市人民政府", "绍兴市"), ("省人民政府", "浙江省"), ("绍兴市人民政府", "绍兴市"), ("国务院", "全国")],
)
def test_a_work_report_speaks_for_the_government_that_gives_it(speaker: str, home: str) -> None:
    text = f"各位代表：\n现在，我代表{speaker}向大会报告工作。\n" + "绍兴市持续推进，多项指标居全省第一，获全省通报表扬。浙江省委在全省推广。" * 6
    region = home_region(from_text(text, kind="report"))
    assert region is not None
    assert region.name == home


def test_a_chapter_that_names_one_city_speaks_for_it_though_it_measures_itself_by_the_province() -> None:
    chapter = "打造全省渔业高地，争创全省示范，建设全省样板。湛江渔港开工，遂溪县、徐闻县新建码头，湛江海藻入市，湛江灯塔亮起。"
    assert speaks(chapter) == "湛江市"
    assert speaks(chapter + "茂名、阳江、汕尾、汕头也建渔港，茂名、阳江先行。") == "广东省"


def test_one_mention_is_enough_where_a_city_speaks_of_itself_and_names_no_other_place() -> None:
    assert speaks("渔业增长很快，" * 60 + "湛江渔港开工，全市渔民增收。") == "湛江市"
    assert speaks("渔业增长很快，" * 60 + "湛江渔港开工，全市渔民增收，杭州来客。") is None


def test_running_text_is_no_national_heading() -> None:
    assert speaks("国家海洋牧场开工，湛江市渔民增收，湛江渔港扩建。") == "湛江市"
    assert speaks("国家海洋局关于渔港建设的通知\n各沿海省：湛江市先行。") == "全国"


def test_a_word_that_is_a_city_only_beside_its_province_is_home_where_a_city_writes_it_again_and_again() -> None:
    city = "中山渔港开工，中山渔民增收，市属渔企扩建，中山海藻、中山码头、中山灯塔一同亮相，香港来客。"
    assert speaks(city) == "中山市"
    assert speaks("中山大学开工，中山路、中山公园、中山先生、中山医院一同亮相，市属渔企扩建。") is None
    assert speaks(city.replace("市属渔企", "渔企")) != "中山市"


def test_a_city_without_counties_is_one_region() -> None:
    for name in ("嘉峪关市", "东莞市", "中山市", "儋州市"):
        region = region_by_name(name)
        assert region is not None
        assert region.level == "city"


def test_schools_with_a_province_in_their_names_stand_in_any_of_its_cities() -> None:
    assert speaks("湛江渔港开工，广东海藻学院、广东渔业大学、广东灯塔职业学院湛江校区扩建，湛江渔民增收，湛江灯塔亮起。") == "湛江市"
