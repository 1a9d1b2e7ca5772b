"""The Chinese words of the pages: names of kinds, fields and origins."""

from typing import Final

RECORD_NAMES: Final = {"metric": "指标", "organisation": "机构", "action": "动作", "task": "任务", "reference": "引用文件", "person": "人物"}
KIND_NAMES: Final = {
    "policy": "政策文件",
    "interpretation": "政策解读",
    "call": "申报通知",
    "announcement": "公告公示",
    "news": "新闻动态",
    "bulletin": "情报刊物",
    "newspaper": "报纸版面",
    "report": "报告",
}
ROLE_NAMES: Final = {"page": "", "enacted": "所印发的文件", "attachment": "附件", "piece": "篇目"}
ORIGIN_NAMES: Final = {
    "meta": "网页标签",
    "table": "信息公开目录",
    "text": "正文",
    "byline": "署名行",
    "jsonld": "结构化数据",
    "imprint": "版记",
    "front-matter": "文件头",
    "url": "网址",
    "hint": "列表页或导入时给出",
    "file": "文件属性",
    "parent": "所属文件",
    "inferred": "推断",
}
FIELD_NAMES: Final = {
    "doc_number": "发文字号",
    "index_number": "索引号",
    "issuers": "发文机关",
    "publisher": "发布机构",
    "addressees": "主送",
    "written_date": "成文日期",
    "printed_date": "印发日期",
    "published_date": "发布日期",
    "effective_date": "施行日期",
    "expiry_date": "失效日期",
    "validity": "有效性",
    "theme": "主题分类",
    "origin": "信息来源",
    "column": "栏目",
    "keywords": "关键词",
    "region": "地区",
}
ORGANISATION_TYPES: Final = {
    "government": "党政机关",
    "university": "高校",
    "institute": "科研院所",
    "company": "企业",
    "finance": "金融机构",
    "platform": "平台载体",
    "institution": "事业单位",
    "association": "社会团体",
    "media": "媒体",
    "other": "其他",
}
ACTION_TYPES: Final = {
    "issue": "发文",
    "establish": "组建",
    "hold": "举办",
    "cooperate": "合作",
    "fund": "资助",
    "recognise": "认定",
    "talent": "人才",
    "transfer": "转化",
    "evaluate": "评价",
    "launch": "启动",
    "research": "研发",
    "serve": "服务",
    "other": "其他",
}
TENSES: Final = {"done": "已完成", "ongoing": "进行中", "planned": "计划"}
STAGES: Final = {"proposed": "拟定名单", "final": "正式名单"}
STATUSES: Final = {"actual": "实际", "target": "目标", "rule": "规定"}
BOUNDS: Final = {"=": "", "~": "约 ", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}
BASES: Final = {"yoy": "同比", "ytd": "较年初", "period": "较前期", "none": ""}
ROLES: Final = {"lead": "牵头", "support": "配合", "joint": "共同"}
RELATIONS: Final = {
    "cites": "提及",
    "basis": "依据",
    "implements": "贯彻",
    "issues": "印发",
    "forwards": "转发",
    "repeals": "废止",
    "amends": "修订",
    "extends": "延期或补充",
    "interprets": "解读",
}
STEP_NAMES: Final = {
    "recommend": "推荐",
    "paper": "报送纸质材料",
    "online": "网上填报",
    "register": "报名",
    "defend": "答辩",
    "publicise": "公示",
    "apply": "申报",
}
APPLICANT_NAMES: Final = {"applicant": "申报单位", "recommender": "推荐单位"}
FACT_NAMES: Final = {
    "themes": "主题",
    "instruments": "政策工具",
    "chains": "产业链",
    "deadlines": "申报时间",
    "applicants": "申报对象",
    "amounts": "支持额度",
    "offices": "受理部门",
    "phones": "联系电话",
}
STATUS_NAMES: Final = {
    "draft": "征求意见稿",
    "in force": "现行有效",
    "amended": "已修订",
    "expired": "已失效",
    "repealed": "已废止",
    "unknown": "未知",
}
COPY_NAMES: Final = {"first": "首发", "same": "转载", "abridged": "节选转载", "excerpt": "摘录", "longer": "扩写"}
WHAT_NAMES: Final = {"organisation": "机构", "indicator": "指标", "title": "标题", "field": "检索字段"}
EXAMPLES: Final = (
    ("创新联合体 人才", "两个词都要有"),
    ("“揭榜挂帅”", "引号里的字连在一起"),
    ("机构:科技厅", "提到这个机构的文章，别名也算"),
    ("发文机关:科技部 发布:2023..2024", "谁发的、何时发的"),
    ("技术合同成交额 > 100亿", "文章里有这样的数字"),
    ("增长 ≥ 20%", "增幅达到的"),
    ("责任单位:教育局", "由它负责的任务所在的文件"),
    ("引用:科学技术进步法", "引用了这份文件的"),
    ("状态:废止 类型:政策", "已经废止的政策"),
    ("人才 OR 团队 NOT 培训", "或者、不要"),
)
