"""A policy and where it was written, for messages with an address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sitclassify.errors import Problem
from sitclassify.policy.schema import Condition, Policy
from sitclassify.yaml_file import Address, YamlFile


class Source(NamedTuple):
    """A policy and the file it came from; None for one made in Python."""

    policy: Policy
    file: YamlFile | None = None

    def problem(self, address: Address, what: str, remedy: str = "") -> Problem:
        """A mistake at `address` of the policy."""
        if self.file is not None:
            return self.file.error(address, what, remedy).problems[0]
        where = ".".join(str(part) for part in address)
        return Problem(
            "", 0, f"policy '{self.policy.id}': {what}", f"{where} - {remedy}".strip(" -")
        )

    def conditions(self) -> Iterator[tuple[Address, Condition]]:
        """Every condition of every rule, outer ones first, with its address in the file."""
        for i, rule in enumerate(self.policy.rules):
            yield from inside(rule.when, ("rules", i, "when"))


def inside(
    condition: Condition | None, address: Address = ()
) -> Iterator[tuple[Address, Condition]]:
    """`condition` and every one inside it, with their addresses; outer ones first."""
    if condition is None:
        return
    yield address, condition
    for name in ("all", "any"):
        for i, part in enumerate(getattr(condition, name) or ()):
            yield from inside(part, (*address, name, i))
    yield from inside(condition.not_, (*address, "not"))
