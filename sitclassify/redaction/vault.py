"""Numbered placeholders for a round trip through a model, and the vault that puts the values back.

`<CREDIT_CARD_NUMBER_1>` is found again in any case, with spaces or dashes for underscores, with Markdown's backslashes
and HTML's or JSON's escapes, and cut into pieces by a stream.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from typing import Any

import regex

from sitclassify.redaction.methods import Method, name_of

_WRITTEN = regex.compile(
    r"""(?ix) (?: < | &lt; | \\u003c ) \s? ( [a-z0-9] (?: [a-z0-9] | \\? [_\ -] )* [0-9]+ ) \s?
        (?: > | &gt; | \\u003e )"""
)
_OPENERS = "<&\\"
_SLACK = 16  # characters an escaped placeholder has besides its name, each underscore one more


class Vault:
    """The values behind the placeholders of one conversation; safe to share between threads.

    avoided: placeholders of another hand, which are not given out. It holds the values: keep it where the text
    itself might be kept.
    """

    def __init__(
        self, values: Mapping[str, str] | None = None, avoided: Iterable[str] = ()
    ) -> None:
        self._values = dict(values or {})
        self._names = {(self._sit_of(name), value): name for name, value in self._values.items()}
        self._numbers: dict[str, int] = {}
        self._avoided = set(avoided)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Vault({len(self)} values)"

    def __reduce__(self) -> tuple[Any, ...]:
        return Vault, (self.values(), self.avoided())

    def values(self) -> dict[str, str]:
        """Placeholder (without its brackets) -> value; with `avoided()` they make the same vault again."""
        return dict(self._values)

    def avoided(self) -> frozenset[str]:
        """Placeholders of another hand that stood in the texts."""
        return frozenset(self._avoided)

    def avoid(self, text: str) -> None:
        """Give out none of the placeholders that stand in `text` already."""
        if "<" in text or "&lt;" in text or "\\u003c" in text:
            self._avoided |= {_name(match[1]) for match in _WRITTEN.finditer(text)}

    def placeholder(self, value: str, sit: str) -> str:
        """The placeholder of a value, with brackets; the same value of the same SIT has the same one."""
        key = name_of(sit), value
        with self._lock:
            name = self._names.get(key)
            while name is None:
                number = self._numbers[key[0]] = self._numbers.get(key[0], 0) + 1
                free = f"{key[0]}_{number}"
                if free not in self._avoided and free not in self._values:
                    name = self._names[key] = free
                    self._values[free] = value
        return f"<{name}>"

    def restore(self, text: str, *, in_json: bool = False) -> str:
        """`text` with the values in place of their placeholders; what is no placeholder of this vault stays.

        in_json: the placeholders stand in strings of JSON, so the values are escaped as these want it.
        """
        return str(_WRITTEN.sub(lambda match: self._value(match, in_json), text))

    def restorer(self, *, in_json: bool = False) -> Restorer:
        """`restore` for a text that arrives in pieces."""
        return Restorer(self, in_json)

    def longest(self) -> int:
        """Characters that a placeholder can be long, escapes included."""
        return max((len(n) + n.count("_") for n in self._values), default=0) + _SLACK

    def _value(self, match: regex.Match[str], in_json: bool) -> str:
        value = self._values.get(_name(match[1]))
        if value is None:
            return str(match[0])
        return json.dumps(value)[1:-1] if in_json else value

    @staticmethod
    def _sit_of(name: str) -> str:
        return name.rpartition("_")[0]


class Restorer:
    """Restores a stream: what can still become a placeholder is held back, never more than one is long."""

    def __init__(self, vault: Vault, in_json: bool = False) -> None:
        self._vault, self._in_json = vault, in_json
        self._held = ""

    def feed(self, chunk: str) -> str:
        """The text that is finished with `chunk`."""
        text = self._held + chunk
        cut = self._open_at(text)
        self._held = text[cut:]
        return self._vault.restore(text[:cut], in_json=self._in_json)

    def close(self) -> str:
        """The rest."""
        text, self._held = self._held, ""
        return self._vault.restore(text, in_json=self._in_json)

    def _open_at(self, text: str) -> int:
        """Where a placeholder begins that the text so far does not end; the length of the text if none does."""
        for i in range(max(0, len(text) - self._vault.longest()), len(text)):
            if text[i] in _OPENERS:
                match = _WRITTEN.match(text, i, partial=True)
                if match is not None and match.partial:
                    return i
        return len(text)


class Placeholder(Method):
    """A numbered placeholder; its value goes into the vault."""

    vault: Vault

    def __init__(self, vault: Vault | None = None) -> None:
        self.vault = Vault() if vault is None else vault

    def begin(self, text: str) -> None:
        self.vault.avoid(text)

    def __call__(self, value: str, sit: str) -> str:
        return self.vault.placeholder(value, sit)


def _name(written: str) -> str:
    return written.replace("\\", "").replace("-", "_").replace(" ", "_").upper()
