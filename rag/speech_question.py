"""Questions about what was said: who is asked for, about what, in which way of speaking."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SAY = (
    "say|said|saying|says|tell|told|think|thought|thinks|want|wanted|wants|claim|claimed|deny|denied|argue|argued"
    "|write|wrote|tweet|tweeted|announce|announced|promise|promised|warn|warned|state|stated|suggest|suggested|mention"
    "|mentioned|add|added|reply|replied|respond|responded|demand|demanded|predict|predicted|explain|explained|believe"
    "|believed|insist|insisted|admit|admitted|criticise|criticize|criticised|criticized|propose|proposed|call for"
    "|called for|accuse|comment|pledge|pledged|vow|vowed|condemn|condemned|reject|rejected|praise|praised|support"
    "|supported|oppose|opposed|blame|blamed|acknowledge|acknowledged|confirm|confirmed|complain|hope|hoped|fear|feared"
)
# Ways of speaking: a question for one of them is answered by statements with one of its verbs, where there are any.
_WAYS = tuple(
    tuple(words.split())
    for words in (
        "deny reject dispute refute dismiss contradict rebut disavow",
        "promise pledge vow swear commit assure",
        "criticise criticize attack blast slam condemn denounce accuse blame decry mock deride ridicule rebuke chide"
        " assail lambast deplore fault call lash rail dismiss reject oppose question",
        "praise applaud laud hail commend congratulate thank welcome credit admire tout celebrate",
        "support endorse back favour favor defend champion embrace agree",
        "oppose reject object disagree criticise criticize condemn dispute",
        "want demand urge call propose seek request ask wish appeal insist advocate recommend",
        "warn caution fear threaten worry",
        "predict forecast expect project anticipate estimate",
        "admit acknowledge concede confess recognise recognize",
        "announce declare unveil reveal disclose",
        "propose suggest recommend advocate",
        "hope wish",
        "fear worry warn",
        "complain criticise criticize lament grumble",
        "accuse blame allege charge fault",
        "confirm acknowledge affirm",
    )
)
_MUST_SPEAK = re.compile(r"^(?:say|said|saying|says|tell|told|statement|comment|remark|quote)$", re.IGNORECASE)
_DID = r"(?:did|does|do|has|have|had|is|was|were|are)"
_WHO = r"(?:the )?(?P<who>[^,?]+?)"
_ABOUT = r"(?: (?:about|on|regarding|concerning|of|to|that|against|in|at|for|with) (?P<about>.+?))?"
_END = r"\W*$"
_ASIDES = r"(?:also |actually |publicly |just |ever |else )?"
_LISTENER = r"(?: (?:to )?(?!about\b|on\b|that\b)(?:the )?[a-z]+(?: [a-z]+)??)?"
_ACCUSING = (
    "criticised|criticized|attacked|praised|supports|supported|opposes|opposed|accused|blamed|endorsed|rejected|condemned"
    "|denounced|welcomed|defended|mocked|dismissed|denied|questioned|called for|calls for|wants|demanded|demands|backs"
    "|backed|warned of|warned about|warned against|promised|announced|proposed|predicted|criticises|criticizes"
)
_OF_SOMEBODY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:compare |contrast )?what (?:else )?{_DID} {_WHO} {_ASIDES}(?P<cue>tell|told){_LISTENER}{_ABOUT}{_END}",
        rf"^(?:compare |contrast )?what (?:else )?{_DID} {_WHO} {_ASIDES}(?P<cue>{_SAY})"
        rf"(?: to (?:reporters|journalists))?{_ABOUT}{_END}",
        rf"^(?:compare |contrast )?what {_WHO} (?:has |have |had )?{_ASIDES}(?P<cue>said|says|say|told|thinks|think"
        rf"|wants|want){_ABOUT}{_END}",
        rf"^what (?:was|is|were|are) {_WHO}[’']s? (?P<cue>response|reaction|view|opinion|position|statement|comment"
        rf"|remark|promise|claim|criticism|demand|warning)s?{_ABOUT}{_END}",
        rf"^(?:what (?:was|is|were|are) )?the (?P<cue>response|reaction|view|opinion|position|statement|comment"
        rf"|remark)s? of {_WHO}(?: (?:to|on|about) (?P<about>.+?))?{_END}",
        rf"^how (?:did|does|has|do) {_WHO} (?P<cue>react|reacted|respond|responded|reply|replied){_ABOUT}{_END}",
        rf"^how (?:did|does|has|do) {_WHO} (?P<cue>describe|see|view|justify|explain|defend) (?P<about>.+?){_END}",
        rf"^(?:did|has|does|have) {_WHO} (?:ever )?(?P<cue>{_SAY})(?: anything| something)?(?: that)?{_ABOUT}{_END}",
        rf"^(?:did|has|does|have) {_WHO} (?:ever )?(?P<cue>{_SAY}) (?P<about>.+?){_END}",
        rf"^(?P<cue>quote|statement|comment|remark)s? (?:by|of|from) {_WHO}(?: (?:about|on) (?P<about>.+?))?{_END}",
        rf"^{_WHO}(?:[’']s?)? (?P<cue>quote|statement|comment|remark)s{_ABOUT}{_END}",
        rf"^(?:compare|contrast) {_WHO} (?P<cue>on|about) (?P<about>.+?){_END}",
        rf"^(?:compare|contrast) the (?P<cue>view|statement|opinion|position|remark)s? of {_WHO}(?: (?:on|about)"
        rf" (?P<about>.+?))?{_END}",
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
_ACCORDING = (
    re.compile(rf"^according to {_WHO}, (?P<about>.+?){_END}", re.IGNORECASE),
    re.compile(rf"^(?P<about>.+?),? according to {_WHO}{_END}", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class AskedSpeech:
    """What a question about speech asks.

    `who` are the words that name the speakers, None where anybody is meant; `way` the verbs of the way of speaking that
    was asked for, if any; `must_speak` tells that nothing but the speaker's own words answers ("say").
    """

    who: str | None
    about: str | None
    way: frozenset[str] = frozenset()
    must_speak: bool = False
    is_according: bool = False


def asked_speech(question: str) -> AskedSpeech | None:
    """What a question about speech asks; None for other questions. `question` has no lead-in ("please tell me")."""
    for pattern in _OF_ANYBODY:
        if match := pattern.match(question):
            return AskedSpeech(None, match["about"], _way(match["cue"]))
    for pattern in _OF_SOMEBODY:
        if match := pattern.match(question):
            who = " ".join(match["who"].split()).strip(" \"“”‘’'")
            if who:
                return AskedSpeech(who, match["about"], _way(match["cue"]), bool(_MUST_SPEAK.match(match["cue"])))
    for pattern in _ACCORDING:
        if match := pattern.match(question):
            return AskedSpeech(match["who"].strip(), match["about"], is_according=True)
    return None


def _way(cue: str) -> frozenset[str]:
    """The verbs of the way of speaking that a verb opens, or else to which it belongs."""
    word = cue.split()[0].lower()
    for way in (*(way for way in _WAYS if _is_form(word, way[0])), *_WAYS):
        if any(_is_form(word, verb) for verb in way):
            return frozenset(way)
    return frozenset()


def _is_form(word: str, verb: str) -> bool:
    """True where a word of a question is a form of a regular verb."""
    return word in (verb, f"{verb}s", f"{verb}d", f"{verb}ed", f"{verb[:-1]}ied", f"{verb[:-1]}ies")
