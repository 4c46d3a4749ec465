"""The suites' work, one module each: how a task of it is measured by the production code."""

NAMES = ("articles", "edits", "drafts", "claims", "detectors", "hostile")
"""Every suite; the last two are part of the checkout only, in `evals/suites`."""
