"""Media in bylines and lines of sources, where a word in a dictionary names one too: （来源：湘江晚报）, 岷山新闻网记者."""

import re
from collections.abc import Iterator

from extractors.records.organisation_reading import Candidate, Reading

_NAME = r"(?![本我该各官此])[\u4e00-\u9fff]{2,10}?"
_KIND = "日报|晚报|晨报|早报|商报|时报|都市报|青年报|科技报|报社|报|电视台|广播电台|新闻社|通讯社|新闻网|网|在线|融媒体中心|客户端|卫视|新闻|周刊"
_SOURCE = re.compile(rf"(?:(?<!图片)来源|稿源|转自|转载自|摘自|文/?)[：:]\s*[《“]?({_NAME}(?:{_KIND}))(?=[》”]?(?:[\s）)，。；|]|$))")
_BYLINE = re.compile(rf"(?:^|(?<=[（(\n，。、：|《\s讯电]))({_NAME}(?:{_KIND}))(?=》?(?:全媒体|首席|见习|实习|特约)?(?:记者|讯[（(\s]|通讯员))")
_NO_NAME = re.compile("互联网|官网|官方网|记者|新闻发布|[和与及]")


def find(reading: Reading) -> Iterator[Candidate]:
    """Names of media by where they stand."""
    for pattern in (_SOURCE, _BYLINE):
        for match in pattern.finditer(reading.text):
            first = reading.tokens_between(*match.span(1))[:1]
            if first and first[0].tag[0] in "njzgbavsf" and not _NO_NAME.search(match[1]):
                yield Candidate(start=match.start(1), end=match.end(1), type="media", rule="media", rank=0, confidence=0.7)
