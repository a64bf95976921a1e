"""Remove from a question what only leads to it: "please tell me", "I wonder what", "who was it that"."""

from __future__ import annotations

import re

from index.text import FUNCTION_WORDS, word_set

from ..grammar import QUESTION_WORDS

_LEAD_IN = re.compile(
    r"^(?:(?:and|but|so|then|please|hi|hello|hey|can you|could you|would you|will you|list|find|search for|look for"
    r"|summari[sz]e|sum up|is it true that|whether|if|all|the|quickly|in short|just|exactly"
    r"|(?:find out|tell me|show me|give me|let me know|remind me|explain|more)(?: more)?(?: about(?= (?:wh|how)))?"
    r")\b[ ,:]*)+(?=\S)",
    re.IGNORECASE,
)
# A question within another sentence: "Would you mind checking if …", "I can't remember whom …".
_INDIRECT = re.compile(
    r"^(?:[a-z]+(?:['’][a-z]+)? ){1,9}?(?P<question>(?:what|who|whom|whose|which|how|whether|if)\b .+)$", re.IGNORECASE
)
_ASKING = word_set("""
    know tell mind checking check see find out remember remind help wonder wondering curious need like want learn hear
    explain show give idea sure interested possible find clear say said let ask asking question anyone anybody someone
    somebody please hello hi thanks ok okay recall told love wish happen get is's it's i'd i'm can't don't couldn't
""")
_REWRITTEN = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"^what[’']?d\b", "what did"),
        (r"^what[’']s been\b", "what has been"),
        (r"^what[’']s\b", "what is"),
        (r"^who[’']s\b", "who has"),
        (r"^(who|what|which \w+) (?:is|was) it (?:that|who)\b", r"\1"),
        # "Were there any doctors who denied it?"
        (r"^(?:is|are|was|were)(?:n['’]t)? there (?:\w+ ){1,4}?(?:who|that)(?= (?:\w+ed|ha[sd]|said|spoke)\b)", "who"),
        (r"^(?:the )?differences? between what\b", "compare what"),
    )
)


def without_lead_in(query: str) -> str:
    """Remove lead-ins and the punctuation at the end, and expand contractions."""
    plain = _LEAD_IN.sub("", query)
    if match := _INDIRECT.match(plain):
        before = plain[: match.start("question")].replace("’", "'").lower().split()
        is_asking = all(word in _ASKING | FUNCTION_WORDS for word in before) and any(word in _ASKING for word in before)
        if before[0] not in QUESTION_WORDS and is_asking:
            plain = re.sub(r"^(?:whether|if) ", "", match["question"], flags=re.IGNORECASE)
    for pattern, replacement in _REWRITTEN:
        plain = pattern.sub(replacement, plain)
    return plain.rstrip(" ?!.")
