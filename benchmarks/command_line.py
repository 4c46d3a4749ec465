"""The command line of a benchmark: its docstring is the help."""

from __future__ import annotations

import argparse


def command_line(name: str, doc: str | None) -> argparse.ArgumentParser:
    """Return a parser for `python -m benchmarks.NAME`, which knows `--help` and takes nothing yet."""
    return argparse.ArgumentParser(
        prog=f"python -m benchmarks.{name}",
        description=doc,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
