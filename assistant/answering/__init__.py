"""From a question to a cited answer: one visible chain of steps."""
