"""The `finecut` command: reads files or stdin, writes text or `--json`, tells progress on stderr.

Exit codes: 0 fine, 1 findings over the threshold asked for, 2 wrong use, 3 a provider failed.
"""

from service.cli.main import main

__all__ = ["main"]
