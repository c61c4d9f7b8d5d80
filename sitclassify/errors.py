"""Everything sitclassify raises on purpose. `scan` itself raises `TypeError` only."""

from __future__ import annotations


class SitclassifyError(Exception):
    """Base of all errors of this package."""


class RuleError(SitclassifyError):
    """A SIT file says something it cannot mean.

    Carries one or more problems, each with its address, so that one run shows all of them.
    """

    def __init__(self, problems: list[Problem] | str) -> None:
        self.problems = [Problem("", 0, problems, "")] if isinstance(problems, str) else problems
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problem:
    """One mistake: file and line, what is wrong, where in the file and what to do."""

    __slots__ = ("line", "path", "remedy", "what")

    def __init__(self, path: str, line: int, what: str, remedy: str) -> None:
        self.path, self.line, self.what, self.remedy = path, line, what, remedy

    def __str__(self) -> str:
        address = f"{self.path}:{self.line}: " if self.path else ""
        return f"{address}{self.what}" + (f"\n  {self.remedy}" if self.remedy else "")


class CompileError(SitclassifyError):
    """Hyperscan refuses an expression; the message names the SIT and the element."""


class ModelError(SitclassifyError):
    """A trained model is missing, incomplete or not the one its digest promises."""


class ConfigurationError(SitclassifyError):
    """An argument or a configuration asks for what cannot be."""


class UnknownSitError(ConfigurationError):
    """No SIT of this id, name, GUID, category, country or foreign name."""


class PolicyError(ConfigurationError):
    """A policy says something it cannot mean, or lacks what it needs."""


class AuditError(SitclassifyError):
    """Audit is mandatory, and the event could not be written."""


class PolicyWarning(UserWarning):
    """A policy names SITs that do not exist yet."""


class TextNotKept(SitclassifyError):  # noqa: N818 - the contract's name
    """The result has come through pickle or JSON and no longer holds the scanned text."""
