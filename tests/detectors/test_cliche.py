"""Clichés are counted as different ones, and every entry has the counts that justify it."""

from __future__ import annotations

from service.detectors import Subject, analyse
from service.detectors.cliche import find, lexicon
from service.document import parse
from service.films import Film


def test_two_uses_of_a_family_are_one_finding_with_both_places() -> None:
    text = "It left an indelible mark on her. Years later it makes a lasting impression on him."
    found = [f for f in find(analyse(parse(text), Subject())) if f.evidence["family"] == "lasting_mark"]
    assert len(found) == 1
    assert len(found[0].spans) == 2


def test_a_title_is_no_cliche() -> None:
    text = "Indelible Mark opens on a pier. Indelible Mark ends there."
    subject = Subject(film=Film(id="f", title="Indelible Mark"))
    assert not find(analyse(parse(text), subject))


def test_every_entry_was_seen_in_machine_copy_and_its_family_says_something() -> None:
    known = lexicon()
    assert known.entries
    assert all(e.machine > 0 for e in known.entries)
    assert {e.family for e in known.entries} == set(known.says)
