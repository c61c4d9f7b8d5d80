"""Modules of python-stdnum as validators (https://arthurdejong.org/python-stdnum/).

>>> adapt("stdnum.nl.bsn")("1112.22.333"), adapt("stdnum.nl.bsn")("111222334")
(True, False)
>>> adapt("stdnum.us.ssn")("536 90 4399")
True
>>> adapt("stdnum.nl.vat")
Traceback (most recent call last):
    ...
LookupError: stdnum.nl.vat
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator

from sitclassify.validators.digits import compact

_MAX_LENGTH = 300  # characters; no number is longer, and some checks of stdnum are quadratic


def adapt(name: str) -> Callable[[str], bool]:
    """The validator of the stdnum module `name`; `LookupError` when there is none of that name."""
    try:
        checked = importlib.import_module(name).is_valid
    except (ImportError, AttributeError):
        raise LookupError(name) from None

    def is_valid(value: str) -> bool:
        if len(value) > _MAX_LENGTH:
            return False
        try:
            # Each module strips its own choice of separators, some need one: so both forms.
            return bool(checked(value) or checked(compact(value)))
        except Exception:  # stdnum promises no more than it tests: a text must never raise here
            return False

    return is_valid


def module_names() -> Iterator[str]:
    """Names of stdnum's modules, for suggestions."""
    import stdnum

    packages = [("stdnum", list(stdnum.__path__))]
    for package, path in packages:
        for module in pkgutil.iter_modules(path):
            name = f"{package}.{module.name}"
            yield name
            if module.ispkg:
                packages.append((name, list(importlib.import_module(name).__path__)))
