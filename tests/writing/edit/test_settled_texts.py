"""What would be undone or changed again by a second run is not done at all."""

from __future__ import annotations

from service.detectors import Finding, Level, Subject
from service.document import Edit, Operation, Span, apply, parse
from service.gates import Change, Decision
from service.writing.edit.betterment import Judgement
from service.writing.edit.rounds import culprits, idle
from service.writing.edit.values import contests

SOURCE = "Anna Noren wrote to Norén. Norén wrote back to Anna Norén, showcasing her pride."


def _at(text: str, of: str = SOURCE) -> Span:
    return Span(of.index(text), of.index(text) + len(text))


def _finding(kind: str, span: Span, **evidence: str) -> Finding:
    return Finding(kind, "", (span,), Level.MAY, evidence, "f1")


def _change(before: str, after: str, found: tuple[Finding, ...], left: tuple[Finding, ...]) -> Judgement:
    edit = Edit("e1", _at(before), before, after, Operation.REWRITE, "rule:plain", "")
    change = Change(parse(SOURCE), parse(apply(SOURCE, [edit])), (edit,), Subject(), found=found)
    change.__dict__["findings_after"] = left  # what the detectors would say
    return Judgement(change, (), left)


def test_of_two_names_that_prefer_each_others_spelling_the_first_is_respelt() -> None:
    found = (
        _finding("name_variant", _at("Anna Noren"), preferred="Anna Norén"),
        _finding("name_variant", _at("Norén"), preferred="Noren"),
    )
    edits = [c.proposals[0].edit for c in contests(parse(SOURCE), found, None)]
    assert [(e.before, e.after) for e in edits] == [("Anna Noren", "Anna Norén")]


def test_other_words_that_mend_nothing_are_idle() -> None:
    tail = _finding("repeated_structure", _at("showcasing her pride"), construction="participle_tail")
    after = SOURCE.replace("showcasing", "showing")
    still = _finding("repeated_structure", _at("showing her pride", after), construction="participle_tail")
    assert idle(_change("showcasing", "showing", (tail,), (still,))) == {"e1"}


def test_other_words_that_mend_something_are_not_idle() -> None:
    stock = _finding("cliche", _at("showcasing"), family="showcase")
    assert idle(_change("showcasing", "showing", (stock,), ())) == set()


def test_a_cut_is_never_idle() -> None:
    tail = _finding("repeated_structure", _at("showcasing her pride"), construction="participle_tail")
    still = _finding("repeated_structure", _at("showcasing", SOURCE), construction="participle_tail")
    assert idle(_change("showcasing her pride", "showcasing", (tail,), (still,))) == set()


def test_the_edit_is_named_at_which_a_new_finding_stands_where_none_stood() -> None:
    after = SOURCE.replace("showcasing", "telling of")
    fresh = _finding("cliche", _at("telling of", after), family="tell")
    judged = _change("showcasing", "telling of", (), (fresh,))
    refusal = Decision("repetition", accepted=False, reason="new finding")
    assert culprits(judged.refused(refusal)) == {"e1"}
