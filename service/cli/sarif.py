"""Findings as SARIF 2.1.0, the format that code hosts show beside a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.films import JSON

LEVELS = {"must": "error", "should": "warning", "may": "note"}


def sarif(results: Iterable[tuple[str, Mapping[str, Any]]], version: str) -> dict[str, JSON]:
    """Return one SARIF log of scored files, given as (path, score with findings)."""
    found = [(path, f) for path, scored in results for f in scored["findings"]]
    rules: list[JSON] = [{"id": kind} for kind in sorted({f["kind"] for _, f in found})]
    driver: dict[str, JSON] = {"name": "finecut", "version": version, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(p, f) for p, f in found],
            }
        ],
    }


def _result(path: str, finding: Mapping[str, Any]) -> dict[str, JSON]:
    places: list[JSON] = [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": path},
                "region": {"charOffset": start, "charLength": end - start},
            }
        }
        for start, end in finding["spans"]
    ]
    return {
        "ruleId": finding["kind"],
        "level": LEVELS[finding["level"]],
        "message": {"text": finding["message"]},
        "locations": places[:1],
        "relatedLocations": places[1:],
    }
