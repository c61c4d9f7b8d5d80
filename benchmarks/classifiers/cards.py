"""Writes the model cards, `models/<id>/README.md`, from `model.json` and the measured record."""

from __future__ import annotations

import json

import datasets
import evaluate
import specs

CARD = """# {name}

{description}

{status}

| | |
| --- | --- |
| id | `{id}` |
| version | {version} |
| Purview's classifier | {purview} |
| languages | {languages} |
| least words | {minimum_words} |
| model | logistic regression on hashed words, word pairs, runs of signs and 4-character runs, windows of 128 words |

A signal with a stated error, not prevention. The score is a probability calibrated for texts of which one in ten is positive.

## Thresholds

| level | least score | benign prompts flagged (held back) |
| --- | --- | --- |
{levels}

`matched` means medium or high. Benign prompts: {prompts} held-back prompts and answers of {sets} sets.

## Quality on held-back data

{quality}

| data set | trained on it | positives | recall at medium | recall at 0.5 % false positives | others flagged at medium |
| --- | --- | --- | --- | --- | --- |
{rows}

Held back: near-duplicate groups with `int(cluster, 16) % 5 == 0`; no weight, threshold or grammar was tuned on them; the
experimental mark is decided by them. In the table the 0.5 % threshold is the one chosen on benign prompts that are not held
back, in the sentence above it the one of the held-back prompts themselves. Precision counts four negatives a positive.

{ways}{kinds}## Data

{positive} positive texts ({positive_real} real, the others synthetic) and {negative} others.

| source | licence |
| --- | --- |
{sources}

Synthetic sources come from the grammars in `benchmarks/classifiers/grammars/`, written for this project. Sets without an
open licence were used for measuring, and for choosing thresholds, never for weights.

## Limits

{limits}
"""
KINDS = """## Languages told

`kind` of a matched text: {names}; none where no language is more probable than all others together. Of {rows} held-back
texts in these languages {right:.1%} are told rightly, {wrong:.1%} wrongly, the others not at all.

"""
WAYS = """## By way

| injection | held back | recall at 0.5 % false positives |
| --- | --- | --- |
{rows}

`question`: breaks a rule of one application (`cyberseceval_injection`, logic-violating), reads as an ordinary question and
teaches nothing here.

"""
LIMITS = {
    "prompt-attack": "Linear in words: an attack in wording far from all training text is missed, and text that quotes or teaches attacks may be flagged. Of long role-play prompts about odd worlds one in ten is flagged (`wildguard_benign`). English first; other European languages and Chinese, Japanese, Korean, Arabic, Hindi, Turkish, Vietnamese, Indonesian from synthetic phrases only.",
    "content-safety": "English; labels are those of news comments, tweets and moderation samples, with their known dialect and identity biases. Quoted, reclaimed and ironic language is not understood. Other languages: swear words, insults and threats from synthetic phrases only.",
    "business": "English. Synthetic positives are more uniform than real papers; short excerpts and unusual layouts are missed.",
}


def _kinds(model: dict, record: dict) -> str:
    if "kinds" not in model:
        return ""
    measured = record["kinds"]
    return KINDS.format(
        names=", ".join(f"`{name}`" for name in model["kinds"]),
        rows=measured["rows"],
        **{word: measured["all"].get(word, 0.0) for word in ("right", "wrong")},
    )


def _ways(figures: dict) -> str:
    if "ways" not in figures:
        return ""
    return WAYS.format(
        rows="\n".join(
            f"| {way} | {entry['rows']} | {entry['recall_at_half_percent']:.3f} |"
            for way, entry in figures["ways"].items()
        )
    )


def card(name: str, record: dict) -> str:
    """The text of one card."""
    model = json.loads((evaluate.MODELS / name / "model.json").read_text(encoding="utf-8"))
    figures = record["classifiers"][name]
    benign, training = figures["benign_prompts"], model["training"]
    levels = [
        f"| {level} | {model['thresholds'][level]} | {benign[level]:.2%} |"
        for level in ("low", "medium", "high")
    ]
    rows = []
    for source, entry in figures["sets"].items():
        if "positive" in entry:
            positive, negative = entry["positive"], entry.get("negative")
            rows.append(
                f"| {source} | {'yes' if entry['trainable'] else 'no'} | {positive['rows']} | {positive['medium']:.3f} | {positive['at_half_percent']:.3f} | {'' if negative is None else format(negative['medium'], '.3f')} |"
            )
    quality = "No held-back real positives exist."
    if figures.get("positives"):
        quality = f"{figures['positives']} real positives: ROC AUC {figures['auc_against_prompts']:.3f} against benign prompts; at medium precision {figures['precision']:.3f}, recall {figures['recall']:.3f}; recall at 0.5 % false positives {figures['recall_at_half_percent']:.3f}."
    return CARD.format(
        **{key: model[key] for key in ("id", "name", "version", "description", "minimum_words")},
        status="**Experimental**: not loaded unless named." if model["experimental"] else "Loaded by default.",
        purview=f"`{model['purview_guid']}`" if model["purview_guid"] else "none with an id",
        languages="English and, less well, about 20 others" if model["category"] == "prompt-attack" or name in ("profanity", "harassment", "threat") else "English",
        levels="\n".join(levels), prompts=benign["rows"], sets=len(datasets.PROMPTS), quality=quality, rows="\n".join(rows) or "| none | | | | | |",
        positive=training["positive"], positive_real=training["positive_real"], negative=training["negative"],
        sources="\n".join(f"| {source} | {licence} |" for source, licence in training["sources"].items()), limits=LIMITS[model["category"]], kinds=_kinds(model, record), ways=_ways(figures),
    )  # fmt: skip


def main() -> None:
    record = json.loads(evaluate.RECORD.read_text(encoding="utf-8"))
    for spec in specs.SPECS:
        (evaluate.MODELS / spec.id / "README.md").write_text(
            card(spec.id, record), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
