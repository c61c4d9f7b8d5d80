"""Ways to write a value that a person still reads, by name; each takes the value and gives what stands in the text."""

from __future__ import annotations

import base64
import html
import json
import re
import urllib.parse
from collections.abc import Callable

_LOOK_ALIKE = str.maketrans("ABCEHIKMOPTXaceiopxy", "АВСЕНІКМОРТХасеіорху")  # Cyrillic
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_SPELLED = dict(
    zip(
        "0123456789",
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        strict=True,
    )
)
_ZERO_WIDTH, _SOFT_HYPHEN = "\u200b", "\u00ad"
_SEPARATORS = re.compile(r"[ /.-]")


def _joined(between: str) -> Callable[[str], str]:
    return lambda value: between.join(value)


def _halves(between: str) -> Callable[[str], str]:
    return lambda value: value[: len(value) // 2] + between + value[len(value) // 2 :]


def _broken(between: str) -> Callable[[str], str]:
    """A line break in the place of the middle space, or behind the middle separator of another kind."""

    def write(value: str) -> str:
        places = [m.start() for m in _SEPARATORS.finditer(value, 1, len(value) - 1)]
        if not places:
            return value
        i = min(places, key=lambda place: abs(2 * place - len(value)))
        return value[: i + (value[i] != " ")] + between + value[i + 1 :]

    return write


def _separated(by: str) -> Callable[[str], str]:
    """Other separators where the value has some, else groups of four characters."""

    def write(value: str) -> str:
        if _SEPARATORS.search(value):
            return _SEPARATORS.sub(by, value)
        return by.join(value[i : i + 4] for i in range(0, len(value), 4))

    return write


def _escaped(value: str) -> str:
    return "".join(f"\\u{ord(c):04x}" for c in value)


TRANSFORMATIONS: dict[str, Callable[[str], str]] = {
    "as written": lambda value: value,
    "without separators": lambda value: _SEPARATORS.sub("", value),
    "separated by spaces": _separated(" "),
    "separated by dots": _separated("."),
    "separated by dashes": _separated("-"),
    "a space between all characters": _joined(" "),
    "broken over two lines": _halves("\n"),
    "broken over two quoted lines": _halves("\n> "),
    "broken at a separator": _broken("\n"),
    "broken at a separator, quoted": _broken("\n> "),
    "full-width": lambda value: value.translate(_FULL_WIDTH),
    "look-alike letters": lambda value: value.translate(_LOOK_ALIKE),
    "lower case": str.lower,
    "zero-width characters": _joined(_ZERO_WIDTH),
    "soft hyphens": _halves(_SOFT_HYPHEN),
    "digits spelled": lambda value: " ".join(_SPELLED.get(c, c) for c in value),
    "letter O for zero": lambda value: value.replace("0", "O"),
    "reversed": lambda value: value[::-1],
    "base64": lambda value: base64.b64encode(value.encode()).decode(),
    "base64 twice": lambda value: base64.b64encode(base64.b64encode(value.encode())).decode(),
    "hex": lambda value: value.encode().hex(),
    "percent-encoded": lambda value: "".join(f"%{b:02X}" for b in value.encode()),
    "in a query string": lambda value: urllib.parse.quote_plus(value),
    "HTML entities": lambda value: "".join(f"&#{ord(c)};" for c in value),
    "HTML text": lambda value: html.escape(value),
    "JSON escapes": _escaped,
    "JSON string": lambda value: json.dumps(value),
    "XML element": lambda value: f"<value>{html.escape(value)}</value>",
    "bold in Markdown": lambda value: f"**{value}**",
}
