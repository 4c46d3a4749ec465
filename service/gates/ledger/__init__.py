"""The claim ledger: what a text asserts, and what became of each assertion through a change."""

from service.gates.ledger.balance import Marks, balance, settle_region
from service.gates.ledger.entry import Account, Entry, EntryKind, Fate, Ledger, Relation
from service.gates.ledger.reading import Reading, read
from service.gates.ledger.record import Record, record
from service.gates.ledger.region import Region, regions
from service.gates.ledger.settle import Settlement, settle
from service.gates.ledger.standing import Standing

__all__ = [
    "Account",
    "Entry",
    "EntryKind",
    "Fate",
    "Ledger",
    "Marks",
    "Reading",
    "Record",
    "Region",
    "Relation",
    "Settlement",
    "Standing",
    "balance",
    "read",
    "record",
    "regions",
    "settle",
    "settle_region",
]
