"""`length`: no more is cut than `max_cut` allows, and no edit swells."""

from __future__ import annotations

from service.gates.gate import Change, Rule

SWELL = 1.6
SLACK = 8  # words that a rewrite of a short sentence may add
KEEP = 0.6  # of a text's words, where the caller sets no bound


def refuses(change: Change) -> str:
    """Return how much too long or too short the text would be."""
    for edit in change.edits:
        before, after = len(edit.before.split()), len(edit.after.split())
        if after > SWELL * before + SLACK:
            return f"{after} words in place of {before}"
    if not change.whole:
        return ""
    floor = 1 - change.max_cut if change.max_cut is not None else KEEP
    before, after = change.before.words, change.after.words
    if after < floor * before:
        return f"{after} of {before} words would be left; at least {floor:.0%} must be"
    if before and after > 1.25 * before + SLACK:
        return f"{after} words in place of {before}"
    return ""


GATE = Rule("length", refuses)
