"""The patient as the panel shows one: what the conversation tells, and what was set by hand; no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from assistant.corpus import Corpus
from assistant.pathway import load_algorithm
from assistant.pathway.engine import BLOCK
from assistant.pathway.situation import situation_of
from assistant.patient import LISTS, Patient
from assistant.record import in_words

UNKNOWN: Final = "unknown"
# For each result in the panel the patient's list that holds it; a name in several: the first of these counts.
_LIST_OF: Final[dict[str, str]] = {
    "failed": "failed",
    "brief response": "brief",
    "contraindicated": "contraindicated",
    "tried": "tried",
    "not tried": "not_tried",
}
RESULTS: Final = (UNKNOWN, "not tried", "tried", "failed", "brief response", "contraindicated")
FIELDS: Final = ("condition", "site", "course", "pattern", "block_relief_percent")
_HISTORY: Final = "history:"


@dataclass(frozen=True, slots=True)
class Panel:
    """understood: the patient that the conversation tells of, as Patient.to_dict; by_hand: what was set in the panel.

    revision: how often it was filled from the conversation; a field shown under another revision is another field.
    The keys of `by_hand` are fields of the patient and "history:<intervention>"; its values win, even "unknown".
    """

    understood: Mapping[str, Any] = field(default_factory=dict)
    by_hand: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0

    def told(self, patient: Mapping[str, Any] | None) -> Panel:
        """The panel after an answer that understood this patient; one that understood none changes nothing."""
        if patient is None or patient == self.understood:
            return self
        return replace(self, understood=dict(patient), revision=self.revision + 1)

    def with_field(self, name: str, value: object) -> Panel:
        """The panel with a field of the patient set by hand; None: not known."""
        return replace(self, by_hand={**self.by_hand, name: value})

    def with_result(self, intervention: str, result: str) -> Panel:
        """The panel with the history of an intervention set by hand to one of RESULTS."""
        return replace(self, by_hand={**self.by_hand, f"{_HISTORY}{intervention}": result})

    def value(self, name: str) -> Any:
        """A field of the patient as shown; None where it is not known."""
        return self.by_hand.get(name, self.understood.get(name))

    @property
    def history(self) -> dict[str, str]:
        """For each intervention of which something is known: one of RESULTS."""
        found = results_of(self.understood)
        found |= {key.removeprefix(_HISTORY): said for key, said in self.by_hand.items() if key.startswith(_HISTORY)}
        return {name: result for name, result in found.items() if result != UNKNOWN}

    @property
    def patient(self) -> dict[str, Any] | None:
        """The whole patient as shown, as fields of Patient; None without a condition."""
        return _as_fields({name: self.value(name) for name in FIELDS}, self.history)

    @property
    def asked(self) -> dict[str, Any] | None:
        """The patient to give along with a question: what was set by hand, and the condition; None where nothing was.

        What was set to unknown is given along as such, so that it stays so whatever the conversation says. The rest
        the assistant reads from the conversation itself, where a later turn can still correct it.
        """
        if not self.by_hand:
            return None
        values = {name: self.by_hand.get(name) for name in FIELDS} | {"condition": self.value("condition")}
        by_hand = {name: said for name, said in self.history.items() if f"{_HISTORY}{name}" in self.by_hand}
        found = _as_fields(values, by_hand)
        unknown = [name for name in FIELDS if name != "condition" and self.by_hand.get(name, "") is None]
        unknown += [key.removeprefix(_HISTORY) for key, said in self.by_hand.items() if said == UNKNOWN]
        return found | {"unknown": unknown} if found and unknown else found


def results_of(patient: Mapping[str, Any]) -> dict[str, str]:
    """For each intervention of a patient's lists: one of RESULTS."""
    return {name: said for said, key in reversed(_LIST_OF.items()) for name in patient.get(key, ())}


def rows(panel: Panel) -> tuple[str, ...]:
    """The interventions whose history the panel asks: the pathway's steps with the site's blocks, and others known of.

    Blocks named for the site stand in place of sympathetic blocks in general, unless those are known of.
    """
    algorithm, known = load_algorithm(), panel.history
    served = _serving(panel)
    names: list[str] = []
    for item in algorithm.interventions:
        names += [item.id] if item.id != BLOCK or not served or BLOCK in known else []
        names += [form for form in item.forms if form in served or form in known]
    return tuple(dict.fromkeys((*names, *known)))


def condition_labels(corpus: Corpus) -> tuple[str, ...]:
    """The conditions that the vocabulary knows, to choose from."""
    return tuple(concept.label for concept in corpus.concepts.values() if concept.kind == "condition")


def site_labels(corpus: Corpus) -> tuple[str, ...]:
    """The sites that the vocabulary knows, to choose from."""
    return tuple(concept.label for concept in corpus.concepts.values() if concept.kind == "site")


def words(patient: Mapping[str, Any] | None, corpus: Corpus) -> str:
    """The patient in one line; empty for none. Raises PatientError for one that can't be used."""
    return in_words(Patient.from_value(patient), corpus) if patient else ""


def _serving(panel: Panel) -> tuple[str, ...]:
    """The blocks that serve the patient's site; none where there is no patient, or the site is not settled."""
    patient = panel.patient
    return situation_of(Patient.from_value(patient), load_algorithm()).blocks if patient else ()


def _as_fields(values: Mapping[str, Any], history: Mapping[str, str]) -> dict[str, Any] | None:
    if not values.get("condition"):
        return None
    found = {name: value for name, value in values.items() if value is not None}
    lists = {name: [who for who, said in history.items() if _LIST_OF[said] == name] for name in LISTS}
    return found | {name: names for name, names in lists.items() if names}
