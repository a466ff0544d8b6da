"""What treatments are called in plain words."""

from __future__ import annotations

import re
from typing import Final

_WIRED: Final = (
    r"(?:systems?|devices?|leads?|electrodes?|wires?|hardware|units?|implants?|kit|generators?|"
    r"pacemakers?|batter(?:y|ies))"
)


_NERVE: Final = (
    r"(?:by|beside|next to|alongside|close to|near|on|at|along) (?:the|an?|his|her|their|that) (?:\w+ "
    r")?nerve"
)


_CORD: Final = (
    r"(?:spinal(?: cord)?|epidural|dorsal[- ]column|posterior[- ]column|cord|neuraxial|backbone|implanted "
    r"spinal)"
)


# Names that stand for one treatment wherever they are.
NAMES: Final = (
    ("pns", re.compile(
        rf"\b(?:percutaneous )?(?:peripheral|nerve)(?:[- ]nerve)? {_WIRED}\b|\b(?:lead|wire|electrode) {_NERVE}\b"
        r"|\bstimulat(?:ing|ion of) (?:a |one |that |his |her |their )?(?:single |peripheral |affected |injured "
        r")*nerves?\b"
        r"|\b(?:the |a )peripheral (?:one|kind|route|option|variety|version|form)\b|\bstimulat(?:ing|ion of) (?:the|a) "
        r"(?:peripheral )?nerve\b")),
    ("scs", re.compile(
        rf"\b{_CORD} (?:trial )?{_WIRED}\b|\b(?:stimulator|pacemaker|lead|electrode|wire|device|implant)s? (?:in|"
        rf"into|for|to|beside|by|"
        rf"over|on|along) "
        r"(?:the |his |her |your )?(?:epidural space|spine|spinal cord|cord|dorsal columns?|back)\b"
        r"|\b(?:the |a )(?:spinal|epidural|cord|dorsal[- ]column|neuraxial) (?:one|kind|route|option|variety|"
        r"version|form|"
        r"approach|method)\b"
        r"|\b(?:a |the )?trial (?:leads?|electrodes?|wires?|stimulation)\b(?! (?:in |has |have |was |were |is |be |"
        r"bring|brought|show))"
        r"|\bstimulat\w+ (?:of )?(?:the )?(?:spinal cord|cord|spine|dorsal columns?)\b|\b(?:a |the |"
        r"one )?(?:spinal|epidural|cord) "
        r"trials?\b"
        r"|\b(?:the )?(?:spinal cord|cord|spine)(?= (?:(?:itself|has|had|is|was|be|been|being|can) "
        r"){1,3}stimulated\b)|\bpain pacemakers?\b"
        r"|(?:(?<=behind )|(?<=before )|(?<=after )|(?<=ahead of )|(?<=above )|(?<=below )|(?<=than ))(?:that of "
        r")?the (?:spinal )?cord\b"
        r"|(?<!permanent )\bimplant(?:s|ing|ation)?\b(?= (?:early|first|at once|now|straight|before|as soon|once|"
        r"immediately|upfront|sooner))")),
    ("block", re.compile(
        r"\bneedl(?:es?|ing)(?: (?:procedures?|work|techniques?|treatments?|blocks?))?\b(?! (?:placement|position|"
        r"tip|trauma|"
        r"injur|stick|phobi|size|gauge|tract|pass))|\b(?:sympathetic|ganglion|numbing|neck|nerve|stellate|lumbar|"
        r"regional) "
        r"(?:injections?|jabs?|shots?|procedures?)\b|(?<!intravascular )(?<!steroid )(?<!epidural )(?<!saline )"
        r"\b(?:injections|jabs)\b"
        r"|\b(?:lumbar|stellate|celiac|coeliac|hypogastric|impar) one\b"
        r"|\b(?:lumbar|stellate) (?:chain|ganglion|block) list\b|(?:(?<=leapfrog )|(?<=leapfrogging )|(?<=skip )|"
        r"(?<=skipping )|"
        r"(?<=bypass )|(?<=bypassing )|(?<=omit )|(?<= out )|(?<=go for )|(?<=try )|(?<=trying )|(?<=target )|"
        r"(?<=inject )|(?<=numb )|"
        r"(?<=block )|(?<=blocking ))the (?:(?:stellate|lumbar sympathetic|sympathetic) )?(?:ganglion|ganglia|chain)\b"
        r"|\bthe (?:stellate|lumbar|sympathetic)(?: \w+){0,3} (?=(?:is|are|be|being) blocked\b)")),
    ("ketamine", re.compile(r"\b(?:the |a |iv )drips?\b|\bdrips\b")),
    ("drugs", re.compile(
        r"\b(?:capsules|prescription pad|prescribing|prescriptions?|what the chemist has|oral agents?|"
        r"(?:tablets?|pills?) and (?:creams?|patches))\b")),
    ("block|ketamine", re.compile(
        r"\b(?:gentler|lesser|simpler|smaller|temporary|short-lived|milder|lighter) (?:options?|treatments?|steps?|"
        r"measures?|"
        r"techniques?|therap(?:y|ies)|means|alternatives?|interventions?|things?|ones|procedures?)\b(?! than)|"
        r"\b(?:anything|everything|whatever is|all that is|what is|all) (?:less invasive|gentler|lighter|milder)\b")),
)  # fmt: skip


# Without one of these beginnings no name stands in a text; most sentences are done with quickly.
HINT: Final = re.compile(
    r"\b(?:needl|inject|jab|shot|drip|lead|electrode|wire|device|implant|stimul|spin|epidural|dorsal|posterior|cord|"
    r"neurax|backbone|nerve|peripher|percut|capsul|prescri|oral|tablet|pill|chemist|gentl|less|simpl|small|tempor|"
    r"short|"
    r"mild|light|gangli|chain|pacemaker|stellate|lumbar|sympath|celiac|coeliac|"
    r"hypogas|impar|numb|neck|regional|trial)"
)
