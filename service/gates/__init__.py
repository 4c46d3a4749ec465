"""Gates: what no edit may do, one a file, registered in GATES."""

from service.gates.gate import Change, Decision, Gate

__all__ = ["Change", "Decision", "Gate"]
