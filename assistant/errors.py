"""Every error that Stellate raises on purpose; each says what, where, got, allowed and the next step."""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all of them: `except AssistantError` catches what a user can mend."""


class SettingsError(AssistantError):
    """A setting can't be used."""


class ModelError(SettingsError):
    """The chat model that the settings name can't be used: its package or key is missing, or its name is unknown."""


class CorpusError(AssistantError):
    """A file of the corpus is malformed or does not fit the others."""


class QuestionError(AssistantError):
    """A question or its history can't be used."""


class PatientError(AssistantError):
    """A patient can't be used."""


class SavedFileError(AssistantError):
    """A saved conversation can't be opened."""


class StoreError(AssistantError):
    """Conversations can't be kept in the store, or read from it."""


class IngestError(AssistantError):
    """A document or the index could not be built."""


class IndexFault(AssistantError):
    """Base of what can be wrong with an index; `kind` names it in a word."""

    kind = "unusable"


class IndexMissing(IndexFault):
    """There is no index yet."""

    kind = "missing"


class IndexStale(IndexFault):
    """The index was built from another corpus, library or model."""

    kind = "stale"


class IndexForeign(IndexFault):
    """The folder holds something that is not an index of this program."""

    kind = "foreign"


class IndexDamaged(IndexFault):
    """The index is truncated or contradicts its manifest."""

    kind = "damaged"
