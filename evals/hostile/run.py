"""Putting proposals before the gates, as the edit pass does, and counting what they let through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from evals.hostile.generate import proposals
from evals.hostile.texts import Text
from service.detectors import Finding, Subject, detect
from service.document import Document, Edit, apply, parse
from service.facts import Claim, check
from service.gates import Change, Decision, decide
from service.gates.ledger import Standing


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal of a text with the gates' decisions, up to the first refusal."""

    text: str
    kind: str
    edit: Edit
    decisions: tuple[Decision, ...]

    @property
    def accepted(self) -> bool:
        """Tell whether no gate objected."""
        return all(d.accepted for d in self.decisions)

    @property
    def reason(self) -> str:
        """Return the last decision, which is the refusal if there is one."""
        return f"{self.decisions[-1].gate}: {self.decisions[-1].reason}"


@dataclass(frozen=True)
class Bench:
    """A text with what is read of it once."""

    text: Text

    @cached_property
    def subject(self) -> Subject:
        """Return what the detectors are told."""
        return Subject(film=self.text.film)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings of the untouched text."""
        return detect(self.text.document, self.subject)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Return the claims of the untouched text."""
        return check(self.text.document, self.text.film).claims if self.text.film else ()

    @cached_property
    def standing(self) -> Standing:
        """Return what the untouched text asserts."""
        return Standing.of(self.text.document, self.text.film)

    def says_nothing(self, edit: Edit) -> bool:
        """Tell whether what the edit leaves out stands in a cliché, which may be cut."""
        kept = set(re.findall(r"\w+", edit.after))
        gone = [m for m in re.finditer(r"\w{4,}", edit.before) if m.group() not in kept]
        spans = [s for f in self.findings if f.kind == "cliche" for s in f.spans]
        at = edit.span.start
        return all(any(s.start <= at + m.start() < s.end for s in spans) for m in gone)

    def decisions(self, edit: Edit) -> tuple[Decision, ...]:
        """Return the decisions on one edit of the text, up to the first refusal."""
        before = self.text.document
        after = self._parsed(apply(before.source, [edit]))
        change = Change(
            before, after, (edit,), self.subject, rest=self.standing, found=self.findings, checked=self.claims
        )
        return decide(change, first=True)

    def _parsed(self, source: str) -> Document:
        titles = self.text.film.titles if self.text.film else ()
        return parse(source, self.text.document.format, titles=titles)


def judged(texts: Iterable[Text]) -> Iterator[Outcome]:
    """Yield the outcome of every hostile proposal over the texts."""
    for text in texts:
        bench = Bench(text)
        for kind, edit in proposals(text):
            if kind == "member dropped" and bench.says_nothing(edit):
                continue
            yield Outcome(text.name, kind, edit, bench.decisions(edit))
