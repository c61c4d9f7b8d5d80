"""Sensitive-information classification of prompts and answers.

>>> import sitclassify
>>> result = sitclassify.scan("My SSN is 536-90-4399.")
>>> [(d.sit, d.start, d.end) for d in result.detections]
[('us-social-security-number', 10, 21)]
"""

from __future__ import annotations

from sitclassify.api import load, scan
from sitclassify.errors import (
    AuditError,
    CompileError,
    ConfigurationError,
    ModelError,
    PolicyError,
    PolicyWarning,
    RuleError,
    SitclassifyError,
    TextNotKept,
    UnknownSitError,
)
from sitclassify.results import (
    Classification,
    Detection,
    Dismissed,
    Evidence,
    ScanResult,
    Skipped,
)
from sitclassify.rules import Sit
from sitclassify.scanner import Explanation, Scanner

__version__ = "0.1.0"

__all__ = [
    "AuditError",
    "Classification",
    "CompileError",
    "ConfigurationError",
    "Detection",
    "Dismissed",
    "Evidence",
    "Explanation",
    "ModelError",
    "PolicyError",
    "PolicyWarning",
    "RuleError",
    "ScanResult",
    "Scanner",
    "Sit",
    "SitclassifyError",
    "Skipped",
    "TextNotKept",
    "UnknownSitError",
    "load",
    "scan",
]
