"""The suites' work, one module each: how a task of it is measured by the production code."""
