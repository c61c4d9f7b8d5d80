"""How the package hangs together: who imports whom, what importing costs, what is public."""

from __future__ import annotations

import ast
import doctest
import functools
import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

import sitclassify
from sitclassify import api
from sitclassify.scanner import Scanner

PACKAGE = Path(sitclassify.__file__).parent
FLOORS = [  # from the top; a module imports from floors below its own, or from its own as `SAME` says
    {"cli", "__main__", "check", "purview", "server", "json_schemas"},
    {"batch", "hooks"},
    {"__init__"},
    {"api"},
    {"loading"},
    {"release", "verdicts"},
    {"policy", "audit"},
    {"scanner"},
    {"stream"},
    {"selection", "detector", "conversation", "classifiers", "pending"},
    {"readings"},
    {"judgement"},
    {"hits", "known"},
    {"compiler"},
    {"plan", "choice", "catalogue"},
    {
        "candidates",
        "evidence",
        "confidence",
        "labels",
        "columns",
        "boundaries",
        "placeholders",
        "encodings",
        "entities",
        "windows",
    },
    {"leads"},
    {"gate", "tables", "text", "matcher", "loaded", "schema", "yaml_file", "checked"},
    {
        "rules",
        "results",
        "redaction",
        "expressions",
        "errors",
        "validators",
        "resources",
        "confusables",
    },
]
SAME = {  # module -> what it may import of its own floor
    "__main__": {"cli"}, "cli": {"check", "purview", "server"},
    "catalogue": {"plan"}, "checked": {"yaml_file"}, "resources": {"errors"},
    "results": {"rules", "errors", "redaction"},
    "redaction": {"rules", "errors"},
    "audit": {"policy"},
}  # fmt: skip
STAGES = {
    "candidates",
    "evidence",
    "confidence",
    "labels",
    "columns",
    "boundaries",
    "placeholders",
    "encodings",
    "text",
}
OWNERS = {
    "hyperscan": {"matcher.py"},
    "yaml": {"yaml_file.py"},
    "sklearn": {"classifiers"},
    "spacy": {"entities"},
    "pydantic": {"schema.py", "checked.py", "policy", "server", "json_schemas.py"},
    "pydantic_core": {"server"},
    "fastapi": {"server", "hooks"},
    "uvicorn": {"server"},
    "prometheus_client": {"server"},
    "stdnum": {"validators"},
    "phonenumbers": {"validators"},
    "rich": {"cli"},
    "typer": {"cli"},
    "pyarrow": {"batch"},
    "faker": {"redaction"},
    "cryptography": {"redaction"},
    "opentelemetry": {"audit", "hooks"},
    "agents": {"hooks"},
    "mcp": {"hooks"},
    "litellm": {"hooks"},
    "langchain": {"hooks"},
    "langchain_core": {"hooks"},
    "docx": {"classifiers", "batch"},
    "pptx": {"batch"},
    "pypdfium2": {"batch"},
    "python_calamine": {"batch"},
    "pypdf": {"classifiers"},
}
FILES = sorted(PACKAGE.rglob("*.py"))
LATE = [
    "pydantic",
    "yaml",
    "numpy",
    "sklearn",
    "spacy",
    "pyarrow",
    "rich",
    "typer",
    "fastapi",
    "uvicorn",
    "stdnum",
    "phonenumbers",
    "faker",
    "cryptography",
    "opentelemetry",
]


