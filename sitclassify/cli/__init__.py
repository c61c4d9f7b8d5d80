"""The command line: `sitclassify scan`, `check`, `list`, `explain`, `compile`, `policy`, `serve`, `key`.

Exit status: 0 done; 1 a detection of the level of `--fail-on`; 2 wrong usage, configuration or rule files; 3 some
input could not be read. 2 beats 3 beats 1. Scanned text is never part of a message.
"""

from __future__ import annotations

INTERRUPTED = 130  # as a shell tells a process ended by Ctrl-C


def main() -> None:
    """Run the command line; never returns normally."""
    try:
        from sitclassify.cli.app import app

        app()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
