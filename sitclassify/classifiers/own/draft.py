"""A classifier in the making: a folder with the model, the texts that taught it, and the page.

Publishing copies the model alone; the texts and the page, which quotes them, stay.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sitclassify import resources
from sitclassify.classifiers import model as model_files
from sitclassify.classifiers import training
from sitclassify.classifiers.own import judging, refusal
from sitclassify.classifiers.own.estimator import (
    MOST_WINDOWS,
    TrainableClassifier,
    levels,
    probability,
    split,
)
from sitclassify.classifiers.own.groups import near_duplicates
from sitclassify.classifiers.own.page import page
from sitclassify.classifiers.own.reading import Example
from sitclassify.errors import ConfigurationError, ModelError

TEXTS, PAGE, CARD = "texts.jsonl", "report.html", "README.md"
PUBLISHED = ("model.json", "weights.npz", CARD)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOW = (
    "Cross-validated: every text was judged by a model that saw neither it nor its near-duplicates."
)


class Trained(NamedTuple):
    """What training wrote, and how good it is."""

    folder: Path
    judgement: judging.Judgement
    doubts: list[str]


def silent(what: str, done: int, of: int) -> None:
    """Tells nobody how far the work is."""


def train(
    id: str, examples: Sequence[Example], folder: Path, *, name: str = "", version: int = 1,
    tell: judging.Tell = silent,
) -> Trained:  # fmt: skip
    """Trains, judges and writes a classifier into `folder`, whose name is its id.

    Raises `ConfigurationError` where the texts are too few or give their label away, or the id is taken.
    """
    _check_id(id, folder)
    tell("near-duplicates", 0, 1)
    groups = near_duplicates([example.text for example in examples])
    refusal.refuse(examples, groups)
    labels = [example.label for example in examples]
    tell("training", 0, 1)
    fitted = TrainableClassifier().fit([e.text for e in examples], labels, groups)
    judgement = judging.judge(examples, fitted.scores_, fitted.thresholds_)
    curve = judging.learning_curve(fitted, examples, tell)
    doubts = refusal.doubts(examples, groups)
    title = name or id.replace("-", " ").capitalize()
    fresh = folder / ".new"  # a kill in the middle leaves what was there
    about = {
        "id": id,
        "name": title,
        "version": str(version),
        "training": {"positive": sum(labels), "negative": len(labels) - sum(labels)},
        "auc": round(judgement.auc, 4),
    }
    fitted.save(fresh, about)
    _write_texts(fresh / TEXTS, examples)
    words = judging.telling_words(fitted, examples)
    told = page(title, judgement, _HOW, doubts=doubts, curve=curve, words=words)
    (fresh / PAGE).write_text(told, encoding="utf-8", errors="replace")
    (fresh / CARD).write_text(_card(title, id, judgement, doubts), encoding="utf-8")
    for path in sorted(fresh.iterdir()):
        path.replace(folder / path.name)
    fresh.rmdir()
    return Trained(folder, judgement, doubts)


def _check_id(id: str, folder: Path) -> None:
    if not _ID.fullmatch(id):
        raise ConfigurationError(f"id '{id}': lower-case words joined by '-' are expected")
    if (resources.folder("models") / id).is_dir():
        raise ConfigurationError(f"a packaged classifier is called '{id}': choose another id")
    if folder.resolve().name != id:
        raise ConfigurationError(f"{folder}: the folder of '{id}' has the same name")


def _write_texts(path: Path, examples: Sequence[Example]) -> None:
    """For `feedback`; readable by their owner alone."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    lines = (json.dumps(example._asdict(), ensure_ascii=False) for example in examples)
    path.write_text(
        "".join(f"{line}\n" for line in lines), encoding="utf-8", errors="surrogatepass"
    )


def texts(folder: Path) -> list[Example]:
    """The texts that taught a draft. Raises `ConfigurationError` for a folder without them."""
    try:
        lines = (folder / TEXTS).read_text(encoding="utf-8", errors="surrogatepass").split("\n")
    except OSError:
        raise ConfigurationError(
            f"{folder / TEXTS}: missing\n  name the folder that `train` wrote, not a published one"
        ) from None
    return [Example(**json.loads(line)) for line in lines if line]


class Comparison(NamedTuple):
    """Old and new, learned without and with the corrections, on the same texts unseen by both."""

    old: judging.Judgement
    new: judging.Judgement
    corrected: int
    corrected_right: tuple[int, int]  # corrected texts judged rightly: by the old, by the new
    kept: bool  # whether the new one was written


