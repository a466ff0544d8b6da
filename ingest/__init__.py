"""Offline: builds the index from the corpus and the library (`python -m ingest`)."""
