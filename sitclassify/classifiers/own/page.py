"""The page that shows how a classifier was judged: one HTML file that asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from string import Template

from sitclassify.classifiers.own import plots
from sitclassify.classifiers.own.judging import Judged, Judgement, Share, Word

_SHOWN = 600  # characters of a misjudged text
_CURVE_POINTS = 400

_PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title><style>
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; margin: .5em 0 1em; } td, th { padding: .2em .8em; text-align: left; }
th { border-bottom: 1px solid #8888; } td.n { text-align: right; font-variant-numeric: tabular-nums; }
.plots { display: flex; flex-wrap: wrap; gap: 1em; } figure { margin: 0; flex: 0 1 460px; }
svg { width: 100%; } svg text { font-size: 11px; fill: currentColor; } .grid { stroke: #8884; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font-size: 12px; }
.doubt { border-left: 4px solid #c4521b; padding-left: .8em; }
.words { display: flex; gap: 2em; flex-wrap: wrap; } details { margin: .4em 0; }
</style></head><body>
<h1>$title</h1>
<p>$told</p>
$doubts
<h2>Figures</h2>
<p>ROC AUC $auc, average precision $precision. $how</p>
<table><tr><th>level</th><th>least score</th><th>recall</th><th>95 % bounds</th>
<th>false alarms</th><th>95 % bounds</th></tr>
$thresholds</table>
<p>A result counts as matched from the level medium on.</p>
<div class="plots">$plots</div>
$words
<h2>Misjudged at the level medium</h2>
$misjudged
</body></html>
""")


def page(
    name: str,
    judgement: Judgement,
    how: str,
    *,
    doubts: Iterable[str] = (),
    curve: Sequence[tuple[int, float]] = (),
    words: tuple[Sequence[Word], Sequence[Word]] = ((), ()),
) -> str:
    """The whole page. It quotes misjudged texts: keep it where the texts are kept.

    how: a sentence on what the figures were measured on. curve: positives learned from, and recall.
    words: for and against the positive class.
    """
    listed = "".join(f"<li>{escape(doubt)}</li>" for doubt in doubts)
    return _PAGE.substitute(
        title=escape(name),
        told=f"{judgement.positives} positive and {judgement.negatives} negative texts.",
        doubts=f'<div class="doubt"><h2>Doubts</h2><ul>{listed}</ul></div>' if listed else "",
        auc=f"{judgement.auc:.4f}",
        precision=f"{judgement.average_precision:.4f}",
        how=escape(how),
        thresholds="".join(
            f"<tr><td>{t.level}</td>{_number(f'{t.score:.4f}')}{_share(t.recall)}{_share(t.false_alarms)}</tr>\n"
            for t in judgement.thresholds
        ),
        plots=_plots(judgement, curve),
        words=_words(*words) if any(words) else "",
        misjudged=_misjudged(judgement.misjudged),
    )


def _number(told: str) -> str:
    return f'<td class="n">{told}</td>'


def _share(share: Share) -> str:
    return _number(f"{share.value:.1%} ({share.marked} of {share.of})") + _number(
        f"{share.low:.1%} to {share.high:.1%}"
    )


def _plots(judgement: Judgement, curve: Sequence[tuple[int, float]]) -> str:
    step = max(len(judgement.curve) // _CURVE_POINTS, 1)
    drawn = {
        "Precision and recall": plots.line(judgement.curve[::step], "recall", "precision"),
        "Scores": plots.histogram(judgement.scores, ("negative", "positive"), "score"),
    }
    if curve:
        most = float(max(count for count, _ in curve))
        drawn["Learning curve: still rising means that more texts would help"] = plots.line(
            curve, "positive texts learned from", "recall at 1 % false alarms", most=most, dots=True
        )
    return "".join(
        f"<figure><figcaption>{caption}</figcaption>{svg}</figure>"
        for caption, svg in drawn.items()
    )


def _words(speaking_for: Sequence[Word], against: Sequence[Word]) -> str:
    tables = []
    for title, words in (("for", speaking_for), ("against", against)):
        rows = "".join(
            f"<tr><td>{escape(w.word)}</td>{_number(f'{w.weight:+.2f}')}{_number(str(w.positives))}{_number(str(w.negatives))}</tr>"
            for w in words
        )
        tables.append(
            f"<div><h3>Speak {title}</h3><table><tr><th>word</th><th>weight</th><th>positives</th>"
            f"<th>negatives</th></tr>{rows}</table></div>"
        )
    return f'<h2>Most telling words</h2><div class="words">{"".join(tables)}</div>'


def _misjudged(misjudged: Sequence[Judged]) -> str:
    if not misjudged:
        return "<p>None.</p>"
    parts = []
    for example, score in misjudged:
        kind = "missed" if example.label else "false alarm"
        text = example.text[:_SHOWN] + ("…" if len(example.text) > _SHOWN else "")
        parts.append(
            f"<details><summary>{kind}, score {score:.3f}: {escape(example.address)}</summary>"
            f"<pre>{escape(text)}</pre></details>"
        )
    return "\n".join(parts)
