"""Batches: thousands of reviews and edits from JSON Lines, each line one durable run."""

from service.jobs.batches.accept import AcceptOptions
from service.jobs.batches.batches import Batches, Progress
from service.jobs.batches.dispatch import Dispatcher
from service.jobs.batches.drive import Ports
from service.jobs.batches.provider import ProviderPorts

__all__ = ["AcceptOptions", "Batches", "Dispatcher", "Ports", "Progress", "ProviderPorts"]
