"""Models and prompts: the only room that knows LangChain, openai, xllamacpp and Jinja2."""

from service.llm.batch_api import BatchApi
from service.llm.build import build_model
from service.llm.charged import Charged
from service.llm.config import ModelConfig, Price
from service.llm.quota import Budget, Budgeted, MemoryLedger
from service.llm.speaker import Hear, Listening, NoModel, Speaker
from service.llm.templates import PromptFiles, prompts_folder

__all__ = [
    "BatchApi",
    "Budget",
    "Budgeted",
    "Charged",
    "Hear",
    "Listening",
    "MemoryLedger",
    "ModelConfig",
    "NoModel",
    "Price",
    "PromptFiles",
    "Speaker",
    "build_model",
    "prompts_folder",
]
