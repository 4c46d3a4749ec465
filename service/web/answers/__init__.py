"""What the API answers, declared for the OpenAPI document. The values are made in `service.writing.shapes`.

FastAPI does not build answers from these models: what was checked and stored is sent as it is. That the two
agree is held by tests/web/test_answers.py and by Schemathesis.
"""

from service.web.answers.claims import CheckAnswer
from service.web.answers.edits import DecisionsAnswer, EditAnswer, EditList
from service.web.answers.films import FilmList
from service.web.answers.jobs import JobAnswer
from service.web.answers.reviews import ReviewAnswer, ReviewList
from service.web.answers.scores import ScoreAnswer

__all__ = [
    "CheckAnswer",
    "DecisionsAnswer",
    "EditAnswer",
    "EditList",
    "FilmList",
    "JobAnswer",
    "ReviewAnswer",
    "ReviewList",
    "ScoreAnswer",
]
