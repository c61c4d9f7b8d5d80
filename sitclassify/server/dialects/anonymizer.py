"""Presidio's anonymizer over HTTP, by Presidio's own package: `pip install 'sitclassify[presidio]'`.

Its operators (replace, redact, mask, hash, encrypt, keep) and their results are part of what clients rely on, so they
are not written a second time. What was found is given by the client, as `/analyze` told it.
Source: https://microsoft.github.io/presidio/api-docs/api-docs.html
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict

from sitclassify.server.calls import Call, M, Refused, Reply, validated
from sitclassify.server.core import Core
from sitclassify.server.dialects import Dialect, Operation, presidio

_NO_JSON = "The browser (or proxy) sent a request that this server could not understand."


class Anonymize(BaseModel):
    """A text and what was found in it."""

    model_config = ConfigDict(extra="ignore")

    text: str = ""
    analyzer_results: list[dict[str, Any]] | None = None
    anonymizers: dict[str, dict[str, Any]] | None = None


class Deanonymize(BaseModel):
    """An anonymized text and where its values are."""

    model_config = ConfigDict(extra="ignore")

    text: str = ""
    anonymizer_results: list[dict[str, Any]] | None = None
    deanonymizers: dict[str, dict[str, Any]] | None = None


class _Package:
    """What we need of `presidio-anonymizer`."""

    def __init__(self) -> None:
        package = importlib.import_module("presidio_anonymizer")
        services = importlib.import_module("presidio_anonymizer.services.app_entities_convertor")
        self.read = services.AppEntitiesConvertor
        self.wrong = importlib.import_module("presidio_anonymizer.entities").InvalidParamError
        self.anonymizer = package.AnonymizerEngine()
        self.deanonymizer = package.DeanonymizeEngine()


@functools.cache
def _package() -> _Package:
    try:
        return _Package()
    except ModuleNotFoundError:
        told = "this needs the package 'presidio-anonymizer': pip install 'sitclassify[presidio]'"
        raise Refused(501, told) from None


async def anonymize(core: Core, call: Call) -> Reply:
    """The text with what was found replaced by the operators that `anonymizers` names."""
    asked, package = _read(call, Anonymize), _package()

    def work() -> Any:
        operators = package.read.operators_config_from_json(asked.anonymizers)
        if package.read.check_custom_operator(operators):
            raise Refused(400, "Custom type anonymizer is not supported")
        found = package.read.analyzer_results_from_json(asked.analyzer_results)
        return package.anonymizer.anonymize(asked.text, found, operators=operators)

    return await _answer(core, call, package, work)


async def deanonymize(core: Core, call: Call) -> Reply:
    """The text with encrypted values decrypted."""
    asked, package = _read(call, Deanonymize), _package()

    def work() -> Any:
        entities = package.read.deanonymize_entities_from_json(asked.model_dump())
        operators = package.read.operators_config_from_json(asked.deanonymizers)
        return package.deanonymizer.deanonymize(asked.text, entities, operators=operators)

    return await _answer(core, call, package, work)


def _read(call: Call, model: type[M]) -> M:
    """The body; refused in Presidio's own words where there is none."""
    try:
        content = call.json()
    except Refused as refused:
        raise Refused(refused.status, _NO_JSON) from None
    if not content:
        raise Refused(400, "Invalid request json")
    return validated(content, model)


async def _answer(core: Core, call: Call, package: _Package, work: Callable[[], Any]) -> Reply:
    try:
        result = await core.run(len(call.body), work)
    except package.wrong as error:
        raise Refused(422, error.err_msg) from None
    except (
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
    ):  # it reads what it is given unchecked
        raise Refused(
            422, "a place, a type or an operator is not of the kind it should be"
        ) from None
    return Reply(result.to_json().encode())


async def anonymizers(core: Core, call: Call) -> Reply:
    """The names of all operators."""
    return Reply(_package().anonymizer.get_anonymizers())


async def deanonymizers(core: Core, call: Call) -> Reply:
    """The names of the operators that undo others."""
    return Reply(_package().deanonymizer.get_deanonymizers())


_FOUND = {"start": 10, "end": 21, "score": 0.85, "entity_type": "US_SSN"}
ANONYMIZER = Dialect(
    "anonymizer",
    (
        Operation(
            "anonymize", "POST", ("/anonymize",), anonymize, "Presidio's anonymizer", Anonymize,
            {
                "text": "My SSN is 536-90-4399.",
                "analyzer_results": [_FOUND],
                "anonymizers": {"DEFAULT": {"type": "replace", "new_value": "<hidden>"}},
            },
        ),
        Operation(
            "deanonymize", "POST", ("/deanonymize",), deanonymize, "Undo an encryption", Deanonymize,
            {"text": "Nothing in here.", "anonymizer_results": [], "deanonymizers": {}},
        ),
        Operation("anonymizers", "GET", ("/anonymizers",), anonymizers, "Operators"),
        Operation("deanonymizers", "GET", ("/deanonymizers",), deanonymizers, "Their opposites"),
    ),
    presidio.refused,
    lambda reason, passes: presidio.unchecked(reason, passes=False),
    can_pass=False,
)  # fmt: skip
