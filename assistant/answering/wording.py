"""The assistant's own words: refusals, abstentions and what stands around evidence. Nothing clinical is said here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

SUBJECT: Final = (
    "sympathetic blocks, intravenous ketamine, spinal cord stimulation and peripheral nerve stimulation for "
    "intractable neuropathic pain"
)
EMERGENCY: Final = (
    "**Get emergency help now: call your emergency number (999, 112 or 911) or your resuscitation team.** "
    "This assistant can't manage an emergency."
)
HARM: Final = (
    "I can't help with that. I only answer clinicians' questions about one review of interventions for neuropathic "
    "pain. If somebody may come to harm, please contact your local emergency or crisis service."
)
INJECTION: Final = (
    "I can't follow instructions of that kind. I only answer questions about one review of interventions for "
    "neuropathic pain; please ask one."
)
REFUSALS: Final = {"emergency": EMERGENCY, "harm": HARM, "injection": INJECTION}

# Small talk gets one friendly sentence, or what the assistant is for.
COURTESIES: Final = {
    "greeting": "Hello, ask me anything about this review of interventions for intractable neuropathic pain.",
    "thanks": "You're welcome, just ask if there is more.",
    "goodbye": "You're welcome, goodbye and all the best to you and your patients.",
    "abilities": (
        f"Ask me about {SUBJECT}, in general or for a patient whom you describe, and I answer from one review "
        "(Chin 2021) with its references."
    ),
}
# Opens the first sentence of an answer that is given once more.
AGAIN: Final = "Checked against the review again: "


def conflict(facts: Sequence[str]) -> str:
    """The sentence that says where the patient's record and what was written disagree."""
    return f"This answer goes by the patient as given in the record: {'; '.join(facts)}."


def not_covered(missing: Sequence[str]) -> str:
    """The sentence that says what the review does not cover."""
    if not missing:
        return f"The review does not cover this; it is about {SUBJECT}."
    return f"The review does not cover {_joined(missing)}."


# Opens an answer whose next sentence says on what the review is silent.
SILENT: Final = "This is not covered."
NEARBY: Final = "What it does say nearby:"


def _joined(names: Sequence[str]) -> str:
    quoted = [name if " " in name else f"“{name}”" if name.islower() and len(name) < 4 else name for name in names[:4]]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
