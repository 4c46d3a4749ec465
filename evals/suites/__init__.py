"""The suites. `finecut eval run NAME` runs any of them; `evals/suites/tasks.py` offers them to Inspect."""

SUITES = ("articles", "edits", "drafts", "claims", "detectors", "hostile")
