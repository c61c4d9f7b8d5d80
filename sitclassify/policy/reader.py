"""Policies by name, from files, and from Python."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitclassify.checked import checked, nearest
from sitclassify.errors import PolicyError, RuleError
from sitclassify.policy.policies import Policies
from sitclassify.policy.schema import Policy
from sitclassify.policy.source import Source
from sitclassify.yaml_file import YamlFile

PACKAGED = Path(__file__).parent / "packaged"  # one YAML file per policy, named after it


def load(policies: str | Path | Policy | Policies | Iterable[Any]) -> Policies:
    """Policies that are applied together.

    Each is the name of a packaged one (`names()`), the path of a YAML file, a `Policy`, or what `load` returned.
    Raises `PolicyError` with file and line of every mistake. Names of SITs are checked where a catalogue is
    read: by `sitclassify.load(policies=...)` and `sitclassify policy check`.

    >>> load("default").policies[0].id
    'default'
    """
    if isinstance(policies, Policies):
        return policies
    asked = [policies] if isinstance(policies, (str, Path, Policy)) else list(policies)
    sources: list[Source] = []
    problems: list[str] = []
    for item in asked:
        try:
            sources += _sources(item)
        except RuleError as error:
            problems.append(str(error))
    ids = [source.policy.id for source in sources]
    problems += [f"two policies are called '{i}': give one another id" for i in _twice(ids)]
    if problems:
        raise PolicyError("\n".join(problems))
    return Policies(sources)


def names() -> list[str]:
    """The names of the packaged policies."""
    return sorted(path.stem for path in PACKAGED.glob("*.yaml"))


def _sources(item: Any) -> Iterable[Source]:
    if isinstance(item, Policies):
        return item.sources
    if isinstance(item, Policy):
        return [Source(item)]
    if isinstance(item, Path) or (isinstance(item, str) and _is_path(item)):
        return [_read(Path(item), str(item))]
    if isinstance(item, str):
        path = PACKAGED / f"{item.strip().casefold()}.yaml"
        if not path.is_file():
            raise PolicyError(f"no packaged policy is called '{item}': {nearest(item, names())}")
        return [_read(path, f"policy/{path.name}")]
    raise PolicyError(f"a policy is a name, a path or a Policy, not {type(item).__name__}")


def _is_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def _read(path: Path, shown: str) -> Source:
    if not path.is_file():
        raise PolicyError(f"no policy file '{shown}'")
    file = YamlFile(path, shown)
    if not isinstance(file.data, dict):
        raise file.error((), "not a mapping", "a policy file begins with `id:`")
    return Source(checked(Policy, file), file)


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
