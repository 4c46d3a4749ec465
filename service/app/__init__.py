"""The composition root: the only place that builds and wires."""

from service.app.finecut import VERSION, Finecut, build
from service.app.models import Models, model_config
from service.app.processes import RUNS_VERSION, access_rules, batching, create_app, looking, working

__all__ = [
    "RUNS_VERSION",
    "VERSION",
    "Finecut",
    "Models",
    "access_rules",
    "batching",
    "build",
    "create_app",
    "looking",
    "model_config",
    "working",
]
