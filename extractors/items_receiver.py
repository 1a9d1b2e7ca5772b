"""Who or what an entitlement is for, in the words of its sentence."""

import re
from typing import Final, NamedTuple

from extractors.article import Span
from extractors.record import Action, sentence_span

_NUMBERING: Final = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十百]+条)")
_BEFORE: Final = re.compile(r"^(?:对于?|支持|鼓励|引导|其中[，：]?)+")
_BEHIND: Final = re.compile(r"(?:分别|的|，|、|(?<=项目|课题|企业|平台)[省市区县]级?|每[\u4e00-\u9fff]{1,4})+$")  # 面上课题省|资助
_BASIS: Final = re.compile(r"按照|依照|根据|依法|实行|给予|予以")
_FOR_YEARS: Final = re.compile(r"，(?:按照?其?对?|[^，]{0,8}[年月期][^，]{0,4})$")  # 某园的企业，三年内|免收房租; 合格的，按|收入的20%
# Who it is, in 首次认定的渔港企业 and 渔港企业在海外上市.
_HEAD: Final = re.compile(r"的([^的]{2,16})$|^([^的，。]{0,8}?(?:企业|单位|机构|团队|项目))")
_LONGEST: Final = 120  # characters of a phrase
# Who pays, and words for whoever was named before: 给予申报主体….
_NOT_NAMED: Final = re.compile(r"(?:财政|资金|经费|基金|人民政府)$|比例$|^(?:项目)?(?:申报|承担|申请|实施)?(?:主体|企业|单位|项目|个人|人员)$")
_WAIVED: Final = re.compile(r"标准|政策|条件|范围|期限|比例")  # 返还标准为…: a noun, no deed
# Neither clauses (若…, 他把…) nor deeds (打造服务社20个) receive anything; 实施改造的企业 does.
_NOBODY: Final = re.compile(
    r"^(?:若|如|他|她|我|其|并|可|不足|上述|享受|按照|严格|落实|继续|执行)|[把，。；：]"
    r"|^(?:打造|发放|建设|推进|开展|实施|加强|完善|推动|设立)(?!.*的)|\d[个家项人]$"
)
# 渔场，水面大于九亩的，给予…: what more is asked of it
_MORE: Final = re.compile(r"(?:的|）)?(?:，[^，。；\n]{2,60}的(?=，))*")
_SOMEONE: Final = re.compile(r"企业|单位|项目|人才|人员|机构|团队|个人|院校|高校|院所|平台|中心|基地|实验室|公司|主体|者|生$|园区(?!内)|集群")
# 对出海试航的，给予船厂企业补助; 鼓励航标企业…，对比试通过的，给予…
_GIVEN_TO: Final = re.compile(r"给予([^\d，。；最一每]{0,8}?(?:企业|单位|机构|主体|个人|团队|高校|院所))(?=一次性|最高|不超过|每|按|[\d０-９])")
_URGED: Final = re.compile(r"(?:支持|鼓励|引导)([^，。；]{0,16}?(?:企业|单位|机构|高校|院所|团队))")
# 首次出海的养殖企业，给予…。再次出海的，给予…
_NAMED_BEFORE: Final = re.compile(r"的([\u4e00-\u9fff]{0,6}?(?:企业|单位|机构|主体|团队|个人))，")
_USE: Final = re.compile(r"给予|发放|提供")  # 给予购房|补贴
# 给予依托单位200万元: whose it is stands in the clause before.
_BODY_OF: Final = re.compile(r"(?:依托|运营|建设|牵头|所在|管理|培育|推荐)(?:单位|机构|企业|主体)")
_OF_WHAT: Final = re.compile(r"(?:^|[。；\n]|(?<=。)|(?<=；))(?P<what>[^。；\n]{4,80}?)的?，(?:分别|一次性)?给予$")
_LEVEL: Final = re.compile(r"(?:国家|省|市|区|自治区)级$")  # 获批国家级的，再奖励…: of the kind that was named before
_KIND: Final = re.compile(r"[级的]([^级的]{2,12})$")
# 揭榜单位：完成海试的，给予…
_LABELLED: Final = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,12}(?:单位|企业|机构|团队|人员|个人))：(?P<asked>[^，：]{2,40}?)(?:的)?(?:，)?")


