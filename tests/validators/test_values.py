"""Every validator: its own examples, and that no text makes it raise."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitclassify import validators
from sitclassify.validators.stdnum_adapter import adapt

MODULES = sorted(module.name for module in pkgutil.iter_modules(validators.__path__))
ADAPTED = ["stdnum.nl.bsn", "stdnum.fi.hetu", "stdnum.cn.ric", "stdnum.eu.vat"]
CHECKS = {name: validators.resolve(name) for name in validators.names() + ADAPTED}
LIKELY = "0123456789 -./:@_+xX*(),>|\n\tABCDEFGHIJKLMNOPQRSTUVWYZabcdefeyJ[]%"
AWKWARD = [
    *("", " ", "\0", "\ud800", "\N{ARABIC-INDIC DIGIT ONE}" * 9, "1\N{SUPERSCRIPT TWO}3"),
    *("\N{FULLWIDTH DIGIT ONE}" * 9, "\N{LATIN SMALL LETTER SHARP S}" * 9, "-" * 20, "0" * 9),
    *("::", "@", ".", "+", "eyJ.eyJ.", "4" * 19, "+" * 9),
]
LONG = [part * 8_192 for part in ("11", "aa", " 1", "[[", "1.", "a@", "::", "9X", "..")]
LONG.append("eyJ" + "W1tb" * 4_000 + ".eyJ9.")  # brackets nested deeper than the JSON reader goes


@pytest.mark.parametrize("name", ["", *MODULES])
def test_docstring_examples_hold(name: str) -> None:
    module = importlib.import_module(f"{validators.__name__}.{name}".rstrip("."))
    failed, tried = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert failed == 0
    assert tried > 0


def test_every_docstring_shows_right_and_wrong_values() -> None:
    for name in validators.names():
        shown = str(importlib.import_module(f"{validators.__name__}.{name}").__doc__)
        assert "True" in shown and "False" in shown, name


@pytest.mark.parametrize("name", CHECKS)
def test_awkward_and_long_texts_are_answered(name: str) -> None:
    for text in AWKWARD + LONG:
        assert CHECKS[name](text) in (True, False)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(LIKELY, max_size=45)))
def test_no_text_raises(text: str) -> None:
    for is_valid in CHECKS.values():
        assert is_valid(text) in (True, False)


def test_shapes_with_noise_raise_nothing() -> None:
    """Examples of each docstring with characters swapped, dropped and doubled."""
    rng = random.Random(7)
    for name, is_valid in CHECKS.items():
        if name == "phone_number":  # dear, and tried above
            continue
        text = str(sys.modules[is_valid.__module__].__doc__)
        for value in [part for part in text.split('"') if 5 < len(part) < 60][:6]:
            for _ in range(40):
                at = rng.randrange(len(value))
                noise = rng.choice(["", rng.choice(LIKELY), value[at] * 2, "é", "\u0663"])
                assert is_valid(value[:at] + noise + value[at + 1 :]) in (True, False)


def test_separators_of_any_kind_do_not_matter() -> None:
    values = {"luhn": "4111111111111111", "nl_bsn": "111222333", "iban": "GB82WEST12345698765432"}
    for name, value in values.items():
        for separator in (" ", "\n", "\n> ", " - ", ".", "/", "\t|"):
            assert CHECKS[name](separator.join((value[:3], value[3:6], value[6:])))


def test_stdnum_adapter_tries_without_separators() -> None:
    assert adapt("stdnum.us.ssn")("536 90\n4399")
    assert not adapt("stdnum.us.ssn")("536904399" + " " * 300)


def test_importing_the_package_imports_no_validator() -> None:
    script = (
        "import sys, sitclassify.validators as v;"
        "ours = [f'{v.__name__}.{name}' for name in v.names()];"
        "print([name for name in [*ours, 'stdnum', 'phonenumbers'] if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
