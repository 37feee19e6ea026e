"""English words and phrases of support that mean much the same, each group under one name.

Two sentences that share a group are alike although they share no word. Source: the vocabulary of
help pages and of support replies, not of any one scenario.
"""

from typing import Final

IDEAS: Final[dict[str, str]] = {
    "off": r"deactivat|disabl|\b(?:turn|switch|shut|put|flip|set)\w*\b(?: \S+){0,4} off\b"
    r"|uninstall|out of service",
    "on": r"\bactivat|\benabl|\b(?:turn|switch)\w*\b(?: \S+){0,4} on\b|\btick\b",
    "delete": r"delet|\beras|\bremov|\bwip(?:e|ing)|get rid|\bnuk|throw\w* (?:out|away)|\bbin\b"
    r"|\bscrap|\btrash|\btak\w+(?: \S+){0,4} down|\bclear(?:ing)? (?:out|the)",
    "anew": r"start(?:ing)? (?:over|again|afresh|anew)|begin again|\banew\b|\bafresh\b"
    r"|from scratch|\bredo\b|clean (?:slate|sweep)|rebuil|\breset",
    "restore": r"restor|\b(?:bring|put|brought|roll|rolled)\w*(?: \S+){0,4} back\b|reinstat"
    r"|\brevert|recover",
    "refund": r"refund|reimburs|money back|\b(?:pa(?:y|id)|send|sent|giv|return)\w*(?: \S+){0,4} "
    r"back\b|return\w*(?: \S+){0,2} (?:money|payment|amount)",
    "pay": r"\bpa(?:y|id|ys|ying|yments?)\b|charge|billed|transaction|purchase",
    "dispute": r"charge ?back|\bdisput|\bcontest|\breverse",
    "wait": r"\bwait|hold off|patien|give it",
    "secret": r"password|passcode|log-?in|sign-?in|credential|card number|\bcvv\b",
    "give": r"\b(?:send|give|share|provide|tell|mail|forward|supply|pop|furnish|pass|submit)\b"
    r"|let me have|may i have",
    "cannot": r"can ?not|can't|unable|not able|(?:not |im)possible|not allowed|not permitted"
    r"|not in a position|regret|exclud|declin",
    "owner": r"owner|proprietor|holder",
    "phone": r"\b(?:tele)?phone|\bmobile|handset",
    "device": r"\bdevice|computer|laptop|tablet|\bpc\b|phone",
    "picture": r"picture|photo|image|\bpics?\b",
    "small": r"small|\blight|shrink|shrunk|shrank|reduc|compress|resiz",
    "new": r"\bnew\b|recent|lately|last few|just before|shortly before",
    "change": r"\bchang|\balter|modif|\btouch|\bedit|fiddl|\bmess\b|tweak",
    "update": r"updat|upgrad|\bnew(?:est)? version|release",
    "message": r"message|notif|wording|\berror|notice|warning|\bnote\b|popup|\bwords?\b"
    r"|\btext\b|\bsays?\b",
    "see": r"\bsee|\bshow|appear|display|\bread",
    "somebody": r"\bwho|\bpersons?\b|(?:any|some)(?:body|one)|other (?:people|person)|\banother\b",
    "write": r"\bwrit|\bwrote|\bauthor|contribut|compos|contact|\bmessag|\breach|in touch"
    r"|turn to|drop (?:us|me) a line"
    r"|\be?-?mail (?:us|me|you|them)",
    "reply": r"\brepl|answer|hear back|respon",
    "promise": r"promis|guarantee|assur|count on|certain",
    "when": r"\bwhen\b|\bdates?\b|\bday\b|\bsince",
    "robot": r"robot|\bbots?\b|machine|automat",
    "addon": r"add-?ons?|plug-?in|extension",
    "keep": r"\bkeep|\bkept|retain|hold on|hang on|\bleav|preserv|maintain|\bsave",
    "copy": r"\bcop(?:y|ies)|backup|archive|export|download|\bzip",
    "check": r"\bcheck|verif|\blook|whether|compar|\bcount|\btest|\btry",
    "order": r"\border|\bbuy|\bbought|purchas|checkout",
    "buyer": r"customer|buyer|purchaser|client|visitor|shopper|every(?:one|body)|\bpeople",
    "fault": r"\bfault|mistake|\berror|\bbug|defect|our (?:side|end)|\bwrong|malfunction|deviat"
    r"|irregular",
    "twice": r"\btwice|double|two times?|duplicate|second (?:time|payment)",
    "normal": r"normal|\busual|standard|default",
    "mailbox": r"address|e-?mail|mailbox|inbox",
    "law": r"\blaw|legal|\btax",
    "cancel": r"cancel|call it off|\bstop|terminat|\bundo|revok|withdraw|rescind|give notice"
    r"|discontinu|\blaps|\bclose",
    "renew": r"renew|extension|extend|prolong",
    "online": r"\bopen|online|\bup\b|\blive|running|accessible",
    "plan": r"\bplan\b|package|\btier|premium|upgrad",
    "line": r"internet|connection|network|wifi|router|\bline\b",
    "speed": r"\bslow|\bfast|quick|speed",
    "pass_on": r"\bpass(?:ed)?(?: \S+){0,2} (?:on|to)\b|forward|escalat"
    r"|\bhand(?:ed)?(?: \S+){0,2} (?:over|to)\b|referr|transmit"
    r"|\breport(?:ed)? (?:it|this|that|to)",
    "team": r"\bteam|colleague|department|engineer",
    "whole": r"\blost|\bgone|\bsafe|intact|still there",
    "until": r"until|before",
    "then": r"\bthen\b|afterwards|after that|\bonce",
    "lock": r"\block|\bheld|holding|\bholds|\bfree|release",
    "move": r"\bmov|transfer|\bhand (?:it|the)|assign|allocat|attribut",
    "yourself": r"yourself|by hand|manual|your own",
    "by_itself": r"automat|by itself|on its own",
    "which": r"\bwhich|\bwhat|\bwhose",
    "confirm": r"confirm|agree|approv|\byes\b|consent|accept",
    "mend": r"\bfix|\bmend|repair|remed|rectif|correct|resolv|\bsolv",
    "soon": r"next (?:week|month|quarter|year)|coming (?:week|month|quarter|year)|\bsoon|shortly",
    "at_once": r"at once|immediate|(?:right|straight) away|just now|instant|within the hour",
    "whose_task": r"responsib|matter (?:for|of)|concern|\bbusiness\b|\bturn to|take (?:it|this) up",
    "inside": r"dashboard|administration|\badmin|behind the scenes|back ?end|\bsign(?:ed|ing)? in\b"
    r"|\blog(?:ged|ging)? in\b",
    "need": r"\bneed|requir|necess|\bmust\b|\bha(?:ve|s) to\b",
    "may": r"\bmay\b|\bcan\b|at liberty|free to|go ahead",
    "person_paper": r"passport|identi(?:ty|fication)|\blicence|\bid\b|document",
    "time": r"\bhours?\b|tomorrow|\bdays?\b|\bweeks?\b",
}
