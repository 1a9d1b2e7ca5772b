"""Makes the binaries of the demo: the bulletin as PDF, a DOCX, a ZIP with an XLSX and Chinese names in GBK.

Run by hand when their text changes (`python -m scripts.demo.build`; needs the extra `dev` and a Chinese font, Noto CJK or its like);
the results are committed, so that the demo needs neither. The same text and libraries give the same bytes.
"""

import io
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import typst
from docx import Document
from openpyxl import Workbook

from scripts.demo.pages import Bulletin, bulletin

FILES = Path(__file__).parent / "files"
WHEN = (2026, 1, 8, 9, 0, 0)
SAVED_AT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
GUIDE = "P020260109325001.docx"
SHEETS = "P020260109325002.zip"
MANUAL = "P020260226410001.docx"
DIVISION = "P020250911600001.docx"

DIRECTIONS = (
    "方向1.1　超薄柔性玻璃在线减薄技术。考核指标：玻璃厚度不大于0.05毫米，弯折寿命不少于25万次，建成年产30万平方米示范线1条。"
    "拟支持2项，每项资助不超过150万元。",
    "方向1.2　谐波减速器长寿命设计技术。考核指标：精度寿命不低于1.5万小时，传动效率达到82%以上，申请发明专利不少于6件。"
    "拟支持2项，每项资助不超过120万元。",
    "方向1.3　耐盐水稻分子育种技术。考核指标：在含盐量0.4%的地块亩产不低于530公斤，选育新品系3个，示范面积2万亩。拟支持3项，每项资助不超过100万元。",
)

TYPST = """
#set document(title: "{title}", date: datetime(year: 2026, month: 3, day: 31))
#set page(paper: "a4", margin: (top: 30mm, bottom: 28mm, x: 27mm), numbering: "— 1 —")
#set text(font: ("Noto Serif CJK SC", "Noto Serif SC"), size: 14pt, lang: "zh", region: "cn")
#set par(leading: 0.9em, first-line-indent: (amount: 2em, all: true), justify: true)
#align(center)[#text(size: 30pt, weight: "bold", fill: rgb("#b01217"))[{masthead}]]
#align(center)[{number}]
#grid(columns: (1fr, 1fr), [{publisher}], align(right)[{date}])
#line(length: 100%, stroke: rgb("#b01217"))
#v(1em)
#align(center)[#text(size: 18pt, weight: "bold")[目　录]]
{contents}
#pagebreak()
{articles}
#v(1fr)
#line(length: 100%)
{imprint}
"""


def escaped(text: str) -> str:
    return "".join("\\" + c if c in "\\#$*_`<>@[]" else c for c in text)


def typst_source(issue: Bulletin) -> str:
    contents, articles, column = [], [], ""
    for n, piece in enumerate(issue.articles):
        if piece.column != column:
            column = piece.column
            contents.append(f"#par(first-line-indent: 0em)[*【{column}】*]")
            articles.append(f'#block(sticky: true, width: 100%, align(center)[#text(weight: "bold")[【{column}】]])')
        page = f'#context counter(page).at(label("a{n}")).first()'
        contents.append(f"#par(first-line-indent: 0em)[{escaped(piece.title)} #box(width: 1fr, repeat[.]) {page}]")
        title = f'#text(size: 18pt, weight: "bold")[{escaped(piece.title)}] #label("a{n}")'
        articles.append(f"#block(sticky: true, width: 100%, align(center)[{title}])")
        articles += [escaped(line) for line in piece.text.splitlines()]
        articles.append(f"#align(right)[（来源：{escaped(piece.origin)}）]\n#v(1em)")
    facts = {key: getattr(issue, key) for key in ("masthead", "number", "publisher", "date")} | {"title": f"{issue.masthead}{issue.number}"}
    imprint = "\n\n".join(f"#par(first-line-indent: 0em)[{escaped(line)}]" for line in issue.imprint)
    return TYPST.format(**facts, contents="\n\n".join(contents), articles="\n\n".join(articles), imprint=imprint)


