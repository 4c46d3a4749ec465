"""Sources: the file formats that film metadata comes in, and their fetchers."""

from service.sources.ahead import records_ahead
from service.sources.read import SOURCES, read_films, read_records, recognise
from service.sources.retrieval import fingerprint
from service.sources.rows import BadRow
from service.sources.source import Sample, Source

__all__ = [
    "SOURCES",
    "BadRow",
    "Sample",
    "Source",
    "fingerprint",
    "read_films",
    "read_records",
    "recognise",
    "records_ahead",
]
