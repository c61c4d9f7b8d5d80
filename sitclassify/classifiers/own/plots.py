"""Line plots and histograms as SVG, for a page that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Points = Sequence[tuple[float, float]]
_WIDTH, _HEIGHT = 420, 260  # pixels of the whole picture
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 10, 40  # pixels around the axes
_BINS = 25
COLOURS = ("#2563a8", "#c4521b")  # apart for the colour-blind too


def line(points: Points, x: str, y: str, *, most: float = 1.0, dots: bool = False) -> str:
    """A line through points; x from 0 to `most`, y from 0 to 1."""
    places = [_place(a / most, b) for a, b in points]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
    drawn = f'<polyline points="{path}" fill="none" stroke="{COLOURS[0]}" stroke-width="2"/>'
    if dots:
        drawn += "".join(
            f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3.5" fill="{COLOURS[0]}">'
            f"<title>{point[0]:g}: {point[1]:.3f}</title></circle>"
            for (a, b), point in zip(places, points, strict=True)
        )
    return _framed(drawn, x, y, most)


def histogram(groups: Sequence[Sequence[float]], names: Sequence[str], x: str) -> str:
    """Shares of values from 0 to 1, the groups over each other; a name is given to each colour."""
    drawn = ""
    width = (_WIDTH - _LEFT - _RIGHT) / _BINS
    for values, colour in zip(groups, COLOURS, strict=True):
        counts = [0] * _BINS
        for value in values:
            counts[min(int(value * _BINS), _BINS - 1)] += 1
        for number, count in enumerate(counts):
            left, top = _place(number / _BINS, count / max(len(values), 1))
            if count:
                drawn += (
                    f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" '
                    f'height="{_HEIGHT - _BOTTOM - top:.1f}" fill="{colour}" fill-opacity="0.6"/>'
                )
    for number, (name, colour) in enumerate(zip(names, COLOURS, strict=True)):
        drawn += (
            f'<text x="{_WIDTH / 2:.0f}" y="{_TOP + 14 * (number + 1)}" text-anchor="middle" '
            f'style="fill:{colour}">{escape(name)}</text>'
        )
    return _framed(drawn, x, "share of texts", 1.0)


def _place(x: float, y: float) -> tuple[float, float]:
    return (
        _LEFT + x * (_WIDTH - _LEFT - _RIGHT),
        _HEIGHT - _BOTTOM - y * (_HEIGHT - _TOP - _BOTTOM),
    )


def _framed(drawn: str, x: str, y: str, most: float) -> str:
    marks = ""
    for step in range(6):
        left, top = _place(step / 5, step / 5)
        marks += (
            f'<line class="grid" x1="{left:.1f}" x2="{left:.1f}" y1="{_TOP}" '
            f'y2="{_HEIGHT - _BOTTOM}"/>'
            f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{top:.1f}" y2="{top:.1f}"/>'
            f'<text x="{left:.1f}" y="{_HEIGHT - _BOTTOM + 15}" text-anchor="middle">'
            f"{most * step / 5:g}</text>"
            f'<text x="{_LEFT - 6}" y="{top + 4:.1f}" text-anchor="end">{step / 5:g}</text>'
        )
    middle = (_TOP + _HEIGHT - _BOTTOM) / 2
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(y)} by {escape(x)}">'
        f"{marks}{drawn}"
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 6}" text-anchor="middle">'
        f"{escape(x)}</text>"
        f'<text transform="translate(12 {middle}) rotate(-90)" text-anchor="middle">{escape(y)}</text>'
        "</svg>"
    )
