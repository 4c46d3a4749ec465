"""Webhooks."""

from __future__ import annotations

from pydantic import BaseModel, Field

from service.web.answers.terms import When


class WebhookAnswer(BaseModel):
    """An address that is told."""

    id: str
    url: str
    created: When


class NewWebhook(WebhookAnswer):
    """A webhook as it was made."""

    secret: str = Field(description="Signs its messages; shown this once.")


class WebhookList(BaseModel):
    """Webhooks, the oldest first."""

    webhooks: list[WebhookAnswer]
