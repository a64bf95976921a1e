"""Questions about what was said: who is asked for, about what, in which way of speaking."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .speech_acts import SpeechAct, speech_act_of

_SAY = (
    "say|said|saying|says|tell|told|think|thought|thinks|want|wanted|wants|claim|claimed|deny|denied|argue|argued"
    "|write|wrote|tweet|tweeted|announce|announced|promise|promised|warn|warned|state|stated|suggest|suggested|mention"
    "|mentioned|add|added|reply|replied|respond|responded|demand|demanded|predict|predicted|explain|explained|believe"
    "|believed|insist|insisted|admit|admitted|criticise|criticize|criticised|criticized|propose|proposed|call for"
    "|called for|accuse|comment|pledge|pledged|vow|vowed|condemn|condemned|reject|rejected|praise|praised|support"
    "|supported|oppose|opposed|blame|blamed|acknowledge|acknowledged|confirm|confirmed|complain|hope|hoped|fear|feared"
    "|concede|conceded|ask|asked|urge|urged|call on|called on|expect|expected|declare|declared|thank|thanked|doubt"
    "|doubted|estimate|estimated|welcome|welcomed|attack|attacked|accused|defend|defended|threaten|threatened"
)
_MUST_SPEAK = re.compile(r"^(?:say|said|saying|says|tell|told|statement|comment|remark|quote)$", re.IGNORECASE)
_DID = r"(?:did|does|do|has|have|had)"
_WHO = r"(?:the )?(?P<who>(?:[^,?]|,(?= (?-i:[A-ZÀ-Þ])))+?)"
_ABOUT = r"(?: (?:about|on|regarding|concerning|of|to|that|against|in|at|for|with) (?P<about>.+?))?"
_END = r"\W*$"
_ASIDES = r"(?:(?:also|actually|publicly|just|ever|else|really|both|have to|had to|finally|first) )?"
_LISTENER = r"(?: (?:to )?(?!about\b|on\b|that\b)(?:the )?[a-z]+(?: [a-z]+)??)?"
_ACCUSING = (
    "criticised|criticized|attacked|praised|supports|supported|opposes|opposed|accused|blamed|endorsed|rejected|condemned"
    "|denounced|welcomed|defended|mocked|dismissed|denied|questioned|called for|calls for|wants|demanded|demands|backs"
    "|backed|warned of|warned about|warned against|promised|announced|proposed|predicted|criticises|criticizes"
    "|congratulated|thanked|urged|is against|is opposed to|disagreed with|disagrees with|mentioned|attacks|praises"
)
# What a pattern may take for a name, and is none.
_NOBODY = re.compile(
    r"^(?:been|being|be|was|were|is|are|not|really|there|people|everyone|everybody|anyone|anybody|nobody|somebody|others"
    r"|list|summari[sz]e|latter|former|both|(?:he|she|they|it)(?: and .*)|they both)$",
    re.IGNORECASE,
)
_OF_SOMEBODY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:compare |contrast )?what (?:else )?{_DID} {_WHO} {_ASIDES}(?P<cue>tell|told|promise"
        rf"|promised|warn|warned|ask|asked|urge|urged|assure){_LISTENER}{_ABOUT}(?: about| of)?{_END}",
        rf"^(?:compare |contrast )?what (?:else )?{_DID} {_WHO} {_ASIDES}(?P<cue>{_SAY})"
        rf"(?: to (?:reporters|journalists))?{_ABOUT}(?: about| of| for)?{_END}",
        rf"^what (?:else )?(?:is|was|are|were) {_WHO} {_ASIDES}(?P<cue>saying){_ABOUT}(?: about| of)?{_END}",
        rf"^(?:compare |contrast )?what {_WHO} (?:has |have |had )?{_ASIDES}(?P<cue>told){_LISTENER}{_ABOUT}{_END}",
        rf"^(?:compare |contrast )?what {_WHO} (?:has |have |had )?{_ASIDES}(?P<cue>said|says|say|thinks|think"
        rf"|wants|want){_ABOUT}{_END}",
        rf"^what (?:was|is|were|are) {_WHO}[’']s? (?P<cue>response|reaction|view|opinion|position|statement|comment"
        rf"|remark|promise|claim|criticism|demand|warning)s?{_ABOUT}{_END}",
        rf"^(?:what (?:was|is|were|are) )?the (?P<cue>response|reaction|view|opinion|position|statement|comment"
        rf"|remark)s? of {_WHO}(?: (?:to|on|about) (?P<about>.+?))?{_END}",
        rf"^how (?:did|does|has|do) {_WHO} (?P<cue>react|reacted|respond|responded|reply|replied){_ABOUT}{_END}",
        rf"^how (?:did|does|has|do) {_WHO} (?P<cue>describe|see|view|justify|explain|defend(?! \w+sel(?:f|ves)\b))"
        rf" (?P<about>.+?){_END}",
        rf"^(?:did|has|does|have) {_WHO} (?:ever )?(?P<cue>{_SAY})(?: anything| something)?(?: that)?{_ABOUT}{_END}",
        rf"^(?:did|has|does|have) {_WHO} (?:ever )?(?P<cue>{_SAY}) (?P<about>.+?){_END}",
        rf"^(?P<cue>quote|statement|comment|remark)s? (?:by|of|from) {_WHO}(?: (?:about|on) (?P<about>.+?))?{_END}",
        rf"^{_WHO}(?:[’']s?)? (?P<cue>quote|statement|comment|remark)s{_ABOUT}{_END}",
        rf"^(?:compare|contrast) (?:the )?(?P<cue>view|statement|opinion|position|remark)s? (?:of|by) {_WHO}"
        rf"(?: (?:on|about) (?P<about>.+?))?{_END}",
        rf"^(?:compare|contrast) {_WHO} (?P<cue>view|statement|opinion|position|remark)s?"
        rf"(?: (?:on|about) (?P<about>.+?))?{_END}",
        rf"^(?:compare|contrast) {_WHO} (?P<cue>on|about) (?P<about>.+?){_END}",
        rf"^how (?:did|do|does) {_WHO} (?P<cue>differ|disagree|compare)(?: (?:on|about|over) (?P<about>.+?))?{_END}",
    )
)
_OF_ANYBODY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^who (?:else )?(?:has |have )?(?P<cue>said|says|spoke|talked|commented|speaks)(?: something| anything"
        rf"| what)? (?:about|on|of) (?P<about>.+?){_END}",
        rf"^who (?:else )?(?:has |have )?(?P<cue>said|says|claimed|claims|argued|argues|thinks|believes|suggested"
        rf"|stated|mentioned|warned|denied|denies|promised|predicted|announced|complained|hopes|hoped|fears)(?: that)?"
        rf" (?P<about>.+?){_END}",
        rf"^who (?:else )?(?:has |have )?(?P<cue>{_ACCUSING}) (?P<about>.+?){_END}",
        rf"^what (?:has been|have been|was|is|is being|had been) (?P<cue>said) (?:about|on|of) (?P<about>.+?){_END}",
        rf"^what (?:do|did|are|have) (?:people|they|others|everyone|everybody) (?P<cue>say|said|saying|think)"
        rf" (?:about|of|on) (?P<about>.+?){_END}",
    )
)
_BROAD = {0, 3, 4}  # of these, the ones that ask for whatever has to do with the topic
_ACCORDING = (
    re.compile(rf"^according to {_WHO}, (?P<about>.+?){_END}", re.IGNORECASE),
    re.compile(rf"^(?P<about>.+?),? according to {_WHO}{_END}", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class SpeechQuestion:
    """What a question about speech asks.

    `who` are the words that name the speakers, None where anybody is meant; `way` is the way of speaking that
    was asked for, if any; `must_speak` tells that nothing but the speaker's own words answers ("say"), `is_broad` that
    whatever has to do with the topic is meant.
    """

    who: str | None
    about: str | None
    way: SpeechAct | None = None
    must_speak: bool = False
    is_according: bool = False
    is_broad: bool = False


def parse_speech_question(question: str) -> SpeechQuestion | None:
    """What a question about speech asks; None for other questions. `question` has no lead-in ("please tell me")."""
    for at, pattern in enumerate(_OF_ANYBODY):
        if match := pattern.match(question):
            return SpeechQuestion(None, match["about"], speech_act_of(match["cue"]), is_broad=at in _BROAD)
    for pattern in _OF_SOMEBODY:
        if match := pattern.match(question):
            who = " ".join(match["who"].split()).strip(" \"“”‘’'")
            if who and not _NOBODY.match(who):
                return SpeechQuestion(
                    who, match["about"], speech_act_of(match["cue"]), bool(_MUST_SPEAK.match(match["cue"]))
                )
    for pattern in _ACCORDING:
        if match := pattern.match(question):
            return SpeechQuestion(match["who"].strip(), match["about"], is_according=True)
    return None
