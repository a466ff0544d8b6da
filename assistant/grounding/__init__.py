"""How far a context carries a response, sentence by sentence: for any text, the same on any machine."""

from assistant.grounding.score import Grounding, SentenceScore, load_model, support

__all__ = ["Grounding", "SentenceScore", "load_model", "support"]
