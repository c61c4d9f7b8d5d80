"""`python -m sitclassify`: the command line."""

from __future__ import annotations

from sitclassify.cli import main

if __name__ == "__main__":
    main()
