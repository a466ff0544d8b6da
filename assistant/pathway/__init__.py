"""The review's treatment algorithm as data, and the engine that places a patient on it."""

from assistant.pathway.engine import Plan, SetAside, Step, plan
from assistant.pathway.model import Algorithm, load_algorithm

__all__ = ["Algorithm", "Plan", "SetAside", "Step", "load_algorithm", "plan"]
