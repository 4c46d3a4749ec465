"""`python -m service.sources PATH`: any source as JSON Lines on stdout.

A line is a film record, or [path, line, reason, field] of what could not be used. Ends by itself when
nobody reads on.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import closing
from pathlib import Path

import orjson

from service.sources.read import read_records
from service.sources.rows import BadRow


def main(path: Path) -> None:
    """Write the records of `path`."""
    out = sys.stdout.buffer
    with closing(read_records(path)) as items:
        for item in items:
            if isinstance(item, BadRow):
                line = [str(item.path), item.line, item.reason, item.field]
                out.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
            else:
                out.write(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE))
        out.flush()


def _end(*_: object) -> None:
    sys.exit(1)


gc.freeze()
gc.set_threshold(50_000)  # a block of titles is many objects and no cycles
signal.signal(signal.SIGTERM, _end)  # so that what it keeps on disk is taken away
try:
    main(Path(sys.argv[1]))
except (BrokenPipeError, KeyboardInterrupt):
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere, in silence
    sys.exit(1)
