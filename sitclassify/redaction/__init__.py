"""Redaction: values in a text replaced by labels, masks, digests, fakes, ciphertext or placeholders.

>>> found = [Span("us-social-security-number", 7, 18, 85)]
>>> redact("My SSN 536-90-4399.", found).text
'My SSN <US_SOCIAL_SECURITY_NUMBER>.'
>>> redact("My SSN 536-90-4399.", found, Mask(keep_last=4)).text
'My SSN ***-**-4399.'
>>> hidden = redact("My SSN 536-90-4399.", found, Placeholder())
>>> hidden.vault.restore("It is <us_social_security_number_1>, as you said.")
'It is 536-90-4399, as you said.'

Most callers have a `ScanResult` and call its `redact`, which also makes sure that nothing is found again.
"""

from __future__ import annotations

from sitclassify.redaction.encryption import Encrypt, decrypt
from sitclassify.redaction.fake import Fake
from sitclassify.redaction.methods import (
    Hash,
    Label,
    Mask,
    Method,
    PerDetection,
    PerSit,
    Remove,
    method_of,
)
from sitclassify.redaction.redact import Redacted, Replacement, redact
from sitclassify.redaction.regions import Span
from sitclassify.redaction.vault import Placeholder, Restorer, Vault

__all__ = [
    "Encrypt",
    "Fake",
    "Hash",
    "Label",
    "Mask",
    "Method",
    "PerDetection",
    "PerSit",
    "Placeholder",
    "Redacted",
    "Remove",
    "Replacement",
    "Restorer",
    "Span",
    "Vault",
    "decrypt",
    "method_of",
    "redact",
]
