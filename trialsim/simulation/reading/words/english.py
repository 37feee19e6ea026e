"""What the engine knows of English."""

from typing import Final

from trialsim.simulation.reading.words.shape import Words, either, opening, words

ENGLISH: Final = Words(
    negation=words(
        "never",
        r"(?:do|does|should|must|need|would|will|did)(?: not|n'?t)",
        r"avoid\w*",
        "without",
        "instead of",
        "rather than",
        "not to",
        "no need to",
        "no one",
        "nobody",
        "refrain",
        "please not",
    ),
    not_negation=words(
        r"(?:do not|don'?t|never) (?:hesitate|worry|forget|mind|be afraid)",
        r"why (?:do not|don'?t)",
        "not only",
    ),
    negation_after=r"(?!)",
    breaks=either(
        r"[,;:()]",
        r"\s[-–—]\s",
        words("but", "so", "then", "because", "therefore", "otherwise", "please"),
    ),
    request=either(
        r"\?",
        opening(
            "what|which|when|where|who|how|why|did|do|does|have|has|can|could|would|are|is|was",
            "were|will|any",
        ),
        words(
            "please|can you|could you|would you",
            r"tell (?:me|us)|let (?:me|us) know",
            "send|share|confirm|check|provide|need to know|i need|we need|may i|may we",
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
    sign_off=(
        r"(?:(?:with )?(?:my )?(?:kind|kindest|best|warm|warmest|many|friendly|all good) )?"
        r"(?:regards|wishes|greetings)[,.!]?"
        r"|(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?[,.!]?|yours[,.!]?"
        r"|(?:many |best |kind )?thanks(?: a lot| again| so much| very much| in advance"
        r"| and (?:best|kind) regards)?[,.!]?|thank you(?: again| so much| very much)?[,.!]?"
        r"|(?:cheers|thx|ta|all the best|best|take care|talk soon|bye)[,.!]?"
        r"|(?:have|enjoy) (?:a|your|the) (?:good|nice|great|lovely)? ?(?:day|evening|weekend)[,.!]?"
    ),
    quoted_after=r"^(?:on .{5,160} wrote:$|-+ ?(?:original|forwarded) message ?-+)",
    articles=("a", "an", "the", "my", "your", "some"),
    small_talk=(
        "Thank you for contacting us.",
        "Thank you for writing to us about this.",
        "I am sorry for the trouble this causes you.",
        "I understand how frustrating this must be.",
        "I am happy to help you with that.",
        "Have a nice day.",
        "I will look into this and come back to you.",
        "I have checked your account and everything looks fine.",
        "Is there anything else I can help you with?",
        "Thank you, that helps.",
        "Please let me know if you have further questions.",
        "I hope this helps.",
    ),
)
