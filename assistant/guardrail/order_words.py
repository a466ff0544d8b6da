"""The words by which order is told, one class for each meaning; patterns elsewhere put them together."""

from __future__ import annotations

from typing import Final

P: Final = r"<[a-z|]+>"
# Up to some words between two parts of a relation, over no other treatment and no end of a clause.
G: Final = r"[^.;:!?<>]{0,80}?"
NEAR: Final = r"[^.,;:!?<>]{0,50}?"
# The same up to the object of "before" or "after": over no comma and no pronoun, which would be the object itself.
OBJ: Final = r"(?:(?!\b(?:they|it|them|this|these|which)\b)[^.,;:!?<>)→⇒➔]){0,60}?"

# What a treatment does that works; denied, it has failed.
_SUCCEEDS: Final = (
    r"(?:work(?!(?:ed|s|ing)? (?:through|up|his|her|their))|help|last(?! (?:resort|step))|h[eo]ld(?!\w* (?:back|off|"
    r"over|up|on|out|in|"
    r"until|for|as))|respond|suffic|succe|deliver|reliev|settl|control|answer|sustain|benefit|calm|touch|improv|"
    r"satisf|manag"
    r"|enough|adequate|effective|got (?:far|anywhere)|done? (?:the|much|any|enough|it|what|better)|made (?:much|any|a)"
    r"|(?:br(?:ought|ing)|provid\w+|giv(?:e|en|ing)|produced?|achieved?|yield\w*) (?:\w+ ){0,3}(?:relief|benefit|"
    r"respite|ease|comfort|help"
    r"|enough|much|anything|lasting)|pa(?:y|id) off|come (?:off|up))"
)
FAILED: Final = (
    rf"(?:fail|inadequa|insufficien|exhaust|unsuccess|ineffective|(?:not|[a-z]*n't|never|no longer|neither) "
    rf"(?:\w+ ){{0,3}}?{_SUCCEEDS}|without (?:\w+ ){{0,2}}?(?:success|relief|benefit|effect|gain|response|avail|joy)"
    r"|wear|wore|worn|tried|(?<!widely )(?<!commonly )(?<!often )(?<!frequently )(?<!usually )(?<!mostly )(?<!is )"
    r"(?<!are )used(?! (?:repeatedly|next|first))|used up|run (?:out|its|their)|has run|no (?:\w+ )?(?:relief|"
    r"benefit|lasting|good|use|help|"
    r"avail|"
    r"better|improvement|effect|gain|response|success|joy|difference)|disappoint|lapse|refractory|not give"
    r"|had (?:its|their|his|her|a|an) (?:\w+ ){0,2}?(?:turn|chance|run|go|try|trial)|given (?:a|its|their|every) "
    r"(?:\w+ ){0,2}?(?:turn|chance|run|go|try|trial)|brief|short|poor|too (?:little|brief)|(?<!to )stop|ceas|lets? "
    r"(?:\w+ ){0,4}?down|(?:g[eo]t|gets|getting|gain\w*|drawn?|draws) (?:nothing|little|too little)"
    r"|nowhere(?! (?:makes?|made|do|does|is|in|says?|puts?|asks?|requires?)\b)|d(?:o|oes|id|one) (?:little|nothing|"
    r"not much|no good)|(?:br(?:ought|ings?)|gave|gives?|given|giving|achieved?|yield(?:ed)?|produced?|"
    r"led to|come to|came to) "
    r"(?:nothing|little|too little)|nothing (?:to show|worth|gained|doing|came)|no (?:gain|joy)\b|to no avail|"
    r"found (?:wanting|lacking|useless)|wanting\b|useless|"
    r"unhelpful"
    r"|end of (?:its|their|the|his|her) (?:usefulness|use|road|rope|line|run|effect)|reached (?:the|its|their) "
    r"(?:end|limit)|in vain|futile|fruitless|negative|behind (?:him|her|them|us|you|the patient)|done with|given up|"
    r"spent|worked "
    r"through|(?:gone|been|worked \w+ way) through|f[ae]ll(?:s|en)? (?:short|flat)|lost (?:its|their) (?:effect|hold|"
    r"grip)"
    r"|drawn a blank|petered|underdeliver\w*|underwhelm\w*|persist|out of (?:options|drugs)|completed|left over)"
)
BEFORE: Final = (
    r"(?:before|b4|prior to|ahead of|in advance of|earlier than|sooner than|in front of|preced(?:es?|ing)|"
    r"preceded(?!,? [^<>]{0,30}\bby\b)|outrank\w*|overtak\w+"
    r"|(?:has|have) overtaken|antedat\w+|tak\w+ (?:precedence|priority) over|rank\w* (?:above|over)|priority over"
    r"|come first,? then|leads? (?:on )?to)"
)
AFTER: Final = (
    r"(?:only after|not until after|after|by way of|preceded,? (?:[^<>]{0,28} )?by|following|"
    r"(?<!evidence )(?<!support )(?<!data )(?<!idea )(?<!thinking )(?<!mechanism )(?<!science )behind|later than|"
    r"subsequent to|downstream of|second to|"
    r"secondary to"
    r"|rank\w* (?:below|under|lower than)|on the heels of|in succession to)"
)
WHOM: Final = (
    r"(?:for (?:the |any |only |all |such )*(?:those|few|people|patients?|persons?|cases?|someone|anyone|whoever|"
    r"anybody|"
    r"times?|occasions?|day|moment|event|ones)(?: in)?(?: (?:who|whom|whose|when|that|where))?|(?:in|for) whom|whom|"
    r"whose"
    r"|those in whom|only those (?:who|whom|whose))"
)
IF: Final = (
    rf"(?:only if|only when|only once|if|when|once|where|unless|until|till|reserved for|{WHOM}|in case|in the event"
    r"|as soon as|the (?:moment|day|minute)(?: that)?|whenever|now that|since|because|assuming|provided|as long as"
    r"|should(?= (?:(?:the|an?|his|her|their|these|those|that|this) )?(?:\w+ )?<))"
)
# Not yet begun, which is no failure.
UNTRIED: Final = (
    r"(?:untried|outstanding|pending|(?:not|[a-z]*n't|never) (?:yet |even )?(?:been )?(?:tried|"
    r"(?:had|given)(?! (?:\w+ ){0,3}?(?:relief|benefit|respite|ease|comfort|help|enough|much|anything|lasting|"
    r"effect|result|success|satisf\w+)\b)|attempted|offered|"
    r"started|"
    r"used|performed|carried out|undergone|done(?! (?:much|any|enough|the|it)))|(?:yet|still|have|has|waiting) to be "
    r"(?:tried|done|given|attempted|offered|started)|still (?:to come|open|available|on the table|an option|waiting)"
    r"|unused|untouched|waiting to|on (?:the|a) (?:\w+ )?list|waiting list)"
)
# A place behind the others, kept for when they fail; the loose ones only beside a word of keeping.
RESERVE: Final = (
    r"(?:fall-?backs?|fall back|back-?ups?|back-?stops?|plan [b-d]|in reserve|a reserve|the reserve|rescue|salvage|"
    r"last resorts?|stand-?by|afterthoughts?|long-?stop|safety net|second (?:string|choice)|(?:for|until|till|at) "
    r"(?:later|"
    r"afterwards|another (?:day|time)|a later \w+)|the back burner|the shelf|in the wings|down the (?:line|road)|"
    r"up (?:one's|your|the|his|her|my|our|their) sleeve|in the (?:locker|cupboard|drawer)|(?:to|at|in) the (?:very "
    r")?(?:end|back|"
    r"bottom|tail|rear)(?= of the (?:line|queue|list|ladder|road|plan|pathway|order|sequence|algorithm|pack)| ?(?:$|"
    r"[.,;:)])))"
)
SHELF: Final = (
    r"(?:in hand|in (?:its|their) turn|(?:to|till|until|for|at) (?:the )?(?:end|last|later|afterwards?)|back|in case|"
    r"for "
    r"(?:whatever|what|when|if)|on (?:ice|hold))"
)
# What stands between a patient and a treatment, and words that make one treatment hang on another.
CONDITION: Final = (
    r"(?:entry ticket|ticket|passport|gate(?:way|keeper)?|key|hurdles?|(?:pre-?)?conditions?|criteri(?:on|a)|"
    r"(?:pre-?)?requirements?|prerequisites?|qualification|qualif(?:y|ies|ied)|threshold|stepping stones?|licen[cs]e|"
    r"(?<!close the )(?<!shut the )door|"
    r"opens? the (?:way|door)|unlocks?|buys?|earns?|entitles?|eligib\w+)"
)
HINGES: Final = (
    r"(?:presuppos\w+|hangs?(?:ing)? (?:up)?on|requires?|requiring|hing\w+ (?:up)?on|depend(?:s|ent|"
    r"ing)? (?:up)?on|demands?|contingent "
    r"(?:up)?on"
    r"|conditional (?:up)?on|on (?:the )?condition|predicated on|eligib\w+|qualif\w+|entitle\w*|admission to|access to)"
)
