"""What the API answers, declared for the OpenAPI document. The values are made in `service.writing.shapes`.

FastAPI does not build answers from these models: what was checked and stored is sent as it is. That the two
agree is held by tests/web/test_answers.py and by Schemathesis.
"""

from service.web.answers.batches import BatchAnswer, BatchLine, BatchList, BatchProgress, BatchRetried
from service.web.answers.claims import CheckAnswer
from service.web.answers.edits import DecisionsAnswer, EditAnswer, EditList
from service.web.answers.evals import ComparisonAnswer, EvalAnswer, EvalList, EvalUnderWay
from service.web.answers.films import FilmList, FilmRecord
from service.web.answers.health import ReadyAnswer
from service.web.answers.jobs import JobAnswer, JobList
from service.web.answers.reviews import ReviewAnswer, ReviewList
from service.web.answers.scores import ScoreAnswer
from service.web.answers.webhooks import NewWebhook, WebhookAnswer, WebhookList

__all__ = [
    "BatchAnswer",
    "BatchLine",
    "BatchList",
    "BatchProgress",
    "BatchRetried",
    "CheckAnswer",
    "ComparisonAnswer",
    "DecisionsAnswer",
    "EditAnswer",
    "EditList",
    "EvalAnswer",
    "EvalList",
    "EvalUnderWay",
    "FilmList",
    "FilmRecord",
    "JobAnswer",
    "JobList",
    "NewWebhook",
    "ReadyAnswer",
    "ReviewAnswer",
    "ReviewList",
    "ScoreAnswer",
    "WebhookAnswer",
    "WebhookList",
]
