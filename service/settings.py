"""Settings, read from the environment (`FINECUT_…`) and `.env` by the app and the command line alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set from outside. Each setting is described in docs/settings.md."""

    model_config = SettingsConfigDict(
        env_prefix="FINECUT_", env_file=".env", frozen=True, extra="ignore", populate_by_name=True
    )

    home: Path = Field(
        Path("var"), description="Folder of the database and of everything else that Finecut keeps."
    )
    database_url: str = Field(
        "", description="SQLAlchemy URL of the database; empty: SQLite in FINECUT_HOME."
    )
    model: str = Field(
        "",
        description="Model as `provider:name`, `embedded` or `none`; empty: OpenAI where OPENAI_API_KEY is "
        "set, else embedded.",
    )
    reach: Literal["", "none", "sentence", "article"] = Field(
        "", description="How far the model may be trusted with prose; empty: by the model's name."
    )
    gguf: Path | None = Field(None, description="Weights of the embedded model instead of the shipped ones.")
    openai_api_key: SecretStr = Field(
        SecretStr(""),
        validation_alias="OPENAI_API_KEY",
        description="Key of OpenAI or of a compatible server.",
    )
    openai_base_url: str = Field(
        "", validation_alias="OPENAI_BASE_URL", description="Address of any OpenAI-compatible server."
    )
    model_timeout: Annotated[float, Field(gt=0)] = Field(
        60.0, description="Seconds to wait for one answer of the model."
    )
    model_retries: Annotated[int, Field(ge=0, le=10)] = Field(
        3, description="How often a failed call (429, 5xx, no connection) is tried again."
    )
    model_cache: bool = Field(True, description="Answer identical calls from memory.")
    prices: Path | None = Field(
        None, description="TOML file of prices per model that overrides the shipped table."
    )
    model_fallbacks: str = Field(
        "", description="Models to ask in turn where the first cannot be reached, separated by commas."
    )
    tokens_per_minute: int = Field(0, ge=0, description="Tokens of the model a minute; 0: no limit.")
    requests_per_minute: int = Field(0, ge=0, description="Calls of the model a minute; 0: no limit.")
    budget_tokens: int = Field(0, ge=0, description="Tokens one request may spend; 0: no limit.")
    budget_usd: float = Field(0.0, ge=0, description="US dollars one request may spend; 0: no limit.")
    batch_poll: Annotated[float, Field(ge=1)] = Field(
        20.0, description="Seconds between two looks at a batch that the provider's own Batch API has."
    )
    tracing: bool = Field(False, description="Leave LangSmith tracing on where its own variables ask for it.")
    run_here: Annotated[int, Field(ge=0, le=1000)] = Field(
        32,
        description="On Postgres, runs worked on here at a time; 0: leave all to `finecut worker`.",
    )
    host: str = Field("127.0.0.1", description="Address to serve on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to serve on.")
    wait: float = Field(
        60.0, ge=0, le=600, description="Seconds a POST waits for its result before it answers 202."
    )
    max_body: int = Field(4_000_000, gt=0, description="Largest request body, in bytes.")

    auth: Literal["", "keys", "off"] = Field(
        "", description="Whether callers need an API key; empty: on every address but loopback."
    )
    log: Literal["text", "json"] = Field(
        "text", description="What goes to stderr: warnings as text, or every request as JSON."
    )
    hosts: str = Field(
        "",
        description="Names that requests may be addressed to, separated by commas; empty: loopback's own "
        "where no key is asked for, else any.",
    )
    webhook_key: SecretStr = Field(
        SecretStr(""), description="What the secrets of webhooks are derived from, so that none is stored."
    )
    webhook_private: bool = Field(
        False, description="Whether webhooks may lead to private and loopback addresses, and by http."
    )
    keep_days: int = Field(
        30, ge=0, description="Days that ended runs, their events and ended batches are kept; 0: for ever."
    )
    keep_results_days: int = Field(0, ge=0, description="Days that reviews and edits are kept; 0: for ever.")
    rate_per_minute: int = Field(
        600, gt=0, description="Requests a minute of an API key that has no rate of its own."
    )

    tmdb_key: SecretStr = Field(SecretStr(""), description="Key of TMDB, to fetch films from it.")
    tmdb_url: str = Field("https://api.themoviedb.org/3", description="Address of TMDB's API.")
    omdb_key: SecretStr = Field(SecretStr(""), description="Key of OMDb, to fetch films from it.")
    omdb_url: str = Field("https://www.omdbapi.com", description="Address of OMDb's API.")
    wikidata_url: str = Field(
        "https://www.wikidata.org/w/api.php", description="Address of Wikidata's API, which needs no key."
    )
    fetch_timeout: Annotated[float, Field(gt=0)] = Field(
        15.0, description="Seconds to wait for one answer of a service that films are fetched from."
    )
    fetch_keep: Annotated[float, Field(ge=0)] = Field(
        168.0, description="Hours for which a service's answers are kept and not asked for again."
    )
    fetch_agent: str = Field(
        "", description="How Finecut names itself to those services; best with an address to write to."
    )

    @property
    def sqlalchemy_url(self) -> str:
        """Return the URL of the database."""
        return self.database_url or f"sqlite:///{(self.home / 'finecut.db').resolve()}"

    @property
    def runs_url(self) -> str:
        """Return the URL of the database of durable runs; on SQLite a file of its own."""
        return self.database_url or f"sqlite:///{(self.home / 'runs.db').resolve()}"
