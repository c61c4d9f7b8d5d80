"""YAML with line numbers: the one place that reads YAML.

Every scalar is a string (plain YAML turns the words `no`, `on` and `yes` into booleans, and keyword lists
hold such words); pydantic turns strings into numbers where a number is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from sitclassify.errors import Problem, RuleError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Address = tuple[str | int, ...]


class YamlFile:
    """One YAML document: `data`, and the line of each of its parts."""

    def __init__(self, path: Path, shown: str | None = None) -> None:
        self.path = shown or str(path)
        self._lines: dict[Address, int] = {}
        try:
            text = path.read_text(encoding="utf-8")
            node = yaml.compose(text, Loader=_Loader)
        except UnicodeDecodeError as error:
            raise self.error((), f"not UTF-8: {error.reason}", "save the file as UTF-8") from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            what = f"not YAML: {error.problem or error.context}"
            raise RuleError([Problem(self.path, line, what, "mend the syntax here")]) from None
        except yaml.YAMLError as error:
            raise self.error((), f"not YAML: {error}", "mend the syntax") from None
        self.data: Any = None if node is None else self._build(node, ())

    def _build(self, node: yaml.Node, address: Address) -> Any:
        self._lines[address] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            mapping: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in mapping:
                    line = key_node.start_mark.line + 1
                    problem = Problem(self.path, line, f"'{key}' stands twice", "keep one of them")
                    raise RuleError([problem])
                mapping[key] = self._build(value_node, (*address, key))
            return mapping
        if isinstance(node, yaml.SequenceNode):
            return [self._build(item, (*address, i)) for i, item in enumerate(node.value)]
        if node.tag == "tag:yaml.org,2002:null" and not node.value:
            return None
        return node.value

    def line(self, address: Address) -> int:
        """Line of the part at `address`, or of the nearest part around it; 1-based."""
        while address and address not in self._lines:
            address = address[:-1]
        return self._lines.get(address, 1)

    def error(self, address: Address, what: str, remedy: str = "") -> RuleError:
        """A `RuleError` that points at the part at `address`."""
        where = ".".join(str(part) for part in address)
        told = f"{where} - {remedy}" if where and remedy else where or remedy
        return RuleError([Problem(self.path, self.line(address), what, told)])
