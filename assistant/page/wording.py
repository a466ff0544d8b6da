"""The page's own words: what it is, first questions, stages, outcomes and errors. Nothing clinical is said here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from assistant.errors import (
    AssistantError,
    CorpusError,
    IndexFault,
    IngestError,
    PatientError,
    QuestionError,
    SavedFileError,
    SettingsError,
    StoreError,
)
from assistant.guardrail.types import Category, Severity, Verdict
from assistant.page.markup import as_text
from assistant.types import Outcome

Color = Literal["green", "orange", "red"]

TITLE: Final = "Stellate"
SUBTITLE: Final = "Cited answers on interventions for intractable neuropathic pain"
ASK: Final = "Ask about blocks, ketamine or stimulation"
# Title, icon and address of each view.
VIEWS: Final[dict[str, tuple[str, str, str]]] = {
    "chat": ("Ask", ":material/forum:", ""),
    "check": ("Check a text", ":material/fact_check:", "check"),
    "here": ("You are here", ":material/route:", "pathway"),
    "evidence": ("Evidence", ":material/menu_book:", "evidence"),
}
# The other views on the first screen, by what they are for.
WAYS: Final[dict[str, str]] = {
    "check": "Paste a text to check",
    "here": "See the pathway",
    "evidence": "Browse statements and trials",
}
CLEAR: Final = "Clear the conversation"
# Under every answer; the last that is drawn of it.
FOUND: Final = "How this answer was found"
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
NOTICE_IN_SHORT: Final = (
    f"One narrative review from 2021 ([DOI]({REVIEW_LINK})), not yet signed off by a clinician; for clinicians who "
    "check the citations."
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
# Those that may take many seconds, told at once; the others where the answer is not there by then: sooner nobody could
# read them, and to draw them would only keep it back.
_LONG_STAGES: Final = frozenset({"draft"})
_GLANCE_S: Final = 0.2
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
# Two sentences that go against the review and one that does not, in our own words.
EXAMPLE_TEXT: Final = (
    "In CRPS of the hand, offer spinal cord stimulation before sympathetic blocks. "
    "Ketamine infusions carry no risk for the liver. "
    "A stellate ganglion block is commonly performed for the upper limb."
)
# For each verdict of the guardrail: in words, what it means, icon, colour.
VERDICTS: Final[dict[Verdict, tuple[str, str, str, Color]]] = {
    "pass": (
        "Nothing found",
        "The guardrail found nothing against the review. That is no proof that the text is right.",
        ":material/verified:",
        "green",
    ),
    "caution": (
        "To be looked at before use",
        "Something goes beyond the review or can't be tied to it.",
        ":material/warning:",
        "orange",
    ),
    "block": (
        "Not to be used as it stands",
        "Something is unsafe by the review or goes against its treatment algorithm.",
        ":material/dangerous:",
        "red",
    ),
}
# The same of an answer of our own: where something blocked, its sentences have been replaced already.
ANSWER_VERDICTS: Final[dict[Verdict, tuple[str, str, Color]]] = {
    "pass": ("Nothing found against the review.", ":material/verified:", "green"),
    "caution": ("Something to look at before use.", ":material/warning:", "orange"),
    "block": ("Sentences that went against the review were replaced.", ":material/published_with_changes:", "orange"),
}
SEVERITIES: Final[dict[Severity, tuple[str, str, Color]]] = {
    "caution": ("look at this", ":material/warning:", "orange"),
    "block": ("not to be used", ":material/dangerous:", "red"),
}
CATEGORIES: Final[dict[Category, str]] = {
    "order": "Order of treatments",
    "anatomy": "Block and site",
    "indication": "Indication",
    "evidence": "Strength of evidence",
    "numeric": "A number",
    "dose": "A dose",
    "absolute": "Too absolute",
    "safety_omission": "A risk left out",
    "safety_denial": "A risk denied",
    "citation": "A reference",
    "pharmacology": "Pharmacology",
    "mechanism": "Mechanism",
    "fabricated": "Not in the review",
    "patient": "Against this patient's history",
    "emergency": "An emergency",
    "out_of_scope": "Outside the review",
    "unverified": "Can't be tied to the review",
    "input": "What was given to check",
}
NOT_READ: Final = "Reported by the review; the paper itself was not read."
CHANGED_ELSEWHERE: Final = (
    "This conversation was changed in another window meanwhile. Both are kept: what you see here is now a conversation "
    "of its own; reload to see the other."
)
WHOLE_REVIEW: Final = "the review as a whole"
ON_THE_WHOLE: Final = "This sentence is on the review as a whole and rests on no single statement of it."
SILENT: Final = "Looked for in the whole review; it is not there."
NO_REFERENCE: Final = "The review says this without giving a reference."
# Headline and next step of each kind of error; the error's own sentence stands between them.
_ERRORS: Final[tuple[tuple[type[AssistantError], str, str], ...]] = (
    (QuestionError, "This question could not be read.", "Nothing else is lost: change it and ask again below."),
    (PatientError, "The patient's details could not be used.", "Correct them and ask again below."),
    (SettingsError, "A setting can't be used.", "Correct it, then start Stellate again."),
    (SavedFileError, "This file can't be opened.", "Choose another, or ask a new question."),
    (StoreError, "Conversations can't be kept.", "Correct the setting, then start Stellate again."),
    (CorpusError, "The statements from the review can't be read.", "Mend the file that is named, then try again."),
    (IngestError, "The index could not be built.", "Mend what is named, then try again."),
    (IndexFault, "The index can't be used.", "Run `python -m ingest`, then try again."),
    (AssistantError, "That did not work.", "Try again."),
)
# What errors name as their place, which the headline says already.
_PREFIX: Final = re.compile(r"^(?:question|patient|settings|saved conversation|store): ")


def stage(name: str) -> str:
    """A stage of answering in words; a new stage's own name where there are none yet."""
    return STAGES.get(name, name.replace("_", " ").capitalize())


def stage_told(name: str, elapsed_s: float) -> bool:
    """Whether a stage that begins so long after its question was asked is worth showing."""
    return name in _LONG_STAGES or elapsed_s > _GLANCE_S


def stages(begun: Mapping[str, str]) -> str:
    """The stages begun so far as lines of Markdown, all but the last of them done; each with how far it is, or ""."""
    *done, now = (f"{stage(name)}: {as_text(told)}" if told else stage(name) for name, told in begun.items())
    return "  \n".join((*(f":material/check: {line}" for line in done), f":material/hourglass_top: **{now}**"))


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
