"""A series as an SVG drawing: actual values as solid lines over the years, targets as hollow marks; statements that disagree are all shown."""

import math
from collections.abc import Sequence
from html import escape
from typing import Final

from index.series import Point, Series

WIDTH, HEIGHT = 760, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 150, 50, 50
_COLOURS: Final = ("#1f5fa8", "#c0432f", "#2e8b57", "#8a5fb0", "#b8860b", "#3a9aa8", "#a84f7a", "#6b6b6b")
_STEPS: Final = 5
_ROW: Final = 22  # height of a place in rows


def svg(series: Series) -> str:
    """Lines by place over the years; many places, or one year, as rows, the largest first. Each mark holds its evidence's ids as a title."""
    points = [p for p in series.points if p.year is not None]
    names = list(dict.fromkeys(p.region_name for p in points))
    many = len(names) > len(_COLOURS) or (len(names) > 1 and len({p.year for p in points}) == 1)
    height = _TOP + len(names) * _ROW + _BOTTOM if many else HEIGHT
    unit = f"（{series.unit}）" if series.unit else ""
    body = [f'<text x="{_LEFT}" y="24" font-size="17">{escape(series.indicator + unit)}</text>']
    if not points:
        body.append(f'<text x="{_LEFT}" y="{HEIGHT // 2}">没有可以比较的数值</text>')
    else:
        body += _rows(points, names, height) if many else _drawing(points, names)
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
    return "\n".join([head, f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>', *body, "</svg>"]) + "\n"


def _drawing(points: Sequence[Point], names: Sequence[str]) -> list[str]:
    years = sorted({p.year or 0 for p in points})
    ticks = _ticks([v for p in points for v in p.values])
    scale = _Scale(years[0], years[-1], ticks[0], ticks[-1])
    lines = _axes(scale, years, ticks)
    for number, name in enumerate(names):
        colour = _COLOURS[number]
        lines += _line([p for p in points if p.region_name == name], scale, colour)
        lines.append(_key(name, colour, _TOP + 10 + number * 18))
    return lines


def _rows(points: Sequence[Point], names: Sequence[str], height: int) -> list[str]:
    """A row a place, the largest first; a mark a year, its colour that year's."""
    years = sorted({p.year or 0 for p in points}, reverse=True)
    ticks = _ticks([v for p in points for v in p.values])
    width, bottom = WIDTH - _LEFT - _RIGHT, height - _BOTTOM
    x = {value: _LEFT + width * (value - ticks[0]) / (ticks[-1] - ticks[0]) for value in (*ticks, *(v for p in points for v in p.values))}
    lines = []
    for tick in ticks:
        lines.append(f'<line x1="{x[tick]:.1f}" x2="{x[tick]:.1f}" y1="{_TOP - 8}" y2="{bottom}" stroke="#ddd"/>')
        lines.append(f'<text x="{x[tick]:.1f}" y="{bottom + 18}" text-anchor="middle">{short(tick)}</text>')
    for number, name in enumerate(sorted(names, key=lambda n: -max(v for p in points if p.region_name == n for v in p.values))):
        y = _TOP + number * _ROW + _ROW / 2
        lines.append(f'<text x="{_LEFT - 10}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>')
        lines.append(f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#eee"/>')
        for p in points:
            colour = _COLOURS[years.index(p.year or 0) % len(_COLOURS)]
            lines += [_mark(p, x[value], y, colour) for value in p.values if p.region_name == name]
    keys = [(str(year), _COLOURS[n % len(_COLOURS)]) for n, year in enumerate(years)]
    return lines + [_key(name, colour, _TOP + 10 + n * 18) for n, (name, colour) in enumerate(keys)] + [_hollow(_TOP + 18 + len(keys) * 18)]


def _key(name: str, colour: str, y: int) -> str:
    x = WIDTH - _RIGHT + 20
    return f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{colour}"/><text x="{x + 16}" y="{y}">{escape(name)}</text>'


def _hollow(y: int) -> str:
    x = WIDTH - _RIGHT + 20
    return f'<circle cx="{x + 5}" cy="{y - 4}" r="4" fill="#fff" stroke="#555" stroke-width="2"/><text x="{x + 16}" y="{y}">空心为目标</text>'


def _ticks(values: Sequence[float]) -> list[float]:
    """Round values from 0, or the round value below the least, to the one above the largest."""
    low, top = min(0.0, *values), max(0.0, *values) or 1.0
    rough = (top - low) / _STEPS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= rough * 0.999)
    return [n * step for n in range(math.floor(low / step), math.ceil(top / step - 1e-9) + 1)]


class _Scale:
    def __init__(self, first: int, last: int, low: float, top: float) -> None:
        self.first, self.last, self.low, self.top = first, last, low, top

    def x(self, year: int) -> float:
        width = WIDTH - _LEFT - _RIGHT
        return _LEFT + (width / 2 if self.first == self.last else width * (year - self.first) / (self.last - self.first))

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * (value - self.low) / (self.top - self.low)


def _axes(scale: _Scale, years: Sequence[int], ticks: Sequence[float]) -> list[str]:
    out = []
    for value in ticks:
        y = scale.y(value)
        out.append(f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{short(value)}</text>')
    out += [f'<text x="{scale.x(y):.1f}" y="{HEIGHT - _BOTTOM + 20}" text-anchor="middle">{y}</text>' for y in years]
    return out


def _line(points: Sequence[Point], scale: _Scale, colour: str) -> list[str]:
    actual = [p for p in points if p.state == "actual"]
    path = " ".join(f"{scale.x(p.year or 0):.1f},{scale.y(p.values[0]):.1f}" for p in actual)
    out = [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'] if len(actual) > 1 else []
    return out + [_mark(p, scale.x(p.year or 0), scale.y(value), colour) for p in points for value in p.values]


def _mark(p: Point, x: float, y: float, colour: str) -> str:
    """Solid where it was reached, hollow for a target; its title is what was said, with the ids of the evidence."""
    fill = colour if p.state == "actual" else "#fff"
    said = f"{p.region_name} {p.year} {p.state_name} {' / '.join(p.quotes)} [{' '.join(p.records)}]"
    look = f'r="4" fill="{fill}" stroke="{colour}" stroke-width="2"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" {look}><title>{escape(said)}</title></circle>'


def short(value: float) -> str:
    """12.3亿, 4.5万, 120."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{value / size:,.4g}{name}"
    return f"{value:,.4g}"
