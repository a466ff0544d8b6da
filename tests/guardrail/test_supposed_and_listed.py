"""What a text only supposes or rejects by a figure of speech, and orders set out as labels, HTML or bare lists."""

from __future__ import annotations

import pytest

from assistant.guardrail import check
from assistant.guardrail.markup import without_tags
from assistant.guardrail.supposed import without_supposed
from assistant.guardrail.units import read
from assistant.reading import normalise

SUPPOSED = (
    "Had 48% been the figure for usual care, SCS would have lost; it was the figure for SCS.",
    "Had I read only the 2007 trial, I might have put SCS first; the review doesn't, and gives its reason.",
    "If SCS were less invasive than a block, the order would be different. It's more invasive.",
    "SCS may look attractive as an opener, yet in this review it closes the sequence.",
)
REJECTED = (
    "Having SCS ahead of blocks would turn the review on its head.",
    "A stellate block for a painful foot makes no anatomical sense; a lumbar sympathetic block does.",
    "The registrar's letter puts ketamine behind SCS. Please swap them: the infusion belongs before the implant.",
    "What would be out of order? SCS right after drugs. What is in order? A block with ketamine, then SCS.",
    "It's easy to misread 'PNS earlier' as 'SCS earlier'. Only PNS is meant.",
    "Nobody would use a celiac block for the arm.",
    "| Claim | Review |\n|---|---|\n| SCS before blocks | no |\n| Ketamine with blocks | yes |",
    "Wrong: drugs → SCS → block. Right: drugs → block ± ketamine → SCS.",
    "She had SCS in 2015, before anyone offered her a block; today the review would put the block first.",
    "A trial lead comes first, the permanent SCS system second.",
    "Fewer patients left SCS for reoperation (5 of 24) than left reoperation for SCS (14 of 26).",
    "Lead migration isn't just a nuisance of old devices; it's on the list of SCS complications.",
    "You can skip neither the block nor ketamine on the way to SCS, as the review has it.",
)
LISTED = (
    "Algorithm:\nA = drugs\nB (if A fails) = sympathetic block, ketamine with it or next\nC (if B fails) = SCS",
    "Plan A: stellate block\nPlan B: ketamine\nPlan C: stimulator, trial first",
    "<ol><li>Drugs</li><li>Sympathetic block, ketamine with it or after</li><li>SCS</li></ol>",
    "Order of play: needle, drip, implant.",
)
OUT_OF_ORDER = (
    "Algorithm:\nA = stimulator\nB (if A fails) = sympathetic block\nC (if B fails) = ketamine",
    "First choice after drugs: SCS\nSecond choice: stellate block",
    "SCS (1st), SGB (2nd), ketamine (3rd)",
    "<b>SCS first</b>, then a stellate block.",
    "<ol><li>Drugs</li><li>SCS</li><li>Sympathetic block</li></ol>",
    "steps:\n  - drugs\n  - spinal cord stimulation\n  - stellate block\n  - ketamine infusion",
    "ladder = [drugs, SCS, block, ketamine]",
    "Order of play: implant, needle, drip.",
    "Block optional. Ketamine optional. SCS next.",
)
DENIED = (
    "SCS: no serious risks.",
    "SGB risks: none worth mentioning.",
    "Lead migration: not with modern leads.",
    "With the probe on the neck, pneumothorax and haematoma have stopped being hazards of the stellate block.",
    "Heavier sedation carries no penalty: whether the patient can report what is felt has no bearing on safety.",
    "Run ketamine alongside the blocks and the burning will be gone.",
)


@pytest.mark.parametrize("text", (*SUPPOSED, *REJECTED, *LISTED))
def test_what_is_supposed_rejected_or_in_order_passes(text: str) -> None:
    assert check(text).verdict == "pass"


@pytest.mark.parametrize("text", (*OUT_OF_ORDER, *DENIED))
def test_lists_out_of_order_and_labels_that_deny_a_risk_block(text: str) -> None:
    assert check(text).verdict == "block"


def test_what_a_supposition_recommends_is_still_a_claim() -> None:
    text = "Were she my patient, SCS would be what I'd offer before any block."
    assert without_supposed(read(text)).units[0].text == text
    assert check("Had she gone straight to SCS, she would have been spared two blocks.").verdict != "pass"


def test_a_condition_that_may_come_true_is_no_supposition() -> None:
    text = "Were blocks and ketamine to fail, SCS could be considered."
    assert without_supposed(read(text)).units[0].text == text


def test_a_denied_risk_is_read_when_a_pronoun_stands_for_one_of_several() -> None:
    text = "Dysuria and blood in the urine belong to recreational use; the review doesn't pin them on infusions."
    assert not any(finding.rule == "INP-1" for finding in check(text).findings)


def test_tags_give_way_to_as_many_characters() -> None:
    text = "<ol><li>Drugs</li><li><b>SCS</b></li></ol> p < 0.05"
    plain = without_tags(normalise(text)).text
    assert len(plain) == len(text)
    assert "<b>" not in plain and "p < 0.05" in plain and "2. " in plain


def test_a_finding_in_html_spans_the_original() -> None:
    text = "<p>Hello.</p><p>SCS cures CRPS.</p>"
    (finding,) = (item for item in check(text).findings if item.rule == "ABS-1")
    assert text[finding.start : finding.end].startswith("SCS cures CRPS")
