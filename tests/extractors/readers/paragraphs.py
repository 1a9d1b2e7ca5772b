"""Paragraphs that pages are set with, and what a reader makes of them."""

from extractors.readers import pdf as reader
from tests.extractors.readers.made import capture, shown

A = "东岭县今年新建中试平台六个，带动企业投入四千二百万元，比去年多出一成半，其中两个平台已经开始对外服务。"
B = "全县选派技术员下乡一百二十人次，编写果树修剪手册三册，办夜校四十二期，听课农户超过五千户，满意度明显提高。"
C = "县里还把旧粮库改成车间，请来三所大学的老师驻点，帮助小厂改造窑炉，每吨瓷土节煤三十公斤，废气也少了许多。"
D = "下一步，县里打算在河东片再建一处冷链仓库，把鲜果运到外省，同时培训直播人员，让年轻人愿意留在家乡做事。"


def read(data: bytes) -> list[str]:
    return shown(reader.read(capture(data))[0])


def paragraphs(*words: str) -> list[str]:
    return [f"paragraph {w}" for w in words]
