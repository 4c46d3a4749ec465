"""The store: films, reviews, edits and the events of runs in SQLite or Postgres, through SQLAlchemy."""

from service.store.answers import SqlAnswers
from service.store.batches import SqlBatches
from service.store.bulk import Imported, import_all
from service.store.catalogue import catalogue
from service.store.database import Database, fault_of, is_outage, open_database
from service.store.events import SqlEvents
from service.store.executors import SqlExecutors
from service.store.films import SqlFilmStore
from service.store.keys import SqlKeys
from service.store.ledger import SqlLedger
from service.store.locks import alone
from service.store.parked import SqlParked
from service.store.rates import SqlRates
from service.store.results import SqlResults, edits, evals, reviews
from service.store.retention import SqlRetention
from service.store.spending import SqlSpending
from service.store.webhooks import SqlWebhooks

__all__ = [
    "Database",
    "Imported",
    "SqlAnswers",
    "SqlBatches",
    "SqlEvents",
    "SqlExecutors",
    "SqlFilmStore",
    "SqlKeys",
    "SqlLedger",
    "SqlParked",
    "SqlRates",
    "SqlResults",
    "SqlRetention",
    "SqlSpending",
    "SqlWebhooks",
    "alone",
    "catalogue",
    "edits",
    "evals",
    "fault_of",
    "import_all",
    "is_outage",
    "open_database",
    "reviews",
]
