"""The suites of the checkout. `finecut eval run NAME` runs any suite; `tasks.py` offers all to Inspect."""
