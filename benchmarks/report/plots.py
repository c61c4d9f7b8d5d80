"""Plots as SVG, by Altair: text stays text, colours are variables of the page, so that it may be dark or light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import vl_convert

Row = Mapping[str, Any]  # `name value`, and where there is one `low high` (an interval) or `other`
INK, SOFT, LINE = "var(--ink)", "var(--soft)", "var(--line)"
OURS, OTHER, GOOD, BAD = "var(--ours)", "var(--other)", "var(--good)", "var(--bad)"
_WIDTH, _STEP = 270, 20  # pixels of the plot, and of one row
_FONT = "Arial, Helvetica, sans-serif"  # whose widths the renderer knows: labels are not cut off
_NAMES = alt.Y("name:N", sort=None, title=None)


def shares(rows: Sequence[Row], title: str, domain: tuple[float, float] = (0, 1)) -> str:
    """A share per row and its interval; a bar at its `limit`, where the rows have one."""
    scale = alt.Scale(domain=domain, clamp=True, zero=False)
    base = alt.Chart(_data(rows)).encode(y=_NAMES)
    interval = base.mark_rule(stroke=OURS, strokeWidth=3, opacity=0.4).encode(
        x=alt.X("low:Q", title=title, scale=scale), x2="high:Q"
    )
    dots = base.mark_point(size=50, filled=True, opacity=1, color=OURS)
    drawn = interval + dots.encode(x=alt.X("value:Q", scale=scale))
    if "limit" in rows[0]:
        mark = base.mark_tick(color=BAD, thickness=2, size=14)
        drawn = drawn + mark.encode(x=alt.X("limit:Q", scale=scale))
    return _drawn(drawn, rows)


def pairs(rows: Sequence[Row], title: str, names: tuple[str, str]) -> str:
    """Two values per row: ours (`value`) and another one's (`other`)."""
    scale = alt.Scale(domain=(0, 1))
    base = alt.Chart(_data(rows)).encode(y=_NAMES)
    line = base.mark_rule(stroke=LINE, strokeWidth=3).encode(
        x=alt.X("value:Q", title=title, scale=scale), x2="other:Q"
    )
    colours = alt.Scale(domain=list(names), range=[OURS, OTHER])
    dots = [
        base.transform_calculate(who=f"'{name}'")
        .mark_point(size=70, filled=True, opacity=1)
        .encode(
            x=alt.X(f"{field}:Q", scale=scale), color=alt.Color("who:N", scale=colours, title=None)
        )
        for field, name in zip(("other", "value"), reversed(names), strict=True)
    ]
    return _drawn(alt.layer(line, *dots), rows)


def amounts(rows: Sequence[Row], title: str, limit: float | None = None, log: bool = False) -> str:
    """An amount per row; beyond `limit` it is no good."""
    values = [row["value"] for row in rows]
    low = min(*values, limit or values[0]) / 1.5 if log else 0
    high = max(*values, limit or 0) * (1.5 if log else 1.05)
    scale = alt.Scale(type="log" if log else "linear", domain=(low, high))
    base = alt.Chart(_data([{**row, "low": low} for row in rows])).encode(y=_NAMES)
    colour: Any = alt.value(OURS)
    if limit is not None:
        colour = alt.when(alt.datum.value > limit).then(alt.value(BAD)).otherwise(alt.value(GOOD))
    bars: alt.LayerChart | alt.Chart = base.mark_bar(height=9, cornerRadius=2).encode(
        x=alt.X("low:Q", title=title, scale=scale), x2="value:Q", color=colour
    )
    if limit is not None:
        mark = alt.Chart(_data([{"at": limit}])).mark_rule(stroke=INK, strokeDash=[3, 3])
        bars = bars + mark.encode(x=alt.X("at:Q", scale=scale))
    return _drawn(bars, rows)


def scattered(rows: Sequence[Row], title: str, limit: float) -> str:
    """Several values per row, one a `kind`, on a scale of powers, beside a limit."""
    values = [row["value"] for row in rows]
    scale = alt.Scale(type="log", domain=(min(*values, limit) / 1.5, max(*values, limit) * 1.5))
    base = alt.Chart(_data(rows)).encode(y=_NAMES)
    palette = [f"var(--c{i})" for i in range(6)]
    dots = base.mark_point(size=60, filled=True, opacity=0.85).encode(
        x=alt.X("value:Q", title=title, scale=scale),
        color=alt.Color("kind:N", sort=None, title=None, scale=alt.Scale(range=palette)),
    )
    mark = alt.Chart(_data([{"at": limit}])).mark_rule(stroke=INK, strokeDash=[3, 3])
    return _drawn(dots + mark.encode(x=alt.X("at:Q", scale=scale)), rows)


def _data(rows: Sequence[Row]) -> Any:
    return alt.InlineData(values=[dict(row) for row in rows])


def _drawn(chart: Any, rows: Sequence[Row]) -> str:
    height = _STEP * len({row["name"] for row in rows})
    drawn = (
        chart.properties(width=_WIDTH, height=height, background="transparent", padding=10)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK, titleColor=SOFT, gridColor=LINE, domainColor=LINE, tickColor=LINE,
            labelFont=_FONT, titleFont=_FONT, labelFontSize=13, titleFontSize=13, titleFontWeight="normal",
            labelLimit=270,
        )
        .configure_axisY(grid=False, domain=False, ticks=False, labelPadding=10)
        .configure_legend(labelColor=INK, labelFont=_FONT, labelFontSize=13, orient="top", columns=3)
    )  # fmt: skip
    return str(vl_convert.vegalite_to_svg(drawn.to_json()))
