"""A drafted sentence says what its statement says, or it is not kept."""

from __future__ import annotations

import pytest

from assistant.corpus import load
from assistant.drafting.agreement import disagreement

# Statement, a rewording of it, and what makes it wrong: each is a kind of lie.
WRONG = {
    "figure": ("nmda-ketamine-half-life", "Ketamine's elimination half-life is 80 to 280 minutes."),
    "bound": ("smp-threshold-under-50", "CRPS patients who improve by more than 50% after a sympathetic block may have "
              "sympathetically independent pain."),
    "unit": ("pns-evidence-sixty-day-system", "Temporary PNS uses a percutaneously placed lead that stays for 60 weeks."),
    "denial": ("ketamine-risk-help-and-evidence", "Ketamine may not help patients with chronic neuropathic pain."),
    "figure denied": ("nmda-ketamine-half-life", "Ketamine's elimination half-life is not 80 to 180 minutes."),
    "denial lost": ("block-benefit-phn-long", "Sympathetic blocks appear effective in long-standing postherpetic neuralgia."),
    "arms": ("scs-benefit-north2005-crossover-result", "Significantly fewer patients crossed over from reoperation "
             "(5 of 24) than from SCS (14 of 26) in North's randomised trial in failed back surgery."),
    "direction": ("scs-benefit-north2005-crossover-result", "Significantly more patients crossed over from SCS (5 of 24) "
                  "than from reoperation (14 of 26) in North's randomised trial in failed back surgery."),
    "order": ("order-ketamine-before-scs", "SCS reasonably comes before ketamine infusions."),
    "condition lost": ("order-precondition", "Further interventions for chronic neuropathic pain might be considered."),
    "hedge lost": ("ketamine-risk-helpful-when-all-else-failed", "Ketamine helps patients with intractable neuropathic pain."),
    "sites": ("blocks-site-list", "Sympathetic blocks by site are stellate ganglion for lower-limb and lumbar sympathetic "
              "for upper-limb pain."),
    "treatment": ("nmda-antagonist-mechanism", "Drugs that antagonise the opioid receptor may alleviate pain by "
                  "inhibiting central sensitisation."),
    "superlative": ("ketamine-use-evidence-compared", "Evidence for ketamine is overwhelming in CRPS."),
    "grade": ("ketamine-use-evidence-compared", "Evidence for ketamine is weak in CRPS but moderate in other neuropathic "
              "conditions."),
    "silence": ("scs-benefit-north2005-gap", "The difference between SCS and reoperation in North's trial was "
                "statistically significant at 3 years."),
    "subject": ("pns-evidence-rare-complications", "Nerve injury and infection are rare."),
}  # fmt: skip
RIGHT = {
    "passive": ("ketamine-risk-physical", "Dizziness, nausea, headache, tachycardia and hypertension may be experienced by "
                "some patients given ketamine."),
    "front": ("scs-benefit-north2005-design", "In 50 patients with failed back surgery and intractable neuropathic leg "
              "pain, North's randomised controlled trial compared a trial of SCS with reoperation."),
    "list": ("pns-evidence-rare-complications", "Infection and nerve injury are rare with PNS."),
    "silence": ("sedation-drugs-gap", "No drug or depth of sedation for interventional procedures is specified in the review."),
    "one word that no list has": ("nmda-antagonist-mechanism", "Drugs that antagonise the NMDA receptor may alleviate pain "
                                  "by inhibiting central sensitisation mechanistically."),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_lie_disagrees(name: str) -> None:
    statement = next((s for s in load().statements if s.id == WRONG[name][0]), None)
    if statement is None:
        statement = next(s for s in load().statements if "long-standing postherpetic" in s.text)
    assert disagreement(WRONG[name][1], [statement]) is not None


@pytest.mark.parametrize("name", RIGHT)
def test_a_rewording_agrees(name: str) -> None:
    identifier, sentence = RIGHT[name]
    assert disagreement(sentence, [load().by_id[identifier]]) is None


@pytest.mark.parametrize("statement", load().statements, ids=lambda statement: statement.id)
def test_a_statement_agrees_with_itself(statement: object) -> None:
    assert disagreement(statement.text, [statement]) is None  # type: ignore[attr-defined, list-item]
