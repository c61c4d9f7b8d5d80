"""What a value is replaced by. A method is called with the value and its SIT.

All that is written stands in `<...>` and holds no digit that a SIT could be made of: scanners read it as a
template, and a text that was redacted once is not found in again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from sitclassify.errors import ConfigurationError
from sitclassify.redaction.regions import Found
from sitclassify.rules import distinct

if TYPE_CHECKING:
    from sitclassify.redaction.vault import Vault

DIGEST_LETTERS = 16  # of a keyed digest: 64 bits
KEYED = ("hash", "encrypt")  # names of methods that ask for a key
EVERY = "*"  # all SITs that a mapping does not name
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_DIGITS = str.maketrans("abcdefghijklmnop", "0123456789abcdef")


class Method:
    """Base of all methods. `is_realistic` where what it writes is meant to look like a value."""

    is_realistic: ClassVar[bool] = False
    vault: Vault | None = None

    def begin(self, text: str) -> None:
        """Told once per text, before its values."""

    def of(self, found: Found) -> Method:
        """The method for one value, where they differ."""
        return self

    def __call__(self, value: str, sit: str) -> str:
        """What stands in place of `value`."""
        raise NotImplementedError


class Label(Method):
    """The SIT's id: `<CREDIT_CARD_NUMBER>`."""

    def __call__(self, value: str, sit: str) -> str:
        return f"<{name_of(sit)}>"


class Remove(Method):
    """Nothing at all."""

    def __call__(self, value: str, sit: str) -> str:
        return ""


class Mask(Method):
    """Letters and digits hidden, the last few kept; always less than half of the value is shown."""

    def __init__(self, keep_last: int = 0, char: str = "*") -> None:
        if keep_last < 0 or len(char) != 1 or char.isalnum():
            raise ConfigurationError(
                "mask keeps 0 or more characters and writes one that is no letter or digit"
            )
        self._keep, self._char = keep_last, char

    def __call__(self, value: str, sit: str) -> str:
        alnum = sum(map(str.isalnum, value))
        if not alnum:
            return self._char * len(value)
        hidden = alnum - min(self._keep, max(0, alnum - 1) // 2)
        is_number = sum(map(str.isdigit, value)) * 2 >= alnum  # else separators tell too much
        masked: list[str] = []
        for char in value:
            if not char.isalnum():
                masked.append(char if is_number or hidden <= 0 else self._char)
                continue
            masked.append(self._char if hidden > 0 else char)
            hidden -= 1
        return "".join(masked)


class Hash(Method):
    """A keyed digest of the value without separators and case: `<CREDIT_CARD_NUMBER:kfnaobme...>`.

    The same value has the same digest under the same key, and none can be found without it.
    """

    def __init__(self, key: bytes) -> None:
        self._key = checked_key(key)

    def __call__(self, value: str, sit: str) -> str:
        plain = distinct(value).encode("utf-8", "surrogatepass")
        digest = hmac.new(self._key, plain, hashlib.sha256).hexdigest()[:DIGEST_LETTERS]
        return f"<{name_of(sit)}:{digest.translate(_LETTERS)}>"


class _Choosing(Method):
    """Base of methods that leave each value to another one."""

    def __init__(self, methods: Iterable[Method]) -> None:
        self._all = set(methods)
        vaults = {id(m.vault): m.vault for m in self._all if m.vault is not None}
        if len(vaults) > 1:
            raise ConfigurationError(
                "placeholders in several vaults: pass one `Placeholder` for all"
            )
        self.vault = next(iter(vaults.values()), None)

    def begin(self, text: str) -> None:
        for method in self._all:
            method.begin(text)


class PerSit(_Choosing):
    """A method per SIT; `*` for those not named, a label where it is missing. Equal names are one method."""

    def __init__(self, methods: Mapping[str, Any]) -> None:
        named = {name: method_of(name) for name in methods.values() if isinstance(name, str)}
        self._methods = {
            sit: named[method] if isinstance(method, str) else method_of(method)
            for sit, method in methods.items()
        }
        self._other = self._methods.get(EVERY) or Label()
        super().__init__(self._methods.values())

    def of(self, found: Found) -> Method:
        return self._methods.get(found.sit, self._other)


class PerDetection(_Choosing):
    """A method per detection; `other` for what is found besides when the redacted text is scanned again."""

    def __init__(self, methods: Iterable[tuple[Found, Method]], other: Method) -> None:
        self._methods = {_span(found): method for found, method in methods}
        self._other = other
        super().__init__((*self._methods.values(), other))

    def of(self, found: Found) -> Method:
        return self._methods.get(_span(found), self._other)


def _span(found: Found) -> tuple[str, int, int]:
    return found.sit, found.start, found.end


class _Custom(Method):
    def __init__(self, function: Callable[[str, str], str]) -> None:
        self._function = function

    def __call__(self, value: str, sit: str) -> str:
        return self._function(value, sit)


def method_of(asked: Any, **options: Any) -> Method:
    """A method from its name and options, a function of value and SIT, or a mapping of these per SIT.

    Names: label, mask, remove, hash, fake, encrypt, placeholder. Raises `ConfigurationError`.
    """
    if isinstance(asked, str):
        return _named(asked, options)
    if options:
        raise ConfigurationError(f"{sorted(options)}: options go with the name of a method")
    if isinstance(asked, Method):
        return asked
    if isinstance(asked, Mapping):
        return PerSit(asked)
    if callable(asked):
        return _Custom(asked)
    raise ConfigurationError(f"no redaction method: {type(asked).__name__}")


def _named(name: str, options: dict[str, Any]) -> Method:
    from sitclassify.redaction.encryption import Encrypt
    from sitclassify.redaction.fake import Fake
    from sitclassify.redaction.vault import Placeholder

    kinds: dict[str, type[Method]] = {
        "label": Label, "mask": Mask, "remove": Remove, "hash": Hash, "fake": Fake,
        "encrypt": Encrypt, "placeholder": Placeholder,
    }  # fmt: skip
    if name not in kinds:
        raise ConfigurationError(f"no redaction method '{name}': there are {', '.join(kinds)}")
    try:
        return kinds[name](**options)
    except TypeError as error:
        told = str(error).partition(".__init__() ")[2] or str(error)
        raise ConfigurationError(f"redaction method '{name}': {told}") from None


def name_of(sit: str) -> str:
    """The SIT's id as it is written in a text: `CREDIT_CARD_NUMBER`."""
    return sit.replace("-", "_").upper()


def letters(data: bytes) -> str:
    """`data` in the letters a to p, two each: no digit in it, and no case to lose."""
    return data.hex().translate(_LETTERS)


def from_letters(written: str) -> bytes:
    """The bytes that `letters` wrote; `ValueError` for anything else."""
    return bytes.fromhex(written.lower().translate(_DIGITS))


def checked_key(key: bytes) -> bytes:
    """`key`, or `ConfigurationError` where it is none."""
    if not isinstance(key, bytes) or not key:
        raise ConfigurationError("the key is bytes, and not empty")
    return key
