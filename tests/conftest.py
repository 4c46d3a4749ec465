"""What all tests share: where the development data is, and that it may be absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return the folder of the development data, whether or not it exists."""
    return Path(os.environ.get("FINECUT_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder of the development data; skip where it is absent."""
    folder = data_folder()
    if not folder.is_dir():
        pytest.skip(f"development data not found at {folder} (set FINECUT_DATA)")
    return folder
