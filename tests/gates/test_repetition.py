"""repetition: findings by kind and count; the score at the end alone."""

from __future__ import annotations

from service.detectors import Subject
from service.document import Edit, Operation, Span, apply, parse
from service.gates import Change, repetition

TALK = " ".join(f"On day {n} the crew carried a lamp, a rope and a ladder up the hill." for n in range(40))
DENSE = "A breathtaking view. A breathtaking chase. A breathtaking song. A breathtaking end."


def changed(source: str, before: str, after: str, *, closing: bool = True) -> Change:
    at = source.index(before)
    edit = Edit("e1", Span(at, at + len(before)), before, after, Operation.REWRITE, "test", "")
    return Change(parse(source), parse(apply(source, [edit])), (edit,), Subject(), closing=closing)


def test_a_cut_that_only_makes_the_rest_denser_brings_no_new_finding() -> None:
    change = changed(f"{DENSE} {TALK} {TALK}", f" {TALK} {TALK}", "")
    flagged = [f.message for f in change.findings_after if f.kind == "overused_word"]
    assert flagged
    assert not set(flagged) & {f.message for f in change.findings_before}
    assert "overused_word" not in {f.kind for f in repetition.new_findings(change)}


def test_a_word_that_an_edit_repeats_is_a_new_finding() -> None:
    source = "A breathtaking view. A breathtaking chase. They walk home in the rain."
    change = changed(source, "They walk home in the rain.", "The walk home is breathtaking.")
    assert "overused_word" in {f.kind for f in repetition.new_findings(change)}


def test_a_sentence_may_not_stand_twice() -> None:
    assert repetition.refuses(changed("The sea is cold. Ida waits.", "Ida waits.", "Ida waits. Ida waits."))


def test_words_may_not_be_copied_from_elsewhere() -> None:
    source = "The old ferry leaves the harbour at six in the morning. Ida waits for her brother."
    assert repetition.refuses(
        changed(source, "brother.", "brother: the old ferry leaves the harbour at six in the morning.")
    )


def test_the_score_may_fall_on_the_way() -> None:
    source = f"{DENSE} {TALK}"
    on_the_way = changed(source, TALK[:900], "", closing=False)
    assert "score" not in repetition.refuses(on_the_way)
