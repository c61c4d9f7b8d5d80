"""Why texts teach nothing worth knowing: too few, contradictory, or given away by something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from sitclassify.classifiers.own.reading import Example
from sitclassify.errors import ConfigurationError

LEAST = 50  # texts of each kind
LEAST_GROUPS = 25  # of these, texts that are no near-duplicates
_ALIKE = 0.02  # share of positive texts with near-duplicates among the negative ones
_BOILERPLATE = (
    0.8  # share of one kind that begins or ends with the same words, which the other lacks
)
_EDGE = 20  # characters of a text's beginning and end that are compared, each digit as 0
_DIGIT = re.compile(r"\d")
_BY_LENGTH = 0.97  # ROC AUC of the length alone
_SHOWN = 5  # addresses told


def refuse(examples: Sequence[Example], groups: NDArray[np.intp]) -> None:
    """Raises `ConfigurationError` with every reason not to train on these texts."""
    labels = np.array([example.label for example in examples], np.intp)
    reasons = _too_few(labels, groups)
    reasons += _contradictions(examples)
    reasons += [told for at_end in (False, True) for told in _boilerplate(examples, labels, at_end)]
    if reasons:
        told = "\n  ".join(reasons)
        raise ConfigurationError(f"these texts cannot teach a classifier:\n  {told}")


def doubts(examples: Sequence[Example], groups: NDArray[np.intp]) -> list[str]:
    """What does not forbid training, but makes good figures doubtful."""
    labels = np.array([example.label for example in examples], np.intp)
    found = []
    lengths = np.array([len(example.text) for example in examples])
    score = roc_auc_score(labels, lengths)
    if max(score, 1 - score) >= _BY_LENGTH:
        longer = "positive" if score > 0.5 else "negative"
        found.append(
            f"the {longer} texts are longer nearly without exception: add others of that length"
        )
    alike = int(np.isin(groups[labels == 1], groups[labels == 0]).sum())
    if alike > _ALIKE * labels.sum():
        found.append(f"{alike} positive texts have near-duplicates among the negative ones")
    formats = [{_format(e.address) for e in examples if e.label == label} for label in (0, 1)]
    if not formats[0] & formats[1]:
        positive, negative = (", ".join(sorted(formats[label])) for label in (1, 0))
        found.append(
            f"positives come from {positive}, negatives from {negative}: "
            "traces of the format may be learned"
        )
    if (labels == 0).sum() < 1000:
        found.append(
            f"{(labels == 0).sum()} negatives show no false alarm rate below "
            f"{3 / (labels == 0).sum():.1%}: add everyday prompts and documents"
        )
    return found


def _too_few(labels: NDArray[np.intp], groups: NDArray[np.intp]) -> list[str]:
    reasons = []
    for label, word in ((1, "positive"), (0, "negative")):
        texts = int((labels == label).sum())
        distinct = len(np.unique(groups[labels == label]))
        if texts < LEAST:
            reasons.append(f"{texts} {word} texts: at least {LEAST} are needed, better 500")
        elif distinct < LEAST_GROUPS:
            reasons.append(
                f"{texts} {word} texts are near-duplicates of {distinct}: "
                f"{LEAST_GROUPS} that differ are needed"
            )
    return reasons


def _contradictions(examples: Sequence[Example]) -> list[str]:
    """Texts that are equal but for case and blanks, with different labels."""
    seen: dict[str, Example] = {}
    pairs = []
    for example in examples:
        other = seen.setdefault(" ".join(example.text.lower().split()), example)
        if other.label != example.label:
            pairs.append(f"{other.address} and {example.address}")
    if not pairs:
        return []
    more = f" and {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else ""
    return [f"equal texts have both labels, one is wrong: {'; '.join(pairs[:_SHOWN])}{more}"]


def _boilerplate(examples: Sequence[Example], labels: NDArray[np.intp], at_end: bool) -> list[str]:
    """A beginning or an end that nearly all texts of one kind share gives the label away.

    Characters are compared, not lines: the same letterhead is a line of its own in one format and not in the other.
    """
    edges = [_edge(example.text, at_end) for example in examples]
    reasons = []
    for label, word in ((1, "positive"), (0, "negative")):
        own = Counter(edge for edge, y in zip(edges, labels.tolist(), strict=True) if y == label)
        others = {edge for edge, y in zip(edges, labels.tolist(), strict=True) if y != label}
        edge, times = own.most_common(1)[0] if own else ("", 0)
        if times >= _BOILERPLATE * (labels == label).sum() and times and edge not in others:
            where, first = "end" if at_end else "begin", examples[edges.index(edge)].address
            reasons.append(
                f"{times} {word} texts {where} with the same words, which gives the label away: "
                f"take them out (as in {first})"
            )
    return reasons


def _edge(text: str, at_end: bool) -> str:
    plain = _DIGIT.sub("0", " ".join(text.lower().split()))
    return plain[-_EDGE:] if at_end else plain[:_EDGE]


def _format(address: str) -> str:
    suffix = PurePath(address).suffix.lower()
    return suffix if suffix in (".docx", ".pdf") else "plain text"
