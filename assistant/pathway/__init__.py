"""The review's treatment algorithm as data, and the engine that places a patient on it."""

from assistant.pathway.engine import Plan, Step, plan
from assistant.pathway.model import Algorithm, load_algorithm

__all__ = ["Algorithm", "Plan", "Step", "load_algorithm", "plan"]
