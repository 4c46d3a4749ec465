"""`finecut keys`: create, list, revoke."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

import typer

from service.access import ApiKey, Scope, issue
from service.app import Finecut
from service.cli.console import out, out_json, say
from service.cli.exits import exiting
from service.cli.running import finecut, run
from service.films import JSON
from service.writing.ports import Usage
from service.writing.spending import month_of

app = typer.Typer(help="API keys of the HTTP service.", no_args_is_help=True)


@app.command("create")
@exiting
def create(
    name: Annotated[str, typer.Argument(help="What the key is for, such as the site that will use it.")],
    scope: Annotated[
        Scope, typer.Option(help="read; write: also drafts and edits; admin: also films, webhooks.")
    ] = Scope.WRITE,
    per_minute: Annotated[
        int | None, typer.Option(min=1, help="Requests a minute; else FINECUT_RATE_PER_MINUTE.")
    ] = None,
    budget_tokens: Annotated[
        int | None, typer.Option(min=1, help="Tokens of models that it may use in a calendar month (UTC).")
    ] = None,
    budget_usd: Annotated[
        float | None, typer.Option(min=0.01, help="US dollars that it may spend on models in a month.")
    ] = None,
) -> None:
    """Create a key and write it to stdout, once: only its hash is kept."""

    async def work(service: Finecut) -> None:
        dollars = None if budget_usd is None else Decimal(str(budget_usd))
        key, text = issue(name, scope, per_minute, budget_tokens=budget_tokens, budget_usd=dollars)
        await service.keys.add(key)
        say(f"Key {key.id} ({scope.value}) for {name}. It is not shown again.")
        out(text)

    run(finecut(), work)


@app.command("list")
@exiting
def list_keys(as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False) -> None:
    """List the keys, never their secrets."""

    async def work(service: Finecut) -> None:
        keys = await service.keys.list()
        spent = await service.spending.of_month(month_of(datetime.now(UTC)))
        if as_json:
            out_json(
                [
                    {
                        "id": key.id,
                        "name": key.name,
                        "scope": key.scope.value,
                        "per_minute": key.per_minute,
                        "budget": {
                            "tokens": key.budget_tokens,
                            "usd": None if key.budget_usd is None else float(key.budget_usd),
                        },
                        "spent_this_month": _spent_json(spent.get(key.id, Usage())),
                        "created": key.created.isoformat(),
                        "revoked": key.revoked.isoformat() if key.revoked else None,
                    }
                    for key in keys
                ]
            )
            return
        for key in keys:
            state = f"revoked {key.revoked:%Y-%m-%d}" if key.revoked else "in force"
            used = _spent(key, spent.get(key.id, Usage()))
            out(f"{key.id}\t{key.scope.value}\t{state}\t{used}\t{key.name}")
        if not keys:
            say("There are no keys.")

    run(finecut(), work)


def _spent(key: ApiKey, spent: Usage) -> str:
    """Return what a key has spent this month, beside its budgets."""
    tokens = f"{spent.prompt_tokens:,}"
    dollars = f"${spent.cost or 0:.2f}"
    if key.budget_tokens is not None:
        tokens += f" of {key.budget_tokens:,}"
    if key.budget_usd is not None:
        dollars += f" of ${key.budget_usd:.2f}"
    return f"{tokens} tokens, {dollars} this month"


def _spent_json(spent: Usage) -> dict[str, JSON]:
    """Return what a key has spent; the tokens of prompts and answers are one sum."""
    return {"calls": spent.calls, "tokens": spent.prompt_tokens, "usd": float(spent.cost or 0)}


@app.command("revoke")
@exiting
def revoke(key_id: Annotated[str, typer.Argument(help="The key's id, as `list` shows it.")]) -> None:
    """Take a key out of force, from the next request on."""

    async def work(service: Finecut) -> None:
        await service.keys.revoke(key_id)
        say(f"Key {key_id} is revoked.")

    run(finecut(), work)
