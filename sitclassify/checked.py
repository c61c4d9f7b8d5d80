"""YAML checked by a pydantic model, every mistake with its file and line; and the nearest of some names."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sitclassify.errors import Problem, RuleError

if TYPE_CHECKING:
    from sitclassify.yaml_file import YamlFile


def checked(model: Any, file: YamlFile) -> Any:
    """The content of `file` as a `model`; `RuleError` with every mistake found."""
    from pydantic import ValidationError

    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        problems: list[Problem] = []
        for item in error.errors():
            address = tuple(p for p in item["loc"] if not str(p).endswith("Model"))
            what = item["msg"].removeprefix("Value error, ")
            if item["type"] == "extra_forbidden":
                what = f"unknown field '{address[-1]}'"
                remedy = nearest(str(address[-1]), _fields(model, deep=len(address) > 1))
            elif item["type"] == "missing":
                what, remedy = f"field '{address[-1]}' is missing", "add it"
            else:
                shown = item["input"] if isinstance(item["input"], (str, int)) else None
                remedy = f"found '{shown}'" if shown is not None else ""
            problems.extend(file.error(address, what, remedy).problems)
        raise RuleError(problems) from None


def nearest(name: str | None, known: Iterable[str]) -> str:
    """What to say where `name` is none of `known`: the nearest of them, or some that there are."""
    options = list(known)
    near = difflib.get_close_matches(name or "", options, n=3, cutoff=0.5)
    if near:
        return "did you mean " + " or ".join(f"'{n}'" for n in near) + "?"
    return "there are: " + ", ".join(sorted(options)[:12]) if options else "there is none"


def _fields(model: Any, deep: bool) -> list[str]:
    """Field names of `model`, and of the models inside it where the mistake is `deep`."""
    names: set[str] = set()
    tables = [model.model_json_schema(by_alias=True)]
    tables += tables[0].get("$defs", {}).values() if deep else ()
    for table in tables:
        names |= set(table.get("properties", ()))
    return sorted(names)