def guide() -> bytes:
    """The call's guide: headings, a table, a task with its units."""
    document = Document()
    document.add_heading("2026年度澜川市市级科技计划项目申报指南", level=0)
    document.add_heading("一、重点研发计划", level=1)
    for text in DIRECTIONS:
        document.add_paragraph(text)
    document.add_heading("二、成果转化引导计划", level=1)
    document.add_paragraph("申报单位应当与成果持有单位签订技术合同，实际到账额不低于100万元；项目完成后两年内新增销售收入不低于800万元。")
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("类别", "拟立项数（项）", "单项资助额（万元）"), strict=True):
        cell.text = text
    for row in (("重点研发计划", "35", "80—150"), ("成果转化引导计划", "20", "60"), ("青年科学家项目", "40", "15")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("三、组织实施", level=1)
    document.add_paragraph("责任单位：澜川市科学技术局发展计划科、澜川市科技创业服务中心")
    return saved(document)


def manual() -> bytes:
    document = Document()
    document.add_heading("科技型中小企业自评工作手册", level=0)
    for text in (
        "一、评价指标由科技人员、研发投入、科技成果三类组成，满分100分，其中科技人员20分、研发投入50分、科技成果30分。",
        "二、企业应当如实填写上一会计年度数据，研发费用总额占成本费用支出总额的比例达到30%以上的得50分。",
        "三、各县区科学技术局应在收到企业信息后5个工作日内完成形式审查，抽查比例不低于入库企业数的10%。",
    ):
        document.add_paragraph(text)
    return saved(document)


def division() -> bytes:
    """The plan's tasks as a table: number, task, lead and joint units, time limit."""
    document = Document()
    document.add_heading("“科创融合”行动计划重点任务分工表", level=0)
    rows = (
        ("序号", "重点任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "组建产业共性技术研究平台12个、创新联合体20家", "市科学技术局", "市工业和信息化局、市财政局", "2027年12月"),
        ("2", "推行“揭榜挂帅”制度，每年张榜30项以上", "市科学技术局", "市教育局、高新区管委会", "每年6月"),
        ("3", "建成东岭理工大学澜川研究院一期", "高新区管委会", "市委组织部、市自然资源和规划局、东岭理工大学", "2026年6月"),
        ("4", "设立总规模20亿元的澜川科创母基金", "市财政局", "市地方金融管理局、澜川市国有资本运营集团", "2025年12月"),
    )
    table = document.add_table(rows=0, cols=5)
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return saved(document)


def saved(document: Any) -> bytes:
    """A DOCX or XLSX whose parts bear a fixed time, so that the same text gives the same bytes."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for info in parts.infolist():
            if info.filename != "docProps/thumbnail.jpeg":
                body = SAVED_AT.sub(b"", parts.read(info)) if info.filename == "docProps/core.xml" else parts.read(info)
                fixed.writestr(zipfile.ZipInfo(info.filename, WHEN), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def summary_sheet() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "推荐项目汇总"
    rows = (
        ("序号", "项目名称", "申报单位", "合作单位", "总投入（万元）", "申请资助（万元）", "推荐单位"),
        (1, "玻璃盖板边缘强化工艺开发", "东岭晶曜特种玻璃有限公司", "东岭理工大学", 820, 150, "高新区科技创新局"),
        (2, "高精度柔性轴承加工技术", "澜川驭衡传动科技股份有限公司", "东岭理工大学", 640, 120, "高新区科技创新局"),
        (3, "耐盐水稻籽粒品质改良", "东岭禾穗种业有限公司", "澜川市农业科学院", 450, 100, "青禾县科学技术局"),
    )
    for row in rows:
        sheet.append(row)
    return saved(book)


class GbkInfo(zipfile.ZipInfo):
    """A member whose name is written in GBK without the UTF-8 flag, as Windows programs in China do."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (the standard library's name)
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(GbkInfo(name, WHEN), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def build() -> dict[str, bytes]:
    """Path under `files` -> bytes."""
    note = "填报说明：汇总表由县区科学技术局统一填写，金额单位为万元，保留整数。\r\n每个县区推荐项目不超过12项。\r\n"
    pdf = typst.compile(typst_source(bulletin()).encode("utf-8"))
    assert isinstance(pdf, bytes)
    return {
        f"lanchuan/zwgk/tzgg/202601/{GUIDE}": guide(),
        f"lanchuan/zwgk/tzgg/202601/{SHEETS}": packed({"推荐项目汇总表.xlsx": summary_sheet(), "填报说明.txt": note.encode("gbk")}),
        f"lanchuan/zwgk/tzgg/202602/{MANUAL}": manual(),
        f"lanchuan/zwgk/tzgg/202509/{DIVISION}": division(),
        "news/qingbao/2026/kejiqingbaocankao-2026-02.pdf": pdf,
    }


if __name__ == "__main__":
    for path, body in build().items():
        (FILES / path).parent.mkdir(parents=True, exist_ok=True)
        (FILES / path).write_bytes(body)
        sys.stdout.write(f"{path}\t{len(body)}\n")
