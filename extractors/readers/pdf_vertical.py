"""Vertical type: single characters below each other, read from top to bottom, their columns from right to left."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.readers.pdf_chars import Char

Run = tuple[int, list[Char]]  # what the file draws without a gap, and its place in the file's order
Rules = Sequence[tuple[float, float, float]]
UPRIGHT: Final = re.compile(r"[一-鿿㐀-䶿〇《》〈〉「」『』（）“”、，。：；！？·…—]|\d{1,3}")
IDEOGRAPH: Final = re.compile(r"[一-鿿㐀-䶿〇]")
CENTRED: Final = 0.2  # em by which the middles of a column's characters may differ
PITCH: Final = (0.8, 1.4)  # em from character to character; the rows of a list stand farther apart
UNEVEN: Final = 0.25  # em by which these distances may differ
FEWEST: Final = 3
SAME_SIZE: Final = 0.12
BASELINE: Final = 0.15  # em
NEAR: Final = 6.0  # em to the side in which a row's other parts stand
BESIDE: Final = 2.5  # em from column to column of one text


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """A run of one character, or of a number set upright."""

    run: Run
    text: str
    x0: float
    x1: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def parted(runs: Sequence[Run], rules: Rules) -> tuple[list[Run], list[list[Letter]]]:
    """(the other runs, vertical texts in reading order). What stands between the `rules` of a table is none."""
    letters = [letter for run in runs if (letter := _letter(run)) and not _in_table(letter, rules)]
    if len(letters) < FEWEST:
        return list(runs), []
    single = {letter.run[0] for letter in letters}
    others = [run for run in runs if run[0] not in single]
    stacks = [stack for stack in _stacks(letters) if not _rowed(stack, others)]
    upright = {letter.run[0] for stack in stacks for letter in stack}
    return [run for run in runs if run[0] not in upright], _texts(stacks)


def _letter(run: Run) -> Letter | None:
    inked = [c for c in run[1] if not c.text.isspace()]
    text = "".join(c.text for c in inked) if len(inked) < 4 else ""
    if not UPRIGHT.fullmatch(text):
        return None
    return Letter(run, text, inked[0].x0, inked[-1].x1, inked[0].base, inked[0].size)


def _in_table(letter: Letter, rules: Rules) -> bool:
    across = [x for x, top, bottom in rules if top < letter.base < bottom]
    return bool(across) and min(across) < letter.x0 and letter.x1 < max(across)


def _stacks(letters: Iterable[Letter]) -> list[list[Letter]]:
    """Characters of one size with one middle, evenly below each other."""
    columns: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: one.middle):
        if columns and letter.middle - columns[-1][-1].middle <= CENTRED * letter.size:
            columns[-1].append(letter)
        else:
            columns.append([letter])
    stacks: list[list[Letter]] = []
    for column in columns:
        held: list[Letter] = []
        for letter in sorted(column, key=lambda one: one.base):
            if held and not _follows(held, letter):
                stacks.append(held)
                held = []
            held.append(letter)
        stacks.append(held)
    return [s for s in stacks if len(s) >= FEWEST and 2 * sum(bool(IDEOGRAPH.match(one.text)) for one in s) > len(s)]


def _follows(above: Sequence[Letter], letter: Letter) -> bool:
    last, size = above[-1], letter.size
    pitch = (letter.base - last.base) / size
    if abs(size - last.size) > SAME_SIZE * size or not PITCH[0] <= pitch <= PITCH[1]:
        return False
    return len(above) < 2 or abs(pitch - (last.base - above[-2].base) / size) <= UNEVEN


def _rowed(stack: Sequence[Letter], others: Sequence[Run]) -> bool:
    """Most of the characters have something beside them on their baseline: the column of a list."""
    return 2 * sum(any(_in_row(one, other) for _, other in others) for one in stack) > len(stack)


def _in_row(letter: Letter, run: Sequence[Char]) -> bool:
    first, size = run[0], letter.size
    level = abs(first.base - letter.base) <= BASELINE * size and abs(first.size - size) <= SAME_SIZE * size
    return level and first.x0 - letter.x1 < NEAR * size and letter.x0 - run[-1].x1 < NEAR * size


def _texts(stacks: Iterable[list[Letter]]) -> list[list[Letter]]:
    """Columns that stand side by side as one text, the right one first."""
    texts: list[list[list[Letter]]] = []
    for stack in sorted(stacks, key=lambda s: -s[0].middle):
        if texts and _beside(texts[-1][-1], stack):
            texts[-1].append(stack)
        else:
            texts.append([stack])
    return [[letter for stack in text for letter in stack] for text in texts]


def _beside(right: Sequence[Letter], left: Sequence[Letter]) -> bool:
    size = left[0].size
    if abs(right[0].size - size) > SAME_SIZE * size or right[0].middle - left[0].middle > BESIDE * size:
        return False
    overlap = min(right[-1].base, left[-1].base) - max(right[0].base, left[0].base)
    return overlap >= 0.5 * min(s[-1].base - s[0].base for s in (right, left))
