"""`resolve` and weighted sums as data."""

from __future__ import annotations

import random
from typing import Any

import pytest

from sitclassify import validators
from sitclassify.validators.stdnum_adapter import adapt

BSN = {"weights": [9, 8, 7, 6, 5, 4, 3, 2, -1], "modulus": 11}


def test_names_are_the_modules_without_the_shared_ones() -> None:
    names = validators.names()
    assert {"luhn", "iban", "us_ssn"} <= set(names)
    assert not {"digits", "weighted", "stdnum_adapter", "dates"} & set(names)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("luhm", "unknown validator 'luhm' - did you mean 'luhn'"),
        ("stdnum.nl.bns", "unknown validator 'stdnum.nl.bns' - did you mean 'stdnum.nl.bsn'"),
        ("stdnum.util", "unknown validator 'stdnum.util'"),
        ("stdnum", "unknown validator 'stdnum'"),
        ("digits", "unknown validator 'digits'"),
        ("weighted", "unknown validator 'weighted'"),
        ("stdnum_adapter", "unknown validator 'stdnum_adapter'"),
        ("os.path", "unknown validator 'os.path'"),
        ("stdnum..nl", "unknown validator"),
        ("", "unknown validator ''"),
        ([], "a validator is a name"),
        (None, "a validator is a name"),
        ({}, "the one key 'weighted', not nothing"),
        ({"weigthed": BSN}, "the one key 'weighted', not 'weigthed'"),
        (["luhn", "luhm"], "did you mean 'luhn'"),
    ],
)
def test_a_bad_spec_is_told(spec: Any, message: str) -> None:
    with pytest.raises(ValueError) as raised:
        validators.resolve(spec)
    assert message in str(raised.value)


def test_the_message_is_complete() -> None:
    with pytest.raises(ValueError) as raised:
        validators.resolve("stdnum.nl.bns")
    assert str(raised.value).endswith(
        "? Validators: the modules in sitclassify/validators/ and stdnum's."
    )


