"""The authority file: organs generated for every region, listed bodies, registers, merges."""

import time
from pathlib import Path

import pytest

from extractors.article import from_text
from extractors.names import Authority, Entity, NamesError, authority
from extractors.names.authority import use
from extractors.names.bodies import line_of, packaged, parse
from extractors.names.regions import Region, region_by_name
from extractors.names.register import from_csv, learn, merged
from extractors.record import Organisation
from extractors.records import extract


def region(name: str) -> Region:
    found = region_by_name(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("mention", "place", "canonical"),
    [
        ("科技厅", "青海", "青海省科学技术厅"),
        ("省发改委", "青海", "青海省发展和改革委员会"),
        ("市工信局", "西宁", "西宁市工业和信息化局"),
        ("省工信厅", "西宁", "青海省工业和信息化厅"),
        ("卫健委", "青海", "青海省卫生健康委员会"),
        ("市国资委", "西宁", "西宁市人民政府国有资产监督管理委员会"),
        ("省税务局", "青海", "国家税务总局青海省税务局"),
        ("市委网信办", "西宁", "中共西宁市委网络安全和信息化委员会办公室"),
        ("编办", "青海", "中共青海省委机构编制委员会办公室"),
        ("自治区党委编办", "宁夏", "中共宁夏回族自治区委员会机构编制委员会办公室"),
        ("西宁市委员会宣传部", "西宁", "中共西宁市委宣传部"),
        ("州委统一战线工作部", "海西", "中共海西蒙古族藏族自治州委统一战线工作部"),
        ("省畜牧局", "青海", "青海省畜牧兽医局"),
        ("市科创局", "西宁", "西宁市科技创新局"),
        ("市委办公室", "西宁", "中共西宁市委办公室"),
        ("省委办公厅", "青海", "中共青海省委办公厅"),
        ("省贸促会", "青海", "中国国际贸易促进委员会青海省委员会"),
        ("市侨联", "西宁", "西宁市归国华侨联合会"),
        ("省台办", "青海", "中共青海省委台湾工作办公室"),
        ("贵州人社厅", "青海", "贵州省人力资源和社会保障厅"),
        ("市委", "上海", "中共上海市委员会"),
        ("区政府", "上海", "区政府"),
        ("高新区", "青海", "高新区"),
        ("西宁经开区", "青海", "西宁经济技术开发区"),
        ("省农科院", "贵州", "贵州省农业科学院"),
        ("中科院", "青海", "中国科学院"),
        ("哈工大", "青海", "哈尔滨工业大学"),
        ("某某公司", "青海", "某某公司"),
    ],
)
def test_canonical(mention: str, place: str, canonical: str) -> None:
    assert authority().canonical(mention, region(place))[0] == canonical


def test_renames_have_dates() -> None:
    names, place = authority(), region("贵州")
    assert names.canonical("省金融局", place, "2023-05-01")[0] == "贵州省地方金融监督管理局"
    assert names.canonical("省金融局", place, "2025-05-01")[0] == "贵州省地方金融管理局"
    assert names.canonical("贵州金融监管局", place)[0] == "国家金融监督管理总局贵州监管局"
    assert names.canonical("贵州省金融监管局", place)[0] == "贵州省地方金融监督管理局"
    assert names.lookup("国家科学技术委员会")[0].canonical == "科学技术部"


def test_lookup_by_region() -> None:
    names = authority()
    here = names.lookup("发改委", "630000")
    assert [e.canonical for e in here] == ["青海省发展和改革委员会"]
    assert names.entity(here[0].id) == here[0]
    assert "青海发改委" in names.aliases(here[0].id)
    assert [e.canonical for e in names.lookup("青海省科学技术厅")] == ["青海省科学技术厅"]
    assert [e.canonical for e in names.lookup("证监会")] == ["中国证券监督管理委员会"]
    assert names.lookup("发改委") == []
    assert names.lookup("没有这样一个单位") == []


def test_every_listed_body_is_whole() -> None:
    bodies = packaged()
    assert len({b.id for b in bodies}) == len(bodies)
    canonical = [b.canonical for b in bodies]
    assert len(set(canonical)) == len(canonical)
    for body in bodies:
        assert next(iter(parse([line_of(body)], "row"))).names() == body.names()


def test_loads_fast() -> None:
    took = []
    for _ in range(3):
        start = time.process_time()
        Authority(packaged())
        took.append(time.process_time() - start)
    assert min(took) < 0.5


def test_a_register_is_imported(tmp_path: Path) -> None:
    text = "单位名称,简称,统一社会信用代码,类型\n青海湖畔盐业有限公司,湖畔盐业|青盐,91630000MA75XXXX1X,company\n西宁高原生物研究院,,,institute\n"
    bodies = from_csv(text, "register.csv")
    (tmp_path / "register.tsv").write_text("".join(line_of(b) + "\n" for b in bodies), "utf-8")
    use(str(tmp_path))
    try:
        records = [r for r in extract(from_text("湖畔盐业与西宁高原生物研究院签约。")) if isinstance(r, Organisation)]
        found = authority().lookup("青盐")
    finally:
        use("")
    assert [(r.text, r.canonical, r.entity) for r in records] == [
        ("湖畔盐业", "青海湖畔盐业有限公司", bodies[0].id),
        ("西宁高原生物研究院", "西宁高原生物研究院", bodies[1].id),
    ]
    assert found[0].codes == (("uscc", "91630000MA75XXXX1X"),)
    assert authority().lookup("青盐") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲,乙\n1,2\n", "no column of names"),
        ("名称,类型\n某厂,什么\n", "什么"),
        ("名称,统一社会信用代码\n某厂,123\n", "123"),
        ("名称,行政区划代码\n某厂,63\n", "63"),
        ("名称\n某厂\n某厂\n", "stands twice"),
        ("名称,简称\n,某\n", "not a name"),
    ],
)
def test_a_bad_register_is_refused(text: str, message: str) -> None:
    with pytest.raises(NamesError, match=message):
        from_csv(text, "register.csv")


def test_a_merge_leaves_the_old_id_answering() -> None:
    one = Entity(id="x-1", canonical="青海湖畔盐业有限公司", aliases=("湖畔盐业",), type="company")
    two = Entity(id="x-2", canonical="青海湖畔盐湖集团有限公司", type="company")
    names = Authority([one, two, *merged(one, two)])
    old = names.entity("x-1")
    assert old is not None
    assert old.merged_into == "x-2"
    current = names.current("x-1")
    assert current is not None
    assert current.id == "x-2"
    assert [e.id for e in names.lookup("湖畔盐业")] == ["x-2"]
    assert names.aliases("x-1") == names.aliases("x-2")
    with pytest.raises(NamesError):
        merged(one, one)


def test_names_are_learned_from_documents() -> None:
    texts = (
        "银川塞上云帆航空有限公司（以下简称“塞上云帆”）获奖，塞上云帆扩产。",
        "银川塞上云帆航空有限公司落户。固原六盘草业有限公司参展。",
    )
    documents = [extract(from_text(text, name=text)) for text in texts]
    assert [(e.canonical, e.aliases) for e in learn(documents, 2)] == [("银川塞上云帆航空有限公司", ("塞上云帆",))]
    assert [e.canonical for e in learn(documents, 1)] == ["固原六盘草业有限公司", "银川塞上云帆航空有限公司"]
