"""Gates: what no edit may do, one a file, registered in GATES."""

from service.gates.decide import GATES, decide
from service.gates.gate import Change, Decision, Gate

__all__ = ["GATES", "Change", "Decision", "Gate", "decide"]
