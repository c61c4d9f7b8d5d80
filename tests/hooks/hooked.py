"""What the adapters' tests ask and expect."""

from __future__ import annotations

SITS = ("us-social-security-number", "email-address")
NUMBER, ADDRESS = "536-90-4399", "ada.lovelace@kontor-nord.de"
SSN = f"My SSN is {NUMBER}."
MAIL = f"Write to {ADDRESS} please."
MASKED = "Write to <EMAIL_ADDRESS> please."
TOLD = "No SSN here."
POLICY = f"""
id: hooked
rules:
  - {{id: mail, when: {{sits: email-address, min_confidence: 1}}, action: redact, otherwise: block}}
  - {{id: ssn, when: {{sits: us-social-security-number}}, action: block, message: {TOLD}}}
"""
NUMBERED = """
id: numbered
rules:
  - {id: mail, when: {sits: email-address, min_confidence: 1}, action: redact, method: placeholder}
"""


def is_silent(error: BaseException | None) -> bool:
    """Whether neither an exception nor what led to it says a word of the scanned text."""
    while error is not None:
        if any(value in f"{error!r} {error}" for value in (NUMBER, ADDRESS)):
            return False
        error = error.__cause__ or error.__context__
    return True
