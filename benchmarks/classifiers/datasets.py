"""The labelled data as rows, with what each set may be used for.

`TRAINABLE` are the sets whose licence lets everyone use weights trained on them; all others only
measure. Held back from everything but the last measurement: clusters with `int(cluster, 16) % 5 == 0`.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(os.environ.get("SITCLASSIFY_DATA", Path(__file__).parents[3] / "shared" / "data"))

TRAINABLE = {
    "jailbreak_inthewild": "MIT / Apache-2.0",
    "jailbreak_templates": "MIT / Apache-2.0",
    "cyberseceval_injection": "MIT",
    "bastion_corpus": "MIT",
    "harmful_requests": "MIT / Apache-2.0 / CC BY 4.0",
    "civil_toxic_spans": "CC0 1.0",
    "openai_moderation": "MIT",
    "davidson_tweets": "MIT",
    "edos_sexism": "CC0 1.0",
    "profanity_terms": "MIT",
    "resumes_kaggle": "CC0 (Kaggle)",
    "mts_dialog_sections": "CC BY 4.0",
    "pubmed_abstracts": "MIT",
    "tatqa_reports": "CC BY 4.0",
    "contract_clauses": "CC BY 4.0",
    "software_agreements": "CC BY 4.0 (collection)",
    "policies_terms": "CC BY 4.0",
    "securities_complaints": "CC BY 4.0",
    "source_code_linguist": "MIT (collection)",
    "source_code_completion": "MIT",
    "banking77": "CC BY 4.0",
    "instruction_prompts": "Apache-2.0 (without the WizardLM rows)",
    "assistant_answers": "Apache-2.0",
    "gsm8k": "MIT",
    "clinc_utterances": "CC BY 3.0",
    "coding_prompts": "MIT",
    "security_prompts": "MIT",
    "restaurant_utterances": "CC BY 4.0",
    "wnut17": "CC BY 4.0",
    "wikigold": "CC BY 4.0",
}
GENERATED = "synthetic, ours"
GENERATED_FROM = {  # what a generator takes from others
    "synthetic_everyday": "synthetic, of messages of Django (BSD) and word lists of spaCy (MIT)",
    "synthetic_inbox": "synthetic, ours, with names of Faker (MIT)",
}
NOISY = (
    "suicide_reddit",
    "suicide_tweets",
)  # labelled by where a text was posted, not by reading it
FAMILIES = ("prompt_attack", "toxicity", "documents", "benign")
PROMPTS = (  # what people ask an assistant, or it answers: false positives are counted on these
    "alpaca_benign",
    "alpaca_eval_prompts",
    "instruction_prompts",
    "assistant_answers",
    "gsm8k",
    "clinc_utterances",
    "coding_prompts",
    "security_prompts",
    "restaurant_utterances",
    "wildguard_benign",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text. `trainable`: weights may be shipped that have seen it."""

    source: str
    text: str
    labels: dict[str, int]
    cluster: str
    held_back: bool
    trainable: bool
    extra: dict[str, object] = field(default_factory=dict)


def _rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            source = path.name.removesuffix(".jsonl.gz")
            wizard = "wizard" in str(record.get("list", "")).lower()
            cluster = record.get("cluster") or "1"
            yield Row(
                source=source,
                text=record["text"],
                labels=record.get("labels", {}),
                cluster=cluster,
                held_back=int(cluster, 16) % 5 == 0,
                trainable=source in TRAINABLE and not wizard,
                extra={
                    key: record[key]
                    for key in (
                        "list",
                        "kind",
                        "category",
                        "channel",
                        "injection_type",
                        "risk",
                        "variant",
                        "language",
                        "split",
                    )
                    if key in record
                },
            )


def licence(source: str) -> str:
    """What a card says of a source of weights."""
    return TRAINABLE.get(source) or GENERATED_FROM.get(source, GENERATED)


@cache
def load(source: str) -> tuple[Row, ...]:
    """All rows of one set."""
    (path,) = FOLDER.glob(f"*/{source}.jsonl.gz")
    return tuple(_rows(path))


@cache
def sources() -> tuple[str, ...]:
    """Names of all sets of the classification families and of benign text."""
    names = []
    for family in FAMILIES:
        names += sorted(
            path.name.removesuffix(".jsonl.gz") for path in (FOLDER / family).glob("*.jsonl.gz")
        )
    return tuple(names)
