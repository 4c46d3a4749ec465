"""Thresholds that a run must keep, and what they say of it.

The file is TOML, one `[[gate]]` each:

    [[gate]]
    suite = "articles"      # only for runs of this suite; without it for any
    group = "all"           # the default
    measure = "score"
    mean_at_least = 60      # fails where the whole interval lies below
    mean_at_most = 80       # fails where the whole interval lies above
    worst_at_least = 20     # fails where any item lies below
    worst_at_most = 99      # fails where any item lies above
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from service.errors import InputError
from service.evaluation.measures import BY_NAME, is_judges, is_measure
from service.evaluation.results import ALL, Results, group_named, judge_broken, judge_fault
from service.evaluation.suites import NAMES

BOUNDS = ("mean_at_least", "mean_at_most", "worst_at_least", "worst_at_most")


Bound = Annotated[float, Field(allow_inf_nan=False)] | None


def _near(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, known, n=1)
    return f" (perhaps {found[0]!r})" if found else ""


class Threshold(BaseModel):
    """A bound on a measure's mean, or on every item of a group."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: str
    suite: str = ""
    group: str = ALL
    mean_at_least: Bound = None
    mean_at_most: Bound = None
    worst_at_least: Bound = None
    worst_at_most: Bound = None

    @field_validator("measure")
    @classmethod
    def _measured(cls, name: str) -> str:
        if not is_measure(name):
            raise ValueError(
                f"there is no measure {name!r}{_near(name, BY_NAME)}; docs/measures.md lists them"
            )
        return name

    @field_validator("suite")
    @classmethod
    def _there(cls, name: str) -> str:
        if name and name not in NAMES:
            raise ValueError(f"there is no suite {name!r}; there are {', '.join(NAMES)}")
        return name

    @model_validator(mode="after")
    def _bounded(self) -> Threshold:
        if all(getattr(self, b) is None for b in BOUNDS):
            raise ValueError(f"give one of {', '.join(BOUNDS)}")
        return self


class Config(BaseModel):
    """The gates of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gate: tuple[Threshold, ...]


class State(StrEnum):
    """What a gate says: a regression, or that it could not be decided, is not the same."""

    PASSED = "passed"
    REGRESSION = "regression"
    UNDECIDED = "undecided"


class Ruling(BaseModel):
    """What one bound says of a run, with its reason."""

    model_config = ConfigDict(frozen=True)

    name: str
    state: State
    reason: str


def read_gates(path: Path) -> tuple[Threshold, ...]:
    """Return the gates of a TOML file. Raises InputError, which names what is wrong in it."""
    try:
        return Config.model_validate(tomllib.loads(path.read_text("utf-8"))).gate
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", remedy="Name a file of gates."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no TOML: {error}.") from error
    except ValidationError as error:
        raise InputError(
            f"{path}{_fault(error)}.",
            remedy=f"A [[gate]] has a measure, perhaps a suite and a group, and one of {', '.join(BOUNDS)}.",
        ) from None


SAID = {
    "extra_forbidden": "a gate has no such key",
    "missing": "is missing",
    "tuple_type": "there must be one [[gate]] or more",
}


def _fault(error: ValidationError) -> str:
    """Return where a file of gates is wrong, counted from 1, and what is wrong there."""
    first = error.errors(include_url=False)[0]
    _, *inside = first["loc"]
    where = "".join(f", gate {part + 1}" if isinstance(part, int) else f", {part}" for part in inside)
    said = SAID.get(first["type"], first["msg"].removeprefix("Value error, "))
    return f"{where}: {said}" if inside else f": {SAID['tuple_type']}"


def judge(results: Results, gates: Iterable[Threshold]) -> list[Ruling]:
    """Return the rulings of the gates that are for the run's suite.

    A run in which a provider or a judge failed is undecided, never a regression; articles that could not
    be measured are a regression. A gate on what a judge says is undecided, too, where the judge does not
    agree with people. Raises InputError where no gate is for the suite.
    """
    suite = results["suite"]
    mine = [g for g in gates if g.suite in {"", suite}]
    if not mine:
        raise InputError(f"No gate is for the suite {suite!r}.", remedy=f'Add one with suite = "{suite}".')
    rulings = [ruling for gate in mine for ruling in _rulings(results, gate)]
    states = results["states"]
    lost = {s: n for s, n in states.items() if s != "measured"}
    if lost.get("failed"):
        reason = f"{lost['failed']} of {len(results['items'])} items could not be measured"
        rulings.append(Ruling(name=f"{suite}: every item measured", state=State.REGRESSION, reason=reason))
    undecided = {s: n for s, n in lost.items() if s != "failed"}
    if undecided:
        reason = ", ".join(f"{n} {s.replace('_', ' ')}" for s, n in undecided.items())
        rulings.append(Ruling(name=f"{suite}: provider and judge", state=State.UNDECIDED, reason=reason))
    if judge_broken(results):
        rulings.append(Ruling(name=f"{suite}: judge", state=State.UNDECIDED, reason=judge_fault(results)))
    return rulings


def _rulings(results: Results, gate: Threshold) -> list[Ruling]:
    group = group_named(results, gate.group)
    held = group["measures"].get(gate.measure) if group else None
    bounds = [(b, float(v)) for b in BOUNDS if (v := getattr(gate, b)) is not None]
    where = f"{results['suite']}/{gate.group}: {gate.measure}"
    reason = judge_fault(results) if is_judges(gate.measure) else ""
    if held is None or reason:
        reason = reason or ("the run has no such measure" if group else "the run has no such group")
        return [Ruling(name=f"{where} {b} {v:g}", state=State.UNDECIDED, reason=reason) for b, v in bounds]
    return [_ruling(f"{where} {b} {v:g}", held, b, v) for b, v in bounds]


def _ruling(name: str, held: dict[str, Any], bound: str, limit: float) -> Ruling:
    if bound.startswith("mean"):
        kept = held["high"] >= limit if bound == "mean_at_least" else held["low"] <= limit
        reason = f"mean {held['mean']:.4g} [{held['low']:.4g}, {held['high']:.4g}], n {held['n']}"
    else:
        kept = held["min"] >= limit if bound == "worst_at_least" else held["max"] <= limit
        reason = f"lowest {held['min']:.4g}, highest {held['max']:.4g}, n {held['n']}"
    return Ruling(name=name, state=State.PASSED if kept else State.REGRESSION, reason=reason)


def junit(rulings: Sequence[Ruling]) -> str:
    """Return the rulings as JUnit XML: a regression is a failure, what is undecided an error."""
    failures = sum(r.state is State.REGRESSION for r in rulings)
    errors = sum(r.state is State.UNDECIDED for r in rulings)
    root = Element(
        "testsuite",
        name="finecut.eval",
        tests=str(len(rulings)),
        failures=str(failures),
        errors=str(errors),
    )
    for ruling in rulings:
        case = SubElement(root, "testcase", classname="finecut.eval", name=ruling.name)
        if ruling.state is not State.PASSED:
            kind = "failure" if ruling.state is State.REGRESSION else "error"
            SubElement(case, kind, message=ruling.reason)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"
