"""What the engine knows of English."""

from typing import Final

from trialsim.simulation.reading.words.chat import DIGITS, SPELLINGS
from trialsim.simulation.reading.words.english_ideas import IDEAS
from trialsim.simulation.reading.words.shape import NOTHING, Words, either, opening, words

# With and without its apostrophe, but neither "want" nor "sent".
_NOT: Final = (
    r"(?:do|does|did|is|are|was|were|have|has|had|would|should|could|must|need|ca|wo|sha|ai)n'?t"
)

ENGLISH: Final = Words(
    negation=words(
        "never",
        "not",
        _NOT,
        "cannot",
        r"avoid\w*",
        "without",
        "instead of|rather than|as opposed to",
        "no (?:need|reason|point|call|use|way)",
        "no one|nobody|neither|nor|none of",
        "refrain",
        "unable to",
    ),
    not_negation=words(
        r"(?:do not|don'?t|never) (?:hesitate|worry|forget|mind|be afraid|panic|be shy)",
        r"why (?:do not|don'?t|not)",
        r"(?:ca|could|would|wo|do)n'?t you|(?:could|would|will) you not",
        r"not (?:only|just|least|yet sure|sure|certain)|if not|or not|why not",
        rf"(?:if|when|in case|should|as long as|since) (?:\S+ ){{1,3}}?(?:{_NOT}|not|cannot)",
        "without (?:any )?(?:problems?|trouble|doubt|delay|fail|further)",
    ),
    warning=words(
        "no",
        "careful|beware|cautious|wary|suspicious|distrust|watch out|look out for",
        r"(?:advis|caution|warn|recommend|counsel)\w* (?:\S+ )?(?:against|of|about)",
        "hold off|steer clear|stay away|resist|keep from|stop short|spare|abstain|desist|forgo",
        "ignore|decline|refuse|discourage|leave out",
        "under no circumstances|on no account|by no means|at no (?:point|time|stage)",
        "nothing (?:wrong|to do|gained|to be gained|amiss)",
        r"(?:dangerous|risky|unwise|foolish|unsafe|pointless|useless|needless|unnecessary"
        r"|a mistake|a shame|a pity|overkill|too early|premature|wrong) to",
        r"(?:if|when|should|whenever) (?:any|some)(?:one|body)|whoever|who(?:so)?ever"
        r"|(?:any|some)(?:one|body) (?:who|that|asks|asking|claiming)|people who|those who",
        r"(?:if|when|should) (?:an? )?(?:\w+ )?(?:caller|mail|e-mail|message|page|stranger)s?",
        r"scam\w*|phish\w*|fraudsters?|crooks?|thie(?:f|ves)|strangers?",
        "hardly|scarcely|far from|the last thing|a myth",
        "(?:incorrect|untrue|false|wrong) (?:to|that)",
        "would(?:n't| not) dream|could(?:n't| not) possibly",
    ),
    negation_after=NOTHING,
    warning_after=words(
        rf"not|never|{_NOT}|cannot|no (?:use|good|help|business|concern|longer)",
        r"(?:is|are|was|were|be|seems?|sounds?|'s) (?:\S+ )?(?:unnecessary|unwise|risky|dangerous"
        r"|unsafe|pointless|useless|disproportionate|overkill|premature|impossible|forbidden"
        r"|a mistake|a scam|a trick|a risk|out of the question)",
        r"(?:a|an|the) (?:\w+ )?(?:bad|poor|terrible|worst|wrong) (?:idea|thing|advice|move|step)",
        "to yourself|is yours alone|only makes?|only slows?|only costs?",
    ),
    breaks=either(
        r"[,;:()]",
        r"\s[-–—]\s",
        words(
            "but|so|then|because|therefore|otherwise|please|however|just",
            "if|unless|until|when|once|while|as soon as",
        ),
    ),
    request=either(
        r"\?",
        opening(
            "what|which|when|where|who|how|why|did|do|does|have|has|can|could|would|are|is|was",
            "were|will|any|whose|whom|shall|should|may|must",
            "give|get|describe|state|explain|name|supply",
        ),
        words(
            "please|can you|could you|would you",
            r"tell (?:me|us)|let (?:me|us) know",
            "send|share|confirm|check|provide|need to know|i need|we need|may i|may we",
            "(?:give|get|show|write|mail|forward) (?:me|us)|need to (?:give|tell|supply|state)",
            "i(?: woul|')d (?:like|love) to (?:know|hear)|i wonder",
        ),
    ),
    empathy=words(
        "sorry",
        r"apologi[sz]e|apologies",
        "understand(?:able)?",
        "i can imagine|i see how|i would feel",
        "must be (?:hard|frustrating|annoying|stressful|worrying)",
        "frustrating",
        "that is urgent",
        "thank you for (?:your patience|telling|explaining|writing)",
    ),
    harsh=words(
        r"(?:that|this|it)(?: is|'s) (?:not|no) (?:my|our) (?:problem|business|concern|job)",
        "(?:hurry up|calm down|shut up|get over it|deal with it)",
        "(?:stop|quit) (?:wasting|whining|complaining|moaning|bothering)",
        r"idiots?|idiotic|morons?|stupid (?:question|mistake|people)|(?:are you|how) stupid",
        r"(?:can(?:not|'t) you|learn to) read",
        "(?:as|like) (?:i|we) (?:have )?(?:already|clearly) (?:told you|said|explained)",
        "how often (?:do|must|shall) (?:i|we) (?:have to )?(?:tell|say|repeat|explain)",
        "(?:nobody|no one) (?:cares|asked you)|(?:i|we) (?:do not|don't) care",
        "what (?:do|did) you expect|you should have (?:known|thought of)",
        "(?<!not )(?<!isn't )(?:entirely |all )?your own (?:fault|problem|stupidity)",
    ),
    sign_off=(
        r"(?:(?:with )?(?:my )?(?:kind|kindest|best|warm|warmest|many|friendly|all good) )?"
        r"(?:regards|wishes|greetings)[,.!]?"
        r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?[,.!]?|yours[,.!]?"
        r"|(?:many |best |kind )?thanks(?: a lot| again| so much| very much| in advance"
        r"| and (?:best|kind) regards)?[,.!]?|thank you(?: again| so much| very much)?[,.!]?"
        r"|(?:cheers|thx|ta|all the best|best|take care|talk soon|bye)[,.!]?"
        r"|(?:have|enjoy) (?:a|your|the) (?:good|nice|great|lovely)? ?(?:day|evening|weekend)[,.!]?"
    ),
    answering=opening(
        "yes",
        "no(?:pe|t|ne)?",
        "nothing",
        "only",
        "just",
        "all",
        "both",
        "where",
        "at once",
        "by all means",
        "oh dear",
        "(?:now that|since) you (?:ask|say|mention)",
        "[^.]*(?:not|n't) thought of that",
    ),
    quoted_after=r"^(?:on .{5,160} wrote:$|-+ ?(?:original|forwarded) message ?-+)",
    spellings=SPELLINGS,
    digits=DIGITS,
    endings=("ations", "ation", "ings", "ing", "edly", "ied", "ies", "ed", "es", "s", "ly", "e"),
    ideas=IDEAS,
    articles=("a", "an", "the", "my", "your", "some"),
    small_talk=(
        "Thank you for contacting us.",
        "Thank you for writing to us about this.",
        "Thank you for your patience.",
        "Thank you, that helps.",
        "Thanks for the quick answer.",
        "Hello, my name is Jo and I am here to help.",
        "I am sorry for the trouble this causes you.",
        "I am sorry that you had to wait for my answer.",
        "I understand how frustrating this must be.",
        "I know how annoying that is.",
        "I am happy to help you with that.",
        "Let us look at it together.",
        "I have read your message carefully.",
        "I have opened your account and I am looking at it now.",
        "I will look into this and come back to you.",
        "Give me a moment, I am checking.",
        "I have checked your account and everything looks fine.",
        "I am going to explain what I found.",
        "Here is what we know so far.",
        "Let me ask a colleague and get back to you.",
        "I talked to a colleague about your case.",
        "I have made a note of it in this ticket.",
        "You find the button in the menu on the left.",
        "It is described with pictures in our help centre.",
        "This is a question that many people ask us.",
        "You are right, that is a good question.",
        "I see what you mean.",
        "All our systems are running normally.",
        "Your ticket is with me now.",
        "Take your time, there is no hurry.",
        "Tell me if something is not clear.",
        "Please let me know if you have further questions.",
        "Is there anything else I can help you with?",
        "How are you today?",
        "May I ask how you like to be called?",
        "We are here from Monday to Friday.",
        "That is all from my side for now.",
        "I hope this helps.",
        "Have a nice day.",
        "Enjoy your weekend.",
    ),
)
