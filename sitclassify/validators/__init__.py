"""Validators: yes or no on the text of a match.

Each module here (but those in `_SHARED`) is one validator: `is_valid(value: str) -> bool`, pure,
for any text as matched (separators included), never raising. `resolve` finds them by name and
imports them at first use.

>>> resolve("luhn")("4111 1111 1111 1111")
True
>>> resolve(["luhn", {"weighted": {"weights": [1] * 16, "modulus": 19}}])("4111 1111 1111 1111")
True
>>> resolve("verhoef")
Traceback (most recent call last):
    ...
ValueError: unknown validator 'verhoef' - did you mean 'verhoeff'? Validators: ...
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Validator = Callable[[str], bool]

# Modules here that validators are built from, and are none themselves.
_SHARED = frozenset({"dates", "digits", "stdnum_adapter", "weighted"})
# Modules of stdnum that check the form of a value and compute no check digit.
_FORM_ONLY = frozenset(
    f"stdnum.{name}"
    for name in (
        "ad.nrt", "al.nipt", "bic", "cr.cpf", "cr.cr", "cu.ni", "de.stnr", "dz.nif", "eg.tn", "fi.veronumero",
        "fo.vn", "id.nik", "imsi", "in_.pan", "ke.pin", "li.peid", "mac", "mx.rfc", "my.nric",
        "nl.identiteitskaartnummer", "pk.cnic", "us.atin", "us.itin", "us.ptin", "us.ssn",
    )
)  # fmt: skip
_NAME = re.compile(r"[a-z][a-z0-9_]*|stdnum(?:\.[a-z][a-z0-9_]*)+")


def resolve(spec: str | Mapping[str, Any] | Sequence[Any]) -> Validator:
    """The validator of a name, of `{"weighted": {...}}`, or of a list of these (all must accept).

    Raises `ValueError` for anything else; an unknown name is answered with the nearest ones.
    """
    if isinstance(spec, str):
        return _named(spec)
    if isinstance(spec, Mapping):
        return _from_data(spec)
    if isinstance(spec, Sequence) and spec:
        return _all_of([resolve(part) for part in spec])
    raise ValueError(f"a validator is a name, {{weighted: ...}} or a list of these, not {spec!r}")


def has_check_digit(spec: str | Mapping[str, Any] | Sequence[Any] | None) -> bool:
    """Whether a spec computes a check digit; a module that checks only the form of a value says so.

    >>> has_check_digit("luhn"), has_check_digit(["us_ssn"]), has_check_digit(None)
    (True, False, False)
    """
    if isinstance(spec, str):
        if spec.startswith("stdnum."):
            return spec not in _FORM_ONLY
        module = importlib.import_module(f"{__name__}.{spec}")
        return bool(getattr(module, "HAS_CHECK_DIGIT", True))
    if isinstance(spec, Mapping):
        return True
    return any(has_check_digit(part) for part in spec or ())


def is_dear(spec: str | Mapping[str, Any] | Sequence[Any] | None) -> bool:
    """Whether a spec costs more than looking for evidence; such a module says so.

    >>> is_dear("luhn"), is_dear(["phone_number"]), is_dear(None)
    (False, True, False)
    """
    if isinstance(spec, str):
        if spec.startswith("stdnum."):
            return False
        return bool(getattr(importlib.import_module(f"{__name__}.{spec}"), "IS_DEAR", False))
    if isinstance(spec, Mapping):
        return False
    return any(is_dear(part) for part in spec or ())


def names() -> list[str]:
    """Names of the validators in this package, sorted; none is imported."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    return sorted(name for name in modules if name not in _SHARED and not name.startswith("_"))


def _named(name: str) -> Validator:
    if not _NAME.fullmatch(name) or name in _SHARED:
        raise _unknown(name)
    if name.startswith("stdnum."):
        return _from_stdnum(name)
    module = f"{__name__}.{name}"
    try:
        is_valid: Validator = importlib.import_module(module).is_valid
    except ModuleNotFoundError as error:
        if error.name != module:  # the module is there, something it imports is not
            raise
        raise _unknown(name) from None
    return is_valid


def _from_stdnum(name: str) -> Validator:
    from sitclassify.validators.stdnum_adapter import adapt

    try:
        return adapt(name)
    except LookupError:
        raise _unknown(name) from None


def _from_data(spec: Mapping[str, Any]) -> Validator:
    if list(spec) != ["weighted"]:
        keys = ", ".join(map(repr, spec)) or "nothing"
        raise ValueError(f"a validator given as data has the one key 'weighted', not {keys}")
    from sitclassify.validators.weighted import compile_spec

    return compile_spec(spec["weighted"])


def _all_of(validators: list[Validator]) -> Validator:
    if len(validators) == 1:
        return validators[0]
    return lambda value: all(is_valid(value) for is_valid in validators)


def _unknown(name: str) -> ValueError:
    candidates = names()
    if name.startswith("stdnum"):
        from sitclassify.validators.stdnum_adapter import module_names

        candidates = [*candidates, *module_names()]
    import difflib

    near = difflib.get_close_matches(name, candidates, n=3)
    guess = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
    told = f"{guess}Validators: the modules in sitclassify/validators/ and stdnum's."
    return ValueError(f"unknown validator {name!r} - {told}")
