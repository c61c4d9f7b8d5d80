"""Which classifiers there are, and which rows teach each of them."""

from __future__ import annotations

from dataclasses import dataclass

import datasets
from synthetic import ABUSE, ALL, ATTACKS, DOCUMENTS


@dataclass(frozen=True, slots=True)
class Spec:
    """One classifier. `share`: of the tolerated false alarms, in parts per 10,000 benign prompts."""

    id: str
    name: str
    label: str
    category: str
    description: str
    purview_guid: str | None = None
    share: float = 3.0
    strength: float = 10.0
    minimum_words: int = 1
    least: float = 0.5  # probability of the level medium, whatever the false alarms allow
    experimental: bool = False


SPECS = (
    Spec("prompt-injection", "Prompt injection", "prompt_injection", "prompt-attack", "Text that tries to replace the instructions of an assistant, to make it reveal them or to misuse its tools; typed by the user or hidden in a document.", share=16),
    Spec("jailbreak", "Jailbreak", "jailbreak", "prompt-attack", "Text that talks a model out of its rules: personas without limits, developer modes, fiction as a pretext.", share=10),
    Spec("indirect-injection", "Indirect prompt injection", "indirect_injection", "prompt-attack", "Instructions to an assistant inside quoted material: mails, web pages, documents, tool results.", share=6),
    Spec("harmful-request", "Harmful request", "harmful_request", "content-safety", "A request for help with something that harms people or breaks the law, in plain words.", share=16, minimum_words=3),
    Spec("harassment", "Harassment", "harassment", "content-safety", "Insults and belittling aimed at a person.", "a02ddb8e-3c93-44ac-87c1-2f682b1cb78e", share=6, strength=6.0, minimum_words=3),
    Spec("hate", "Hate", "hate", "content-safety", "Attacks on people for their origin, religion, sex, orientation or disability.", "a65c4ab6-a155-11eb-921c-6c0b84aa8ea5", share=6, strength=10.0, minimum_words=3),
    Spec("threat", "Threat", "threat", "content-safety", "Threats of violence against people or property.", "ef2edb64-6982-4648-b0ad-c0d8a861501b", share=4, strength=3.0, minimum_words=3),
    Spec("profanity", "Profanity", "profanity", "content-safety", "Swear words and obscene expressions, in the spellings that people use to hide them.", "4b0aa61d-37dc-4596-a1f1-fc5a5b21d56b", share=6, strength=3.0),
    Spec("self-harm", "Self-harm", "self_harm", "content-safety", "People who speak of hurting or killing themselves.", share=4, strength=3.0, minimum_words=3, experimental=True),
    Spec("sexual", "Sexual content", "sexual", "content-safety", "Sexually explicit text and advances.", share=4, strength=3.0, minimum_words=3),
    Spec("violence", "Violence", "violence", "content-safety", "Graphic or glorified violence.", share=4, strength=3.0, minimum_words=3),
    Spec("source-code", "Source code", "source_code", "business", "Program text, pasted alone or in a message.", "8aef6743-61aa-44b9-9ae5-3bb3d77df535", share=4, strength=2.0, minimum_words=5),
    Spec("resume", "Resume", "resume", "business", "Curricula vitae.", "14b2da41-0427-47e9-a11b-c924e1d05689", share=2, strength=2.0, minimum_words=10),
    Spec("legal-agreement", "Legal agreement", "legal_agreement", "business", "Contracts, licences, terms and their clauses.", "bee9cefb-88bd-410f-ab3e-67cab21cef46", share=2, strength=2.0, minimum_words=10),
    Spec("financial-document", "Financial document", "financial_document", "business", "Statements, reports, earnings calls, invoices, budgets.", "c31bfef9-8045-4a35-88a3-74b8681615c2", share=2, strength=2.0, minimum_words=10),
    Spec("medical-record", "Medical record", "medical_record", "business", "Notes and reports on the health of one patient.", "dcbada08-65bf-4561-b140-25d8fee4d143", share=2, strength=2.0, minimum_words=8),
    Spec("business-email", "Business e-mail", "business_email", "business", "Mail between people at work.", share=30, strength=3.0, minimum_words=8, least=0.02),
    Spec("customer-complaint", "Customer complaint", "customer_complaint", "business", "A customer's complaint about a product or service.", "8137d8fc-fb7a-40db-9009-284f962fde96", share=3, strength=2.0, minimum_words=6, experimental=True),
    Spec("hr-document", "HR document", "hr_document", "business", "Handbooks, reviews, offers, warnings and other papers of personnel departments.", "11631f87-7ffe-4052-b173-abda16b231f3", share=2, strength=2.0, minimum_words=10, experimental=True),
)  # fmt: skip
BY_ID = {spec.id: spec for spec in SPECS}

