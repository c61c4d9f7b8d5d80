"""A server of the Model Context Protocol whose tools find and redact sensitive information.

`python -m sitclassify.hooks.mcp` speaks over standard input and output; `serve(guard)` makes a server of one's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

try:
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
except ImportError:  # 1.x
    from mcp.server.fastmcp import FastMCP as MCPServer
    from mcp.server.fastmcp.exceptions import ToolError

from sitclassify.hooks.guard import Guard

T = TypeVar("T")


def serve(guard: Guard) -> Any:
    """A server with the tools `scan` and `redact`; `run` starts it."""
    server = MCPServer("sitclassify")

    def scan(text: str) -> list[dict[str, Any]]:
        """Sensitive information in a text: what it is, where (start, end), and how sure. Never the values."""
        result = _asked(lambda: guard.scanner.scan(text))
        names = result.about.names
        return [
            {"sit": d.sit, "name": names[d.sit].name, "start": d.start, "end": d.end, "confidence": d.confidence}
            for d in result.best()
        ]  # fmt: skip

    def redact(text: str) -> str:
        """The text with sensitive information replaced by labels such as <EMAIL_ADDRESS>."""
        return _asked(lambda: guard.scanner.scan(text).redact("label").text)

    for tool in (scan, redact):
        server.tool()(tool)
    return server


def _asked(work: Callable[[], T]) -> T:
    """What `work` says. An error of the tool, whatever fails: there is nothing that could pass instead."""
    try:
        return work()
    except Exception as error:
        reason = type(error).__name__
    raise ToolError(f"not checked: {reason}")


if __name__ == "__main__":
    serve(Guard()).run()