def room(path: Path) -> str:
    """The module or folder directly in the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imported(path: Path) -> frozenset[str]:
    """Dotted names a file imports anywhere, also inside functions and for type checking."""
    return frozenset(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{module}.{alias.name}" for alias in node.names)


@functools.cache
def uses() -> dict[str, set[str]]:
    """Which rooms of the package each room imports; the version is no part of the wiring."""
    graph: dict[str, set[str]] = {room(path): set() for path in FILES}
    for path in FILES:
        for name in imported(path):
            parts = name.split(".")
            if parts[0] == "sitclassify" and parts[1:] != ["__version__"]:
                graph[room(path)].add(
                    parts[1] if parts[-1:] != parts[:1] and parts[1] in graph else "__init__"
                )
    return {name: used - {name} for name, used in graph.items()}


def test_no_circle() -> None:
    TopologicalSorter(uses()).prepare()


@pytest.mark.parametrize("name", sorted(uses()))
def test_imports_go_down(name: str) -> None:
    floor = {module: i for i, modules in enumerate(FLOORS) for module in modules}
    assert name in floor, f"a new module: give {name} a floor here"
    allowed = {m for m, i in floor.items() if i > floor[name]} | SAME.get(name, set())
    if floor[name] == 0:
        allowed |= {"__init__"}
    assert uses()[name] <= allowed


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_stages_never_import_each_other(stage: str) -> None:
    assert not uses()[stage] & (STAGES | {"matcher", "classifiers"})


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_library_has_one_owner(library: str) -> None:
    users = {
        path.relative_to(PACKAGE).parts[0]
        for path in FILES
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert users <= OWNERS[library]


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_importing_is_cheap() -> None:
    code = f"import sitclassify, sys; print([m for m in {LATE} if m in sys.modules])"
    assert run(code).strip() == "[]"


def test_a_warm_load_reads_no_yaml(cache_folder: Path) -> None:
    """Neither YAML nor pydantic nor a validator's library is imported where the cache holds the tables."""
    toy = Path(__file__).parent / "toy"
    load = f"sitclassify.load(catalogue={str(toy)!r}, classifiers=(), cache={str(cache_folder / 'warm')!r})"
    run(f"import sitclassify; {load}")
    told = run(
        f"import sitclassify, sys; s = {load}; s.scan('account 4111111111111111');"
        f" print([m for m in {LATE} if m in sys.modules])"
    )
    assert told.strip() == "[]"


def test_what_is_public() -> None:
    names = sitclassify.__all__
    assert names == sorted(names)
    assert len(set(names)) == len(names)
    for name in names:
        assert hasattr(sitclassify, name)
    public = {
        n for n, v in vars(sitclassify).items() if not n.startswith("_") and not inspect.ismodule(v)
    }
    assert public - {"annotations"} == set(names)


@pytest.mark.parametrize("name", sitclassify.__all__)
def test_what_is_public_has_a_docstring(name: str) -> None:
    item = getattr(sitclassify, name)
    assert item.__doc__
    for member, value in vars(item).items() if inspect.isclass(item) else ():
        if not member.startswith("_") and inspect.isfunction(value):
            assert value.__doc__, f"{name}.{member}"


@pytest.mark.parametrize(
    "error", [n for n in sitclassify.__all__ if n.endswith("Error") or n == "TextNotKept"]
)
def test_every_error_is_ours(error: str) -> None:
    assert issubclass(getattr(sitclassify, error), sitclassify.SitclassifyError)
    assert issubclass(sitclassify.UnknownSitError, sitclassify.ConfigurationError)
    assert issubclass(sitclassify.PolicyError, sitclassify.ConfigurationError)


def few(**arguments: Any) -> Scanner:
    """`load()` without the half minute that the whole catalogue takes to compile; the rest as it is asked for."""
    return sitclassify.load(**arguments or {"sits": "us-social-security-number", "classifiers": ()})


EXTRAS = {  # what not every checkout installs
    "fastapi", "uvicorn", "prometheus_client", "httpx", "agents", "mcp", "litellm", "langchain", "langchain_core",
}  # fmt: skip
MODULES = [
    m.name
    for m in pkgutil.walk_packages(sitclassify.__path__, "sitclassify.")
    if not m.name.startswith("sitclassify.validators") and not m.name.endswith("__main__")
]


@pytest.mark.parametrize("name", ["sitclassify", *MODULES])
def test_doctests(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The validators' examples are run beside the validators."""
    monkeypatch.setattr(api, "load", few)  # what `sitclassify.scan` loads
    monkeypatch.setattr(api, "_default", [])
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if str(error.name).split(".")[0] not in EXTRAS:
            raise
        pytest.skip(f"needs the extra with {error.name}")
    assert module.__doc__
    assert doctest.testmod(module, optionflags=doctest.ELLIPSIS).failed == 0


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_module_reads_the_environment_or_a_clock(path: Path) -> None:
    """`cli` alone obeys NO_COLOR; the cache folder is platformdirs'. A server has clocks and a log."""
    if room(path) in ("cli", "__main__", "server"):
        return
    assert not imported(path) & {
        "time",
        "logging",
        "random",
        "pickle",
        "joblib",
        "os.environ",
        "os.getenv",
    }
    attributes = {n.attr for n in ast.walk(parsed(path)) if isinstance(n, ast.Attribute)}
    assert not attributes & {"environ", "getenv"}
