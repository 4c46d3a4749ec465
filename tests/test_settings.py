"""Settings: every one is documented, and the defaults need nothing."""

from __future__ import annotations

import pytest

from service.settings import Settings
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"FINECUT_{name.upper()}", raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    alias = Settings.model_fields[name].validation_alias
    variable = alias if isinstance(alias, str) else f"FINECUT_{name.upper()}"
    assert f"| `{variable}` |" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_the_defaults_keep_everything_in_one_folder_on_sqlite() -> None:
    settings = Settings(_env_file=None)
    assert settings.sqlalchemy_url.startswith("sqlite:///")
    assert settings.sqlalchemy_url.endswith("var/finecut.db")
    assert settings.host == "127.0.0.1"


def test_a_database_url_holds_both_films_and_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINECUT_DATABASE_URL", "postgresql+psycopg://one")
    settings = Settings(_env_file=None)
    assert settings.sqlalchemy_url == settings.runs_url == "postgresql+psycopg://one"


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    settings = Settings(_env_file=None)
    assert "sk-very-secret" not in repr(settings)
    assert settings.openai_api_key.get_secret_value() == "sk-very-secret"
