"""Values that look like a finding and are none: masked, templates, documented examples."""

from __future__ import annotations

import re

from sitclassify.rules import Placeholders

_MASK = re.compile(r"(?:[*xX#•●._\-]{3,}|.*[*•●]{3,}.*|(?i:x){4,}.*)", re.DOTALL)
_TEMPLATE = re.compile(
    r"(?xi) [$%]?\{.*\}? | \$\(.* | <[^<>]*>? | %\w+%? | \[[a-z _-]+\] | \$[a-z_]\w*"
    r" | .*\b(?:os\.environ|os\.getenv|getenv|process\.env|system\.getenv|env\[).*"
    r" | (?:my|your|the|some|insert|enter|put|add|replace|changeme|change[_-]?this|redacted|removed|hidden"
    r"|placeholder|dummy|todo|tbd|none|null|undefined|not[_-]?set)(?:[_\- .].*)? | .*(?:_here|-here|_goes_here)"
    r" | .*your[_-].*"
)
_EXAMPLE = re.compile(r"(?i).*example.*|.*sample[_-]?(?:key|token|secret).*")
_COUNTED = frozenset(("financial", "government-id", "tax-id", "health", "contact"))
_MIN_COUNTED = 5  # digits: fewer count up by chance


class ReasonOf:
    """Tells why a value of one SIT stands for no real one; expressions are compiled at its first value."""

    __slots__ = ("_category", "_example", "_tests")

    def __init__(self, placeholders: Placeholders, category: str) -> None:
        import regex

        self._category = category
        self._example = frozenset(placeholders.example)
        named = {"example": placeholders.example_regex, "template": placeholders.template}
        if category == "credential":  # free text: a masked one is found by its surroundings
            named["masked"] = placeholders.masked
        self._tests = [(why, regex.compile(body)) for why, body in named.items() if body]

    def __call__(self, value: str, plain: str) -> str | None:
        """`masked`, `template`, `example` or None; `plain` is the value folded by `rules.distinct`."""
        if plain in self._example:
            return "example"
        for why, test in self._tests:
            if test.fullmatch(value):
                return why
        if self._category == "credential":
            if _MASK.fullmatch(value):
                return "masked"
            if _TEMPLATE.fullmatch(value):
                return "template"
            return "example" if _EXAMPLE.fullmatch(value) else None
        return "example" if self._category in _COUNTED and _counts(value, plain) else None


def _counts(value: str, plain: str) -> bool:
    """Whether all digits of a number are equal or count up by one (9 is followed by 0)."""
    digits = value.translate(_DIGITS) if value.isascii() else "".join(filter(_is_digit, value))
    if len(digits) < _MIN_COUNTED or len(digits) * 3 < len(plain) * 2:
        return False
    if digits[1] == digits[0]:
        return digits == digits[0] * len(digits)
    return digits in _RISING * (len(digits) // 10 + 2)


def _is_digit(char: str) -> bool:
    return "0" <= char <= "9"


_DIGITS = {code: None for code in range(128) if not _is_digit(chr(code))}
_RISING = "0123456789"