def test_all_of_a_list_must_accept() -> None:
    is_valid = validators.resolve(["us_npi", "luhn"])
    assert not is_valid("1234567893")  # NPI, but its own digits are no Luhn number
    assert validators.resolve(["us_npi"])("1234567893")
    assert validators.resolve(["luhn", {"weighted": {"weights": [1] * 2, "modulus": 9}}])("18")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"modulus": None}, "modulus: None is not a whole number"),
        ({"modulus": "1"}, "modulus must be at least 2"),
        ({"weights": []}, "weights must be a list"),
        ({"weights": "987"}, "weights must be a list"),
        ({"weights": [9, "x"]}, "weights: 'x' is not a whole number"),
        ({"weigths": []}, "unknown key 'weigths'; the keys are weights, modulus"),
        ({"remainder": 11}, "remainder must be 0..10"),
        ({"map": {10: "X"}}, "'map' needs 'check'"),
        ({"check": "sum"}, "check must be remainder or complement, not 'sum'"),
        ({"check": "remainder", "remainder": 0}, "exclude each other"),
        ({"check": "remainder", "map": {"a": "X"}}, "map: 'a' is not a whole number"),
        ({"check": "remainder", "map": {12: "X"}}, "map: value 12 is outside 0..11"),
        ({"check": "remainder", "map": {10: "XY"}}, "'XY' is neither one letter"),
        ({"check": "remainder", "map": ["X"]}, "map must be a mapping"),
        ({"alphabet": "yes"}, "alphabet must be true or false"),
        ({"alphabet": {"AB": 1}}, "'AB' is not one letter or digit"),
        ({"alphabet": {"A": 100}}, "the value of 'A' must be 0..99"),
        ({"product_digits": "true"}, "weights that are not negative"),
    ],
)
def test_a_bad_weighted_spec_is_told(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as raised:
        validators.resolve({"weighted": {**BSN, **change}})
    assert str(raised.value).startswith("validator weighted: ")
    assert message in str(raised.value)


def test_a_weighted_spec_needs_weights_and_modulus() -> None:
    for spec in ({"modulus": 11}, {"weights": [1]}):
        with pytest.raises(ValueError, match="is missing"):
            validators.resolve({"weighted": spec})
    with pytest.raises(ValueError, match="a mapping is expected"):
        validators.resolve({"weighted": [1, 2]})


CHILE = {
    "weights": [3, 2, 7, 6, 5, 4, 3, 2], "modulus": 11, "check": "complement", "map": {10: "K"},
}  # fmt: skip
COLOMBIA = {
    "weights": [41, 37, 29, 23, 19, 17, 13, 7, 3], "modulus": 11,
    "check": "remainder", "map": {i: str((11 - i) % 11 if i > 1 else i) for i in range(11)},
}  # fmt: skip
SPECS: dict[str, tuple[dict[str, Any], str]] = {
    "stdnum.nl.bsn": (BSN, "ddddddddd"),
    "stdnum.us.rtn": ({"weights": [3, 7, 1, 3, 7, 1, 3, 7, 1], "modulus": 10}, "ddddddddd"),
    "stdnum.gb.nhs": ({"weights": list(range(10, 0, -1)), "modulus": 11}, "dddddddddd"),
    "stdnum.pl.nip": ({"weights": [6, 5, 7, 2, 3, 4, 5, 6, 7, -1], "modulus": 11}, "d" * 10),
    "stdnum.au.tfn": ({"weights": [1, 4, 3, 7, 5, 8, 6, 9, 10], "modulus": 11}, "d" * 9),
    "stdnum.cl.rut": (CHILE, "d" * 8 + "k"),
    "stdnum.co.nit": (COLOMBIA, "d" * 10),
    # Numbers as strings, as the reader of YAML gives them.
    "stdnum.pl.regon": (
        {"weights": list("89234567"), "modulus": "11", "check": "remainder", "map": {"10": "0"}},
        "d" * 9,
    ),
    "stdnum.luhn": ({"weights": [2, 1] * 4, "modulus": 10, "product_digits": "true"}, "d" * 8),
    "stdnum.ch.ssn": ({"weights": [1, 3] * 6 + [1], "modulus": 10}, "756dddddddddd"),
    "stdnum.cusip": (
        {"weights": [1, 2] * 4, "modulus": 10, "check": "complement", "alphabet": "true",
         "product_digits": "true"},
        "aaaaaaaad",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPECS)
def test_weighted_data_agrees_with_stdnum(name: str) -> None:
    spec, shape = SPECS[name]
    ours, theirs = validators.resolve({"weighted": spec}), adapt(name)
    rng = random.Random(name)
    pools = {"d": "0123456789", "a": "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", "k": "0123456789K"}
    accepted = 0
    for _ in range(3000):
        value = "".join(rng.choice(pools.get(place, place)) for place in shape)
        accepted += ours(value)
        assert ours(value) == theirs(value), value
    assert accepted > 30


def test_reject_and_custom_letters() -> None:
    spec = {"weights": [2, 1], "modulus": 11, "check": "remainder", "map": {10: "reject", 0: "A"}}
    is_valid = validators.resolve({"weighted": spec})
    assert is_valid("125 ") is False
    assert is_valid("12-4") and is_valid("00a") and not is_valid("000") and not is_valid("42X")
    custom = {"weights": [1, 1], "modulus": 5, "alphabet": {"a": 4}}
    assert validators.resolve({"weighted": custom})("A1")
    assert not validators.resolve({"weighted": custom})("B1")


def test_a_complement_equal_to_the_modulus_is_zero() -> None:
    spec = {"weights": [1, 1], "modulus": 10, "check": "complement"}
    assert validators.resolve({"weighted": spec})("190")
    assert not validators.resolve({"weighted": {**spec, "map": {10: "reject"}}})("190")
