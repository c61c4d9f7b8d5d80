"""Quality on the corpora of others, by path: `python -m benchmarks quality corpora --manifest FILE`.

The manifest is YAML: a name -> `layout` and `path`, and `labels` (label -> SITs) where they are other than
`corpora.yaml` has for the layout. A path is seen from the manifest's folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.detectors import Detector
from benchmarks.labels import StandsFor, checked, meaning, meant
from benchmarks.quality import spans
from benchmarks.quality.readers import READERS, Row
from benchmarks.quality.spans import Scored, Sits
from sitclassify.yaml_file import YamlFile

_LABELS = Path(__file__).with_name("corpora.yaml")


class Corpus(NamedTuple):
    """One corpus of the manifest."""

    name: str
    layout: str
    path: Path
    labels: StandsFor

    def rows(self) -> Iterator[Row]:
        """Its texts."""
        return READERS[self.layout](self.path)


def read(path: Path, sits: Iterable[str]) -> list[Corpus]:
    """The corpora of a manifest. Raises `RuleError` with file, line and remedy."""
    file, known = YamlFile(path), frozenset(sits)
    if not isinstance(file.data, dict):
        raise file.error((), "no corpora", "write 'NAME: {layout: ..., path: ...}'")
    return [_corpus(file, name, told, known) for name, told in file.data.items()]


def _corpus(file: YamlFile, name: str, told: Any, known: Sits) -> Corpus:
    if not isinstance(told, dict) or not {"layout", "path"} <= told.keys():
        raise file.error((name,), "a corpus has a layout and a path", "layout: ..., path: ...")
    layout = told["layout"]
    if layout not in READERS:
        there = ", ".join(READERS)
        raise file.error((name, "layout"), f"unknown layout '{layout}'", f"there are {there}")
    path = Path(file.path).parent / told["path"]
    if not path.exists():
        raise file.error((name, "path"), f"there is no {path}", "download the corpus first")
    labels = told.get("labels")
    if labels is None:
        return Corpus(name, layout, path, YamlFile(_LABELS).data[layout])
    return Corpus(name, layout, path, checked(file, (name, "labels"), known))


def run(
    corpora: Iterable[Corpus],
    detect: Detector,
    stands_for: StandsFor,
    category: Mapping[str, str],
    progress: Console,
) -> dict[str, Any]:
    """Figures of each corpus. `category` of every SIT, `stands_for`: the SITs of the detector's labels."""
    told = {}
    for corpus in corpora:
        progress.print(f"{corpus.name} ...")
        told[corpus.name] = measure(corpus, detect, stands_for, category)
    return {"corpora": told}


def measure(
    corpus: Corpus, detect: Detector, stands_for: StandsFor, category: Mapping[str, str]
) -> dict[str, Any]:
    """One corpus: what its labels and the detector's both know is scored."""
    credential = frozenset(sit for sit, name in category.items() if name == "credential")
    meanings = meaning(stands_for, credential)
    looked_for = frozenset().union(*meanings.values())
    right = {n: s for n, s in meaning(corpus.labels, credential).items() if s & looked_for}
    known = frozenset().union(*right.values())
    scored, lines, unscored = list[Scored](), 0, Counter[str]()
    for row in corpus.rows():
        found = detect(row["text"])
        sits = {f.label: meant(f.label, meanings) for f in found}
        asked = {**row, "spans": [s for s in row["spans"] if s["label"] in right]}
        scored.append(Scored(asked, [f for f in found if sits[f.label] & known], sits, right))
        unscored.update(s["label"] for s in row["spans"] if s["label"] not in right)
        lines += row.get("lines", 0)
    false = sum(s.truth(f) is None for s in scored for f in s.found)
    told = {"layout": corpus.layout, "texts": len(scored), **spans.figures(scored)}
    if lines:
        told["false alarms per million lines"] = round(1e6 * false / lines, 1)
    return told | {"labels not scored": dict(unscored.most_common()), "kinds": spans.kinds(scored)}


def tables(figures: Mapping[str, Any]) -> list[Table]:
    """For the terminal."""
    table = Table("corpus", "texts", "recall", "precision", "F1", "95 % interval", "not scored")
    for name, row in figures["corpora"].items():
        shares = [f"{row[c]['share']:.4f}" for c in ("recall", "precision")]
        low, high = row["interval"]
        left = ", ".join(list(row["labels not scored"])[:6])
        interval = f"{low:.4f}..{high:.4f}"
        table.add_row(name, str(row["texts"]), *shares, f"{row['f1']:.4f}", interval, left)
    return [table]