def feedback(
    folder: Path, corrections: Sequence[Example], *, tell: judging.Tell = silent
) -> Comparison:
    """Learns from corrected examples and keeps the better of old and new.

    Both are cross-validated over old and corrected texts in the same folds; the one of higher average
    precision is kept, the new one where they are equal. A correction replaces the label of an equal text.
    """
    about = model_files.read_about(folder)
    corrected = {example.text: example for example in corrections}
    if len(corrected) < len({(e.text, e.label) for e in corrections}):
        raise ConfigurationError("some corrections give one text both labels: decide for one")
    before = texts(folder)
    old_label = {e.text: e.label for e in before}
    every = [e for e in before if e.text not in corrected] + list(corrected.values())
    labels = np.array([e.label for e in every], np.intp)
    groups = near_duplicates([e.text for e in every])
    refusal.refuse(every, groups)
    folds = split(labels, groups, TrainableClassifier().folds)
    windows = training.corpus([e.text for e in every])
    old_labels = np.array([old_label.get(e.text, e.label) for e in every], np.intp)
    was_there = np.array([e.text in old_label for e in every])
    judgements, right = [], []
    is_corrected = np.array([e.text in corrected for e in every])
    for number, (learned, seen) in enumerate(((old_labels, was_there), (labels, None))):
        tell("comparing", number, 2)
        judgement, marks = _judged(every, windows, learned, folds, seen)
        judgements.append(judgement)
        right.append(int((marks[is_corrected] == labels[is_corrected]).sum()))
    old, new = judgements
    is_better = new.average_precision >= old.average_precision
    if is_better:
        version = int(about["version"]) + 1
        train(about["id"], every, folder, name=about["name"], version=version, tell=tell)
    return Comparison(old, new, len(corrected), (right[0], right[1]), is_better)


def _judged(
    every: Sequence[Example], windows: training.Corpus, learned: np.ndarray, folds: np.ndarray,
    seen: np.ndarray | None,
) -> tuple[judging.Judgement, np.ndarray]:  # fmt: skip
    """Judged against the right labels; and which texts it takes for positive."""
    blank = TrainableClassifier()
    found = training.out_of_fold(
        windows, learned, folds, blank.strength, most=MOST_WINDOWS, seen=seen
    )
    labels = np.array([e.label for e in every], np.intp)
    slope, offset = training.platt(found, labels, blank.share, smooth=True)
    scores = probability(slope * found + offset)
    thresholds = levels(scores[labels == 0])
    return judging.judge(every, scores, thresholds), scores >= thresholds["medium"]


def evaluate(model: model_files.Model, examples: Sequence[Example]) -> judging.Judgement:
    """Figures of a model on labelled texts; those that taught it would flatter it."""
    from sitclassify.classifiers.runtime import ClassifierSet

    if len({example.label for example in examples}) < 2:
        raise ConfigurationError("texts of both kinds are needed: --positive and --negative")
    classify = ClassifierSet([model]).classify
    scores = [classify(example.text)[0].score or 0.0 for example in examples]
    return judging.judge(examples, np.array(scores), model.thresholds)


def known(folder: Path, examples: Iterable[Example]) -> int:
    """How many of the texts taught the draft in `folder` (0 where it holds no texts)."""
    if not (folder / TEXTS).is_file():
        return 0
    taught = {example.text for example in texts(folder)}
    return sum(example.text in taught for example in examples)


def publish(folder: Path, into: Path) -> Path:
    """Copies the model, without the texts, into a folder of models; an older version is replaced.

    Raises `ConfigurationError` where the same or a newer version is there already.
    """
    model = model_files.read(folder)
    target = into / model.id
    if (target / "model.json").is_file():
        there = model_files.read_about(target)
        if there["weights_sha256"] == model.about["weights_sha256"]:
            return target
        if int(there["version"]) >= int(model.version):
            raise ConfigurationError(
                f"{target}: holds version {there['version']}, this is {model.version}\n"
                "  take it away first if it shall be replaced"
            )
    elif target.exists():
        raise ModelError(f"{target}: is there and holds no model\n  take it away, or rename it")
    into.mkdir(parents=True, exist_ok=True)
    fresh, stale = into / f".{model.id}.new", into / f".{model.id}.old"
    for left in (fresh, stale):
        shutil.rmtree(left, ignore_errors=True)
    fresh.mkdir()
    for name in PUBLISHED:
        shutil.copyfile(folder / name, fresh / name)
    if target.exists():
        target.replace(stale)
    fresh.replace(target)
    shutil.rmtree(stale, ignore_errors=True)
    return target


def _card(name: str, id: str, judgement: judging.Judgement, doubts: Sequence[str]) -> str:
    rows = "\n".join(
        f"| {t.level} | {t.score:.4f} | {t.recall.value:.1%} | {t.false_alarms.value:.2%} "
        f"({t.false_alarms.high:.2%} at most, 95 %) |"
        for t in judgement.thresholds
    )
    told = "".join(f"- {doubt}\n" for doubt in doubts)
    return f"""# {name}

Classifier `{id}`, trained on {judgement.positives} positive and {judgement.negatives} negative texts of its maker.
A signal with a stated error, not prevention.

| level | least score | recall | negatives flagged |
| --- | --- | --- | --- |
{rows}

{_HOW} ROC AUC {judgement.auc:.4f}.
""" + (f"\n## Doubts\n\n{told}" if told else "")
