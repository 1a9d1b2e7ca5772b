"""Colours of the style sheet: text can be read on what it stands on, in the light and in the dark (WCAG 2.2, 1.4.3: 4.5 to 1)."""

import re
from importlib.resources import files
from itertools import product

import pytest

CSS = files("portal").joinpath("static").joinpath("style.css").read_text("utf-8")
LIGHT, DARK = (dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2])
GROUNDS = ("paper", "card", "wash")
KINDS = ("organisation", "metric", "action", "task", "reference", "person")


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out(colours: dict[str, str]) -> None:
    pairs = [*product(("ink", "soft", "faint", "accent"), GROUNDS), *product(KINDS, ("card",)), ("ink", "hit"), ("paper", "accent")]
    found = {(text, ground): contrast(colours[text], colours[ground]) for text, ground in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


def test_marked_words_are_ink_whatever_they_stand_in() -> None:
    """In a link they would take its colour, which is too light for the dark mark."""
    rule = re.search(r"mark\.hitword \{([^}]*)\}", CSS)
    assert rule
    assert "background: var(--hit); color: var(--ink);" in rule[1]
    assert contrast(DARK["accent"], DARK["hit"]) < 4.5