class Receiver(NamedTuple):
    target: str
    span: Span  # of the words that say who is meant and on which conditions


def receiver_of(text: str, action: Action, *, waived: bool, last: Receiver | None = None) -> Receiver | None:
    """The object of the action, drawn out to the comma before the grant (对…的渔场，给予…). Where the object is the payer, or what is
    `waived`, the words of the sentence before it; where it is only the use (给予购房补贴), `last`, whom the line named. None where nobody is."""
    named = action.spans.get("object")
    if named is None or (waived and _WAIVED.match(action.object or "")):
        return None
    phrase = _drawn_out(text, named, action)
    target = _plain(text, phrase)
    if _USE.match(target):
        return last if last and "\n" not in text[last.span.end : phrase.start] else None
    if _BODY_OF.fullmatch(target) and (of := _OF_WHAT.search(text, sentence_span(text, action.start, action.end).start, phrase.start)):
        return Receiver(f"{_plain(text, Span(*of.span('what')))}的{target}", Span(of.start("what"), phrase.end))
    if waived or _NOT_NAMED.search(target) or "%" in target:
        first = sentence_span(text, action.start, action.end).start
        before = Span(first, min(action.start, named.start))
        basis = _BASIS.search(text, *before)
        phrase = Span(first, basis.start() if basis else before.end)
        target = _FOR_YEARS.sub("", _plain(text, phrase).rstrip("，可由"))
        target = target.rpartition("，对")[2]  # 设立奖励，对某某人员
        if label := _LABELLED.fullmatch(target):
            target = f"{label['asked']}的{label['who']}"
    if len(target) < 2 or _NOBODY.search(target) or _NOT_NAMED.search(target):
        return None
    if "的，" in text[phrase.end - 1 : phrase.end + 2] and not _SOMEONE.search(target):
        target = _headed(text, target, phrase, action)
    if last and _LEVEL.search(target) and (same := _KIND.search(last.target)):
        target += same[1]
    more = _MORE.match(text, phrase.end, max(phrase.end, action.start))
    return Receiver(target, Span(phrase.start, more.end() if more else phrase.end))


def another(receiver: Receiver, further: re.Match[str]) -> Receiver:
    """A further class of the same kind: 首次认定的企业…，重新认定的… means 重新认定的企业."""
    who = re.sub(r"\s+", "", further["who"])
    named = _HEAD.search(receiver.target) if further["of"] else None
    head = next(filter(None, named.groups()), "") if named else ""
    return Receiver(f"{who}的{head}" if head else who, Span(*further.span("who")))


def _headed(text: str, target: str, phrase: Span, action: Action) -> str:
    """A clause without a head (对比试通过的，) with whom the sentence gives to, whom it urges before, or whom its line named before."""
    sentence = sentence_span(text, action.start, action.end)
    line = text.rfind("\n", 0, phrase.start) + 1
    who = _GIVEN_TO.search(text, phrase.end, sentence.end) or _URGED.search(text, sentence.start, phrase.start)
    who = who or max(_NAMED_BEFORE.finditer(text, line, phrase.start), key=re.Match.start, default=None)
    return f"{target}的{who[1]}" if who else target


def _drawn_out(text: str, named: Span, action: Action) -> Span:
    comma = text.find("，", named.end, max(action.start, named.end))
    whole = named.end <= comma <= named.start + _LONGEST and not re.search(r"[。；\n]", text[named.start : comma])
    return Span(named.start, comma if whole else named.end)


def _plain(text: str, span: Span) -> str:
    """Without numbering, 对, 支持 and white space."""
    words = _NUMBERING.sub("", re.sub(r"\s+", "", text[span.start : span.end]))
    return _BEHIND.sub("", _BEFORE.sub("", words))
