"""The suites, for Inspect: `SUITES` names them all."""
