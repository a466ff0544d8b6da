"""The page's own words: what it is, first questions, stages, outcomes and errors. Nothing clinical is said here."""

from __future__ import annotations

import re
from typing import Final, Literal

from assistant.errors import (
    AssistantError,
    CorpusError,
    IndexFault,
    IngestError,
    PatientError,
    QuestionError,
    SettingsError,
)
from assistant.types import Outcome

Color = Literal["green", "orange", "red"]

TITLE: Final = "Stellate"
SUBTITLE: Final = "Cited answers on interventions for intractable neuropathic pain"
ASK: Final = "Ask about blocks, ketamine or stimulation"
CLEAR: Final = "Clear the conversation"
REVIEW: Final = (
    "Chin ML. Regional Techniques and Interventions for Intractable Neuropathic Pain. "
    "touchREVIEWS in Neurology. 2021;17(1):16-22."
)
REVIEW_LINK: Final = "https://doi.org/10.17925/USN.2021.17.1.16"
_WHERE: Final = f"[touchREVIEWS in Neurology 2021;17(1):16-22]({REVIEW_LINK})"
# What it is and what it isn't: a lead, and the rest of the sentence.
NOTICE: Final[tuple[tuple[str, str], ...]] = (
    (
        "One source.",
        f"A narrative review by one author from 2021, {_WHERE}; later evidence is not in it.",
    ),
    ("Not yet signed off.", "A clinician has still to check and sign the statements taken from it."),
    (
        "For clinicians who check the citations.",
        "It does not replace clinical judgement, and it is not a medical device.",
    ),
)
SUGGESTIONS: Final[tuple[str, ...]] = (
    "Drugs have failed in CRPS: what comes next?",
    "What are the side effects of ketamine infusions?",
    "What did Kemler's trial of spinal cord stimulation show?",
    "Which block is used for pelvic pain?",
)
STAGES: Final[dict[str, str]] = {
    "understand": "Reading the question",
    "scope": "Checking whether it can be answered here",
    "retrieve": "Searching the review",
    "compose": "Choosing the statements that answer",
    "cite": "Adding the citations",
    "draft": "Wording the answer with the language model",
    "guard": "Checking the answer against the review",
}
BUILDING: Final[dict[str, str]] = {
    "waiting for another build": "Waiting for another build of the index",
    "loading the embedding model": "Loading the embedding model",
    "embedding": "Reading the review into the index",
    "verifying": "Verifying the index",
}
# For each outcome: in words, an icon of the bundled set, a colour of the theme.
OUTCOMES: Final[dict[Outcome, tuple[str, str, Color]]] = {
    "answered": ("Answered from the review", ":material/check_circle:", "green"),
    "abstained": ("Not covered by the review", ":material/help:", "orange"),
    "refused": ("Declined", ":material/block:", "red"),
}
NOT_READ: Final = "Reported by the review; the paper itself was not read."
NO_REFERENCE: Final = "The review says this without giving a reference."
# Headline and next step of each kind of error; the error's own sentence stands between them.
_ERRORS: Final[tuple[tuple[type[AssistantError], str, str], ...]] = (
    (QuestionError, "This question could not be read.", "Nothing else is lost: change it and ask again below."),
    (PatientError, "The patient's details could not be used.", "Correct them and ask again below."),
    (SettingsError, "A setting can't be used.", "Correct it, then start Stellate again."),
    (CorpusError, "The statements from the review can't be read.", "Mend the file that is named, then try again."),
    (IngestError, "The index could not be built.", "Mend what is named, then try again."),
    (IndexFault, "The index can't be used.", "Run `python -m ingest`, then try again."),
    (AssistantError, "That did not work.", "Try again."),
)
# What errors name as their place, which the headline says already.
_PREFIX: Final = re.compile(r"^(?:question|patient|settings): ")


def stage(name: str) -> str:
    """A stage of answering in words; a new stage's own name where there are none yet."""
    return STAGES.get(name, name.replace("_", " ").capitalize())


def building(name: str, done: int, total: int) -> str:
    """A stage of building the index in words, with how far it is where it has parts to count."""
    words = BUILDING.get(name, name.capitalize())
    return f"{words}: {done:,} of {total:,}" if total > 1 else words


def error_sentences(error: AssistantError) -> tuple[str, str, str]:
    """An error for the page: headline, what happened, next step; each a plain sentence."""
    headline, step = next((head, step) for kind, head, step in _ERRORS if isinstance(error, kind))
    said = _PREFIX.sub("", str(error).strip()) or "no reason was given"
    if isinstance(error, QuestionError):
        said = f"It {said}" if said.startswith("is ") else f"It has {said}" if said[:1].isdigit() else said
    # A setting's name stays as it is typed.
    said = said if "_" in said.split(maxsplit=1)[0] else said[:1].upper() + said[1:]
    return headline, said if said.endswith((".", "?", "!")) else f"{said}.", step
