"""`/v1/webhooks`: who is told when a run or a batch ends. Needs an admin key where keys are asked for."""

from __future__ import annotations

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, ConfigDict, Field

from service.jobs.webhooks import LONGEST_URL, new_webhook, secret_of
from service.store.webhooks import Webhook
from service.web.answers import NewWebhook, WebhookList
from service.web.deps import Answer, ServicesDep

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])


class WebhookRequest(BaseModel):
    """An address to tell."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=1, max_length=LONGEST_URL, description="An https address.")


@router.post(
    "", status_code=status.HTTP_201_CREATED, response_model=None, responses={201: {"model": NewWebhook}}
)
async def create_webhook(body: WebhookRequest, services: ServicesDep) -> Answer:
    """Tell that address of every run and batch that ends. The secret that signs is shown this once."""
    key = services.webhook_key
    webhook = new_webhook(body.url, private=services.limits.private_webhooks, key=key)
    await services.webhooks.add(webhook)
    return {**_shown(webhook), "secret": secret_of(webhook.id, webhook.secret, key)}


@router.get("", response_model=None, responses={200: {"model": WebhookList}})
async def list_webhooks(services: ServicesDep) -> Answer:
    """List the webhooks, the oldest first, without their secrets."""
    return {"webhooks": [_shown(webhook) for webhook in await services.webhooks.list()]}


@router.delete("/{webhook_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_webhook(webhook_id: str, services: ServicesDep) -> Response:
    """Delete a webhook, and the messages that it has not had yet."""
    await services.webhooks.delete(webhook_id)
    return Response(status_code=status.HTTP_204_NO_CONTENT)


def _shown(webhook: Webhook) -> Answer:
    return {"id": webhook.id, "url": webhook.url, "created": webhook.created.isoformat()}
