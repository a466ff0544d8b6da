"""Answers drafted by a language model and held to the evidence; nothing here is imported unless a model is set."""
