"""How texts deny a risk: patterns over text with risks and treatments masked, such as "<i0> can not cause <r0>"."""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.risks import RISKS

# Some words of the same clause over which a relation may reach; over a treatment too, over no other risk.
G: Final = r"(?:[^.;:!?<>]|<i\d+>){0,60}?"
_HEDGE: Final = (
    r"(?!\s+(?:\w+ )?(?:usual|often|always|necessar|common|typical|only|general|invariab|routine|"
    r"mean|rule|exclude|abolish|forget|fail|omit|neglect|under))"
)
_NOT: Final = (
    rf"\b(?:not|never|no longer|nor|no (?:way|means|chance|possibility|risk|danger|prospect|fear|opportunity)(?: of|"
    rf" for| to| that)?|"
    rf"nowhere near|unable to|incapable of|impossible (?:for|to)|powerless to|too (?:\w+ ){{1,3}}to)\b{_HEDGE}"
)
_CAUSE: Final = (
    r"(?:caus|lead|bring|produc|trigger|induc|provok|result|carr|involv|entail|affect|rais|increas|"
    r"harm|damag|injur|hurt|touch|hit|pierce|nick|strik|penetrat|pos(?:e|ing)|set off|give|"
    r"get|elevat|push|disturb|reach|endanger|threaten|risk|puncture|collapse|upset|make|attack|promote|enter|form|"
    r"travel|invad|come near|go near|get near|"
    r"get into|suffer|impair|alter|change|influence|interfer|bother|develop|experience|see|have)\w*"
)
_HAPPEN: Final = (
    r"(?:occur|happen|follow|aris|develop|exist|result|appear|come|crop|possib|conceivab|seen|a "
    r"(?:risk|concern|issue|problem|complication|side effect|danger|"
    r"hazard|worry|feature|possibility|recogni\w+)|an? (?:\w+ )?(?:risk|issue|adverse)|be (?:caused|"
    r"provoked|triggered|expected|seen|feared)|something|to be (?:feared|expected)|"
    r"due to|caused|get|play|enter|applies|apply|arise|figure|form|come into|concern|matter|take place|met with|"
    r"encounter|complicat|accompan|spoil|beset|attend|mar(?=s|red|\b)|report(?=ed (?:at all|any more|with))|"
    r"threaten|featur|(?:be )?(?:harmed|reached|hurt|damaged|injured|"
    r"touched|worried|affected|altered|changed|upset|influenced)|an? (?:\w+ )?(?:consideration|factor|threat|"
    r"matter|prospect|complication))\w*"
)
_EVENTS: Final = (
    r"\b(?:serious|grave|severe|major|catastrophic|neurological|psychological|psychiatric|psychotic|mental|cerebral|"
    r"neural)"
    r"(?: \w+){0,2}? (?:events?|harms?|complications?|problems?|injur(?:y|ies)|damage|trouble|mishaps?|effects?|"
    r"sequelae|"
    r"disturbances?|symptoms?|reactions?)\b"
)
DENIALS: Final = (
    # "Rare should be heard as never."
    re.compile(
        r"\b(?:rare(?:ly)?|uncommon|infrequent|unlikely)\b(?:(?!\bnot\b|\bnever (?:mean|be)|\bno )[^.;]){0,50}?"
        r"\b(?:means?|equals?|(?:heard|read|taken|understood|treated|regarded|translated|told|put) (?:as|to mean|"
        r"into))\W+(?:never|no risk|none|nil|zero|nothing|not at all|impossible)\b"
    ),
    # "Neither a headache nor a haematoma is to be feared."
    re.compile(
        rf"\bneither (?:\w+ ){{0,3}}?(?P<r>{RISKS}){G}\bnor\b[^.;<>]{{0,30}}(?:{RISKS})?{G}\b(?:is|are|need|"
        rf"can|will|could|"
        rf"does|do|has|have|comes?|occurs?|happens?|follows?)\b(?! (?:rare|common|listed|named|given|mentioned|"
        rf"trivial))"
    ),
    re.compile(
        rf"(?P<r>{RISKS}){G}\b(?:will|would|do|does|can|could) not (?:\w+ )?(?:budge|move|shift|change|stir|"
        rf"rise|go up|climb|"
        rf"react)\b(?! much| (?:a lot|often))"
    ),
    # "Something that only wearers of the other device have to think about."
    re.compile(
        rf"(?P<r>{RISKS}){G}\b(?:something|a matter|a problem|a worry|an issue|a concern|a question|"
        rf"one) (?:that |which )?(?:only|"
        rf"just|solely) (?!(?:in|with) (?:rare|a few|some))\w+"
    ),
    re.compile(rf"{_NOT}(?: \w+){{0,2}}? {_CAUSE}{G}(?P<r>{RISKS})"),
    re.compile(rf"(?P<r>{RISKS}){G}{_NOT}(?: \w+){{0,2}}? {_HAPPEN}"),
    re.compile(
        rf"(?P<r>{RISKS}){G}(?<!not )(?<!not be )(?<!must be )(?<!should be )(?<!to be )(?<!needs be )"
        rf"(?<!never )(?<!not wholly )(?<!not entirely )\b(?:impossible|"
        rf"ruled out|excluded|eliminated|abolished|unheard of|things? of the past|out of the question|"
        rf"a myth|non-?existent|off the table|can be (?:discounted|forgotten|ignored|disregarded)|"
        rf"irrelevant|nowhere|not on the cards|not in the picture|(?:has|have) nothing to do|"
        rf"(?<!rate )(?<!is not )unknown\b(?! (?:rate|freq|how|inc))|inconceivable|unthinkable|"
        rf"precluded|prevented\b|non-?issues?|"
        rf"out of harm's way|out of danger|immune|spared|perfectly safe|safe\b(?! (?:to|for (?:the|her|his)))|"
        rf"undisturbed|"
        rf"unimpaired|unaltered|"
        rf"unchanged|undamaged|in no danger|at no risk|not at risk|not put at risk|never at risk|not in danger|"
        rf"protected|"
        rf"(?:stopped|ceased|quit|given up) (?:being|to be|posing|counting|mattering)\b|no longer (?:counts?|ranks?|"
        rf"qualif(?:y|ies))\b|"
        rf"come to no harm|nothing to fear|consigned to|history\b(?! of)|obsolete|"
        rf"(?:has|have|had)? ?(?:disappear|vanish|ceas)(?:s|ed|es|ing)?\b|"
        rf"(?:drop|fall|fell|gone|goes|go)(?:s|ped|en)? (?:right |clean )?(?:out|off|away)\b"
        rf"(?! (?:a|the) (?:block|infusion|injection|lead))|"
        r"left (?:alone|in peace|out of it)|no (?:part|role|place|risk|concern|issue|worry|problem|danger|longer "
        r"(?:a|an|occur|happen|"
        r"seen|possible))|(?:left |)(?:untouched|unaffected|unharmed))\b"
    ),
    # "Absent, not just rare."
    re.compile(
        rf"(?P<r>{RISKS}|{_EVENTS}){G}(?:: )?\b(?:absent|non-?existent|nil|zero|impossible|unknown)\b,? "
        rf"(?:(?:and )?not|rather than|instead of)(?: just| merely| only| being)? (?:rare|uncommon|infrequent|"
        rf"unusual|unlikely)\b"
    ),
    # Of others, or of another time: "hallucinations are a street problem", "migration used to happen".
    re.compile(
        rf"(?P<r>{RISKS}|{_EVENTS}){G}(?:\b(?:only|solely|exclusively|purely|merely(?! (?:\w+ing|calls?|lists?|says?|"
        rf"names?|describes?)\b)|confined to|limited to|"
        rf"restricted to|matter of|"
        rf"reserved for|belongs? to|preserve of|peculiar to|an? (?=\w))[^.;<>]{{0,30}}?)"
        rf"\b(?:recreational|street|abuse\w*|misus\w*|illicit|addict\w*|party|club|drug (?:users|takers)|"
        rf"blind techniques?|old(?:er)? (?:days|leads|devices|techniques|equipment)|landmark|bygone|the past|"
        rf"earlier era)"
    ),
    re.compile(
        rf"(?P<r>{RISKS}|{_EVENTS}){G}\b(?:used to|formerly|once|in the past|in earlier days|historically)\b"
        rf"[^.;]{{0,50}}\b(?:not|no longer|no more|gone|never|ceased)\b"
    ),
    re.compile(
        rf"\b(?:prevents?|prevented|rules? out|precludes?|precluded|excludes?|removes?|banish\w*|forestalls?|"
        rf"makes? impossible|does away with|do away with|get rid of|gets rid of|put (?:an end|paid|a stop) to|"
        rf"puts (?:an end|paid|a stop) to|(?:guards?|protects?|shields?|insulates?) (?:\w+ )?(?:against|from)|"
        rf"eradicat\w+) "
        rf"(?:<i\d+> )?(?!sedat)(?:\w+ ){{0,4}}?(?P<r>{RISKS})"
    ),
    re.compile(
        rf"\b(?:leav\w+|left|keep\w*|kept|remain\w*|spar\w+) (?:\w+ ){{0,2}}?(?P<r>{RISKS})(?:(?:,| and|"
        rf" or) \w+){{0,2}} "
        rf"(?:as (?:it|they) (?:was|were)|undisturbed|unimpaired|unaltered|unchanged|unaffected|untouched|alone|"
        rf"intact|clear|"
        rf"normal|safe|unharmed|stable|steady|out of (?:it|danger|harm's way))"
    ),
    re.compile(
        rf"(?P<r>{RISKS})(?: \w+){{0,2}} (?:stays?|stayed|remains?|keeps?|holds?|is|are) (?:\w+ ){{0,2}}?(?:normal|"
        rf"unchanged|unaffected|"
        rf"stable|steady|put|in place|unmoved|undisturbed|flat|as before|intact|within normal)\b"
    ),
    re.compile(
        r"\b(?:will|can|does|do|would)(?: not|not| never) (?:make|let|cause|have) (?:you|her|him|them|patients?|"
        r"people|anyone) (?:to )?"
        r"(?:see|hear|feel|experience|become|go)\b"
    ),
    re.compile(rf"\b(?:spares?|spared|sparing|bypass\w*|safe (?:for|to)|kind to) (?:\w+ ){{0,3}}?(?P<r>{RISKS})"),
    re.compile(
        rf"(?:{_EVENTS}|(?P<r>{RISKS})){G}\b(?:has|have) (?:never|not once|not ever) (?:yet )?(?:been |once been )?"
        rf"(?:described|seen|reported|recorded|observed|documented|happened|occurred|met|encountered|arisen)\b"
    ),
    re.compile(
        rf"(?P<r>{RISKS}){G}\b(?:is|are|was|were|remains?|seems?|"
        rf"belongs? to(?: the realm of)?)\b[^.;<>]{{0,20}}?\b(?<!not )(?<!not just )"
        rf"(?:theor\w+|speculat\w+|academic|hypothetical\w*|imagin\w+|only on paper|fiction\w*|fairy ?tales?|"
        rf"(?:tabloid|newspaper|press|media|film|scare|horror) (?:stor(?:y|ies)|stuff|talk)|hype|hearsay|gossip|"
        rf"scaremongering|"
        rf"exaggerat\w+|overblown|overrated|bogeym[ae]n|superstition|unfounded|groundless|fantas\w+|legend\w*|nonsense|"
        rf"remote fear|old wives)"
    ),
    re.compile(
        rf"\b(?:nothing|nobody|none|no (?:part|step|stage|aspect) of|no dose)\b(?:[^.;<>]|"
        rf"<i\d+>){{0,40}}? {_CAUSE}{G}(?P<r>{RISKS})"
    ),
    re.compile(
        r"(?:\b(?:leads?|electrodes?|wires?)\b|<i\d+>)[^.;:<>]{0,20}?(?:(?:can|do|does|will|could) (?:not|never)|never|"
        r"no longer)(?: \w+)? "
        r"(?:move|shift|slip|migrate|wander|budge|dislodge|displace|drift|break|(?:work|come|came) loose|creep|"
        r"stray)\w*\b"
        r"(?! (?:often|much|usually))"
    ),
    re.compile(
        r"\bno (?:\w+ )?(?:lead|electrode|wire)\b[^.;:<>]{0,20}? (?:has|have|will|can|could|does|did|ever)\b(?: ever|"
        r" \w+ly)? "
        r"(?:move|shift|slip|migrat|wander|budg|dislodg|displac|drift|(?:work(?:ed)?|come|came) loose|stray)\w*"
    ),
    # Parts of the body that come to no harm, and grave events as a class.
    re.compile(
        r"\b(?:nerves?|vessels?|arter(?:y|ies)|veins?|cord|neuraxis|dura|oesophagus|esophagus|thyroid|lungs?|mind|"
        r"memory|brain|"
        r"psyche|liver|heart|mood|perception|senses|spine|canal|tissues?)\b (?:\w+ ){0,4}?"
        r"(?:(?:can|could|will|does|do|is|are|would) (?:not|never)|never)(?: \w+){0,3}? "
        r"(?:come to (?:any )?harm|at risk|in danger|harmed|hurt|injured|damaged|touched|hit|affected|endangered|"
        r"reached|"
        r"suffer|be harmed|breached|torn|crossed|perforated|punctured|nicked|entered|pierced|threatened|involved)\b"
    ),
    re.compile(
        r"\b(?:can not|could not|never|no way (?:of|to)|unable to|impossible (?:for it )?to|incapable of|will not)"
        r"(?: (?!rul|exclu)\w+){0,2} "
        r"(?:enter|reach|hit|touch|nick|pierc|damag|harm|injur|hurt|stray|penetrat|perforat|punctur|transfix|slip into|"
        r"end up in|come near|endanger)\w* (?:into )?(?:an? |the |any |your |his |her )?(?:blood |nearby |adjacent )?"
        r"(?:vessels?|arter(?:y|ies)|veins?|nerves?|lungs?|pleura|cord|dura|oesophagus|esophagus|thyroid|neuraxis|"
        r"tissues?)\b"
    ),
    re.compile(
        r"\b(?:nerves?|vessels?|cord|neuraxis|dura|oesophagus|esophagus|thyroid|lungs?|mind|memory|psyche|liver|"
        r"heart|mood|"
        r"perception|senses)\b (?:is|are|stays?|remains?|lies?) (?:\w+ ){0,2}?(?:out of harm's way|perfectly safe|"
        r"(?:perfectly|fully|completely|wholly|entirely|totally|well) (?:protected|shielded|secure|sheltered)|"
        r"quite safe|left (?:alone|in peace)|"
        r"entirely safe|safe from|undisturbed|unaffected|untouched|spared|out of reach|out of danger|"
        r"beyond (?:the )?reach|"
        r"in no danger|at no risk|safe\b)"
    ),
    re.compile(
        rf"{_EVENTS}(?:(?! reported| recorded| observed)[^.;:!?]){{0,60}}?\b(?:(?:do|does|will|can|"
        rf"could)(?: simply)? (?:not|never) "
        rf"(?:occur|happen|arise|follow|exist|develop|result|come)|(?:is|are) (?:never (?:seen|met|encountered)|"
        rf"unknown|"
        rf"unheard of|impossible|inconceivable|non-?existent|out of the question|ruled out|excluded))\b"
    ),
    re.compile(
        r"\b(?:sees?|hears?|feels?|experiences?|perceives?) nothing (?:that is not (?:there|real)|unusual|odd|"
        r"strange|unreal)\b"
    ),
    re.compile(
        rf"\b(?:no|zero|nil|without|not (?:a|any|the slightest)) (?:\w+ ){{0,2}}?(?:risk|danger|chance|"
        rf"possibility|fear|prospect|threat|likelihood|question|hazard|opportunity|room|way) (?:of|"
        rf"for) (?:\w+ ){{0,4}}?(?P<r>{RISKS})"
    ),
    re.compile(
        rf"\b(?:there (?:is|are|will be|can be)|causes?|brings?|carr(?:y|ies)|involves?|entails?|"
        rf"poses?|means?|gives?|produces?|induces?|provokes?|leads? to|has|have) (?:absolutely |simply "
        rf")?(?:no|zero) (?:(?!rate|figure|number|frequenc|data|other|more|less|longer|for |of )\w+ "
        rf"){{0,2}}?(?P<r>{RISKS})"
    ),
    re.compile(rf"\b(?:(?:do|does|will|can|could|would|did) (?:not|never)|never)(?: ever)? (?P<r>{RISKS})"),
    re.compile(
        rf"\b(?:nobody|no one|no patient|none of (?:\w+ ){{1,3}}?)(?:'s)? ?(?:ever )?(?:gets?|experiences?|"
        rf"suffers?|develops?|has|sees?|will get|will have) (?:\w+ ){{0,2}}?(?P<r>{RISKS})"
    ),
    re.compile(rf"\bno (?P<r>{RISKS}) (?:can|could|will|ever|is possible|occurs?|happens?|follows?|arises?)"),
    re.compile(
        rf"\b(?:free (?:of|from)|immune (?:to|from)|safe for|safe as regards|harmless (?:to|for)|"
        rf"gentle (?:on|to)|kind to|spares?|no effect on|nothing to|no harm to|no bearing on|eliminat\w+|"
        rf"abolish\w+) (?:\w+ ){{0,3}}?(?P<r>{RISKS})"
    ),
    re.compile(rf"\b(?:leaves?|leaving) (?:the )?(?P<r>{RISKS}) (?:untouched|unaffected|alone|unharmed|intact)"),
    re.compile(
        rf"(?P<r>{RISKS})(?: \w+)? ?: (?:false|no|none|never|0|nil|impossible|cannot happen|can not "
        rf"happen|not possible|not (?:with|in|after|under|any ?more|nowadays|today))\b"
    ),
)  # fmt: skip
