"""A series as an SVG drawing: actual values as solid lines over the years, targets as hollow marks; statements that disagree are all shown."""

from collections.abc import Sequence
from html import escape
from typing import Final

from index.series import Point, Series

WIDTH, HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 170, 50, 50
_COLOURS: Final = ("#1f5fa8", "#c0432f", "#2e8b57", "#8a5fb0", "#b8860b", "#3a9aa8", "#a84f7a", "#6b6b6b")
_STEPS: Final = 5


def svg(series: Series) -> str:
    """Lines by place where the years differ. Each mark holds its evidence's ids as a title."""
    points = [p for p in series.points if p.year is not None]
    unit = f"（{series.unit}）" if series.unit else ""
    body = [f'<text x="{_LEFT}" y="28" font-size="17">{escape(series.indicator + unit)}</text>']
    if points:
        body += _drawing(points)
    else:
        body.append(f'<text x="{_LEFT}" y="{HEIGHT // 2}">没有可以比较的数值</text>')
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>', *body, "</svg>"]) + "\n"


def _drawing(points: Sequence[Point]) -> list[str]:
    years = sorted({p.year or 0 for p in points})
    values = [v for p in points for v in p.values]
    top = max(0.0, *values) or 1.0
    low = min(0.0, *values)
    scale = _Scale(years[0], years[-1], low, top)
    names = list(dict.fromkeys(p.region_name for p in points))
    lines = _axes(scale, years)
    for number, name in enumerate(names):
        colour = _COLOURS[number % len(_COLOURS)]
        lines += _line([p for p in points if p.region_name == name], scale, colour)
        y = _TOP + 10 + number * 18
        x = WIDTH - _RIGHT + 20
        lines.append(f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{colour}"/><text x="{x + 16}" y="{y}">{escape(name)}</text>')
    return lines


class _Scale:
    def __init__(self, first: int, last: int, low: float, top: float) -> None:
        self.first, self.last, self.low, self.top = first, last, low, top

    def x(self, year: int) -> float:
        width = WIDTH - _LEFT - _RIGHT
        return _LEFT + (width / 2 if self.first == self.last else width * (year - self.first) / (self.last - self.first))

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * (value - self.low) / (self.top - self.low)


def _axes(scale: _Scale, years: Sequence[int]) -> list[str]:
    out = []
    for step in range(_STEPS + 1):
        value = scale.low + (scale.top - scale.low) * step / _STEPS
        y = scale.y(value)
        out.append(f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{short(value)}</text>')
    out += [f'<text x="{scale.x(y):.1f}" y="{HEIGHT - _BOTTOM + 20}" text-anchor="middle">{y}</text>' for y in years]
    return out


def _line(points: Sequence[Point], scale: _Scale, colour: str) -> list[str]:
    actual = [p for p in points if p.state == "actual"]
    path = " ".join(f"{scale.x(p.year or 0):.1f},{scale.y(p.values[0]):.1f}" for p in actual)
    out = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'] if len(actual) > 1 else []
    for p in points:
        fill = colour if p.state == "actual" else "#fff"
        said = f"{p.region_name} {p.year} {p.state_name} {' / '.join(p.quotes)} [{' '.join(p.records)}]"
        look = f'r="4" fill="{fill}" stroke="{colour}" stroke-width="2"'
        for value in p.values:
            place = f'cx="{scale.x(p.year or 0):.1f}" cy="{scale.y(value):.1f}"'
            out.append(f"<circle {place} {look}><title>{escape(said)}</title></circle>")
    return out


def short(value: float) -> str:
    """12.3亿, 4.5万, 120."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:,.4g}{name}"
    return f"{value:,.4g}"