# Synthetic rows: kind -> how many.
SYNTHETIC = {
    "direct": 3000, "indirect": 3000, "foreign": 3500, "jailbreak": 1500, "harmless": 3500, "about": 1500, "benign_group": 600,
    "instruction": 8000, "frame": 2500, "log": 1500, "inbox": 5000,
    "trick": 3500, "workday": 10000, "credential": 7000,
    "machine": 4500, "everyday": 5000, "code": 2500,
    "threat": 1200, "foreign_threat": 150, "self_harm": 1200, "violence": 900, "sexual": 900, "profanity": 1500, "harassment": 1000, "hate": 900, "harmful": 2000,
    "resume": 700, "legal": 700, "financial": 800, "medical": 800, "email_text": 900, "complaint": 900, "hr": 900,
}  # fmt: skip

_CODE_MAY_OCCUR = (
    "coding_prompts",
    "assistant_answers",
    "instruction_prompts",
    "alpaca_eval_prompts",
    "security_prompts",
)
_BENIGN = (
    *datasets.PROMPTS,
    "wnut17",
    "wikigold",
    "lock_files",
    "log_lines",
    "csv_tables",
    "wikipedia_sentences",
)
SAME = {"business_email": "email"}


def label(row: datasets.Row, name: str) -> int | None:
    """1, 0, or None where nobody can say: the row's own label, else what its source implies."""
    source = row.source
    if source.startswith("synthetic_"):
        return row.labels.get(name)
    if name == "indirect_injection" and "prompt_injection" in row.labels:
        if row.labels["prompt_injection"] == 0:
            return 0
        quoted = (
            row.extra.get("injection_type") == "indirect"
            or row.extra.get("category") == "indirect_injection"
            or row.extra.get("channel") in ("tool_output", "retrieved", "document", "memory")
        )
        return 1 if quoted else None
    own = row.labels.get(SAME.get(name, name))
    if own is not None:
        return own
    if row.labels.get("hr_document") == 1:
        return 0 if name in ATTACKS + ABUSE else None
    if source in _BENIGN or source.startswith("ud_"):
        if name == "source_code" and source in _CODE_MAY_OCCUR:
            return None
        if name in ABUSE and source in ("wnut17", "wikipedia_sentences"):
            return None
        if name in DOCUMENTS and source in (
            "assistant_answers",
            "instruction_prompts",
            "csv_tables",
            "lock_files",
        ):
            return None
        return 0
    family = _FAMILY[source]
    if family == "documents":
        return (
            0
            if name in ATTACKS + ABUSE
            or (
                name in ("hr_document", "customer_complaint")
                and source not in ("banking77", "emails_enron", "policies_terms")
            )
            else None
        )
    if family == "toxicity":
        return (
            0
            if name in (*DOCUMENTS, "prompt_injection", "jailbreak", "indirect_injection")
            else None
        )
    return 0 if name in DOCUMENTS else None  # attacks


def is_taught(row: datasets.Row) -> bool:
    """Whether weights learn from a row: not from questions that only break the rules of one application."""
    return row.trainable and not row.held_back and row.extra.get("risk") != "logic-violating"


def way(row: datasets.Row) -> str:
    """How an injection reaches the model: what it is tells its text alone, but for the questions."""
    if label(row, "indirect_injection") == 1:
        return "indirect"
    return "question" if row.extra.get("risk") == "logic-violating" else "direct"


_FAMILY = {
    name: path.parent.name
    for family in datasets.FAMILIES
    for path in (datasets.FOLDER / family).glob("*.gz")
    for name in (path.name.removesuffix(".jsonl.gz"),)
}
assert {spec.label for spec in SPECS} == set(ALL)
