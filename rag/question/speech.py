"""Parse questions about what was said: the speaker, the topic, the speech act."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text import QUESTION_SPEECH_FORMS, QUESTION_STANCE_FORMS, UPPERCASE, one_of

from .speech_acts import SpeechAct

_SPEECH = one_of(QUESTION_SPEECH_FORMS)
_OWN_WORDS = re.compile(r"^(?:say|said|saying|says|tell|told|statement|comment|remark|quote)$", re.IGNORECASE)
_DID = r"(?:did|does|do|has|have|had)"
_SPEAKER = rf"(?:the )?(?P<speaker>(?:[^,?]|,(?= (?-i:[{UPPERCASE}])))+?)"
_ABOUT = r"(?: (?:about|on|regarding|concerning|of|to|that|against|in|at|for|with) (?P<about>.+?))?"
_END = r"\W*$"
_ADVERBS = r"(?:(?:also|actually|publicly|just|ever|else|really|both|have to|had to|finally|first) )?"
_ADDRESSEE = r"(?: (?:to )?(?!about\b|on\b|that\b)(?:the )?[a-z]+(?: [a-z]+)??)?"
_STANCE = one_of(QUESTION_STANCE_FORMS)
# What the patterns may match in place of a speaker.
_NO_SPEAKER = re.compile(
    r"^(?:been|being|be|was|were|is|are|not|really|there|people|everyone|everybody|anyone|anybody|nobody|somebody|others"
    r"|list|summari[sz]e|latter|former|both|(?:he|she|they|it)(?: and .*)|they both)$",
    re.IGNORECASE,
)
_ABOUT_SPEAKER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:compare |contrast )?what (?:else )?{_DID} {_SPEAKER} {_ADVERBS}(?P<cue>tell|told|promise"
        rf"|promised|warn|warned|ask|asked|urge|urged|assure){_ADDRESSEE}{_ABOUT}(?: about| of)?{_END}",
        rf"^(?:compare |contrast )?what (?:else )?{_DID} {_SPEAKER} {_ADVERBS}(?P<cue>{_SPEECH})"
        rf"(?: to (?:reporters|journalists))?{_ABOUT}(?: about| of| for)?{_END}",
        rf"^what (?:else )?(?:is|was|are|were) {_SPEAKER} {_ADVERBS}(?P<cue>saying){_ABOUT}(?: about| of)?{_END}",
        rf"^(?:compare |contrast )?what {_SPEAKER} (?:has |have |had )?{_ADVERBS}(?P<cue>told)"
        rf"{_ADDRESSEE}{_ABOUT}{_END}",
        rf"^(?:compare |contrast )?what {_SPEAKER} (?:has |have |had )?{_ADVERBS}(?P<cue>said|says|say|thinks|think"
        rf"|wants|want){_ABOUT}{_END}",
        rf"^what (?:was|is|were|are) {_SPEAKER}[’']s? (?P<cue>response|reaction|view|opinion|position|statement|comment"
        rf"|remark|promise|claim|criticism|demand|warning)s?{_ABOUT}{_END}",
        rf"^(?:what (?:was|is|were|are) )?the (?P<cue>response|reaction|view|opinion|position|statement|comment"
        rf"|remark)s? of {_SPEAKER}(?: (?:to|on|about) (?P<about>.+?))?{_END}",
        rf"^how (?:did|does|has|do) {_SPEAKER} (?P<cue>react|reacted|respond|responded|reply|replied){_ABOUT}{_END}",
        rf"^how (?:did|does|has|do) {_SPEAKER} (?P<cue>describe|see|view|justify|explain|defend(?! \w+sel(?:f|ves)\b))"
        rf" (?P<about>.+?){_END}",
        rf"^(?:did|has|does|have) {_SPEAKER} (?:ever )?(?P<cue>{_SPEECH})(?: anything| something)?(?: that)?"
        rf"{_ABOUT}{_END}",
        rf"^(?:did|has|does|have) {_SPEAKER} (?:ever )?(?P<cue>{_SPEECH}) (?P<about>.+?){_END}",
        rf"^(?P<cue>quote|statement|comment|remark)s? (?:by|of|from) {_SPEAKER}(?: (?:about|on) (?P<about>.+?))?{_END}",
        rf"^{_SPEAKER}(?:[’']s?)? (?P<cue>quote|statement|comment|remark)s{_ABOUT}{_END}",
        rf"^(?:compare|contrast) (?:the )?(?P<cue>view|statement|opinion|position|remark)s? (?:of|by) {_SPEAKER}"
        rf"(?: (?:on|about) (?P<about>.+?))?{_END}",
        rf"^(?:compare|contrast) {_SPEAKER} (?P<cue>view|statement|opinion|position|remark)s?"
        rf"(?: (?:on|about) (?P<about>.+?))?{_END}",
        rf"^(?:compare|contrast) {_SPEAKER} (?P<cue>on|about) (?P<about>.+?){_END}",
        rf"^how (?:did|do|does) {_SPEAKER} (?P<cue>differ|disagree|compare)"
        rf"(?: (?:on|about|over) (?P<about>.+?))?{_END}",
    )
)
# Questions about anyone's statements, and whether they ask for everything that is related to the topic.
_ABOUT_ANYONE = tuple(
    (re.compile(pattern, re.IGNORECASE), is_broad)
    for pattern, is_broad in (
        (
            rf"^who (?:else )?(?:has |have )?(?P<cue>said|says|spoke|talked|commented|speaks)(?: something| anything"
            rf"| what)? (?:about|on|of) (?P<about>.+?){_END}",
            True,
        ),
        (
            rf"^who (?:else )?(?:has |have )?(?P<cue>said|says|claimed|claims|argued|argues|thinks|believes|suggested"
            rf"|stated|mentioned|warned|denied|denies|promised|predicted|announced|complained|hopes|hoped|fears)"
            rf"(?: that)? (?P<about>.+?){_END}",
            False,
        ),
        (
            rf"^who (?:else )?(?:has |have )?(?P<cue>{_STANCE}) (?P<about>.+?){_END}",
            False,
        ),
        (
            rf"^what (?:has been|have been|was|is|is being|had been) (?P<cue>said) (?:about|on|of)"
            rf" (?P<about>.+?){_END}",
            True,
        ),
        (
            rf"^what (?:do|did|are|have) (?:people|they|others|everyone|everybody) (?P<cue>say|said|saying|think)"
            rf" (?:about|of|on) (?P<about>.+?){_END}",
            True,
        ),
    )
)
_QUOTATION = re.compile(
    r"^who (?:else )?(?:has |have |was it that )?(?:said|says|stated|states|claimed|claims|argued|argues|warned|warns"
    r"|promised|promises|told .{1,40}?)(?: that)?[,:]? ?[“„«\"‘'](?P<words>[^\W_].*?)[”»\"’']?$",
    re.IGNORECASE,
)
_ACCORDING = (
    re.compile(rf"^according to {_SPEAKER}, (?P<about>.+?){_END}", re.IGNORECASE),
    re.compile(rf"^(?P<about>.+?),? according to {_SPEAKER}{_END}", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class SpeechQuestion:
    """A parsed question about speech.

    Attributes:
        speaker: the speaker or speakers as written ("Kirby and Putin"); None for anyone.
        about: the topic, if there is one.
        speech_act: the speech act that was asked for, if any.
        statements_only: only the speaker's own words are an answer: the question asks what they "said".
        is_attribution: the question asks what is the case "according to" the speaker.
        is_broad: everything that is related to the topic is an answer.
        quotation: the words whose speaker the question asks for ("Who said “…”?"); empty for other questions.
    """

    speaker: str | None
    about: str | None
    speech_act: SpeechAct | None = None
    statements_only: bool = False
    is_attribution: bool = False
    is_broad: bool = False
    quotation: str = ""


def parse_speech_question(question: str) -> SpeechQuestion | None:
    """Parse a question about speech, given without a lead-in ("please tell me"). Returns None for other questions."""
    if match := _QUOTATION.match(question):
        return SpeechQuestion(None, match["words"], quotation=match["words"])
    for pattern, is_broad in _ABOUT_ANYONE:
        if match := pattern.match(question):
            return SpeechQuestion(None, match["about"], SpeechAct.of_verb(match["cue"]), is_broad=is_broad)
    for pattern in _ABOUT_SPEAKER:
        if (match := pattern.match(question)) and (speaker := _clean_speaker(match["speaker"])):
            statements_only = _OWN_WORDS.match(match["cue"]) is not None
            return SpeechQuestion(speaker, match["about"], SpeechAct.of_verb(match["cue"]), statements_only)
    for pattern in _ACCORDING:
        if match := pattern.match(question):
            return SpeechQuestion(match["speaker"].strip(), match["about"], is_attribution=True)
    return None


def _clean_speaker(words: str) -> str | None:
    """Collapse white space and strip quotation marks. Returns None if the words don't name a speaker."""
    speaker = " ".join(words.split()).strip(" \"“”‘’'")
    return speaker if speaker and not _NO_SPEAKER.match(speaker) else None
