"""Texts put up for comment (征求意见稿): they bind nobody, are no copies of their final texts, and offer nothing to a policy library."""

import re
from typing import Final

_DRAFT: Final = re.compile(r"征求.{0,40}意见|征集.{0,40}意见|[（(](?:[^（()）]{0,6}(?:草案|送审稿|讨论稿|征求意见稿|意见稿)[^（()）]{0,6})[)）]")
_AFTERMATH: Final = re.compile(r"(?:反馈|采纳|情况|结果|说明|解读)")
_MARK: Final = re.compile(r"[（(][^（()）]{0,8}(?:草案|送审稿|讨论稿|意见稿)[^（()）]{0,6}[)）]")


def is_draft(title: str | None) -> bool:
    """Whether a title says that its text is put up for comment, not issued."""
    return bool(title and _DRAFT.search(title) and not _AFTERMATH.search(_MARK.sub("", title)))


def draft_of(title: str) -> str:
    """The title that the draft's final text will bear."""
    first, last = title.find("《"), title.rfind("》")
    return _MARK.sub("", title[first + 1 : last] if 0 <= first < last - 1 else title)
