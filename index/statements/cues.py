"""The words that mark speech: verbs, nouns and adjectives, and what they need beside them to be a cue."""

from __future__ import annotations

from ..text import word_set

# A clause or a quotation is what was said.
CLAUSE = word_set("""
    add continue maintain observe interject offer figure sum read post reason elaborate
    shout yell scream whisper mutter intone crow sigh snap order laugh blog text email vent answer rule
    joke quip muse deadpan retort stipulate elaborate
""")
# A clause is what a report or a group found; of a person it is no speech.
FINDINGS = word_set("show find learn determine discover calculate demonstrate")
# A clause, a quotation, an infinitive or an object is what was said.
SAY = word_set("""
    say tell write tweet retweet note announce argue claim declare warn explain admit acknowledge state conclude
    confirm insist reveal remark reply recall reiterate assert allege contend concede complain boast lament caution
    counter predict speculate estimate emphasize emphasise stress imply hint suggest indicate deny reject exclaim
    proclaim profess pronounce testify report remind repeat assure promise vow pledge swear threaten urge demand
    recommend advise propose request ask question wonder mention cite quote reference discuss outline recount opine
    theorize theorise advocate plead beg implore respond disclose affirm reaffirm attest bemoan gush grumble gripe fume
    rant tout forecast inform notify conjecture surmise posit enthuse vouch clarify specify
""")
# How somebody speaks of something: the object is what was spoken of.
STANCE = word_set("""
    describe compare liken praise applaud hail laud
    commend mock ridicule deride insult taunt scoff scold chide criticize criticise blast slam assail denounce condemn
    decry bash lambaste lambast savage excoriate rebuke repudiate disavow dispute challenge contradict refute rebut
    defend endorse back support oppose favor favour dismiss accuse blame fault credit thank congratulate disparage
    belittle deplore denigrate skewer invoke oppose champion embrace encourage discourage prefer
    highlight echo express voice attack reject question downplay doubt
    protest resent admire lampoon welcome underscore envision
""")
# The same, where it is told as what: "called it a lie", "sees him as a friend".
AS = word_set(
    "call see view regard consider deem dub brand label depict portray characterize characterise describe name"
)
# What somebody has in mind, as reported: a clause or an infinitive.
MIND = word_set("""
    believe think feel know hope fear worry want wish expect plan intend refuse decline prefer regret realize realise
    understand suspect imagine guess reckon anticipate project doubt assume agree disagree vow threaten offer
    decide promise pledge hesitate dream seek
""")
# The object of these is who listens.
LISTENED = word_set("tell inform remind assure notify")
# Of the verbs of mind, those that take an object as what is in mind.
MINDED = word_set("want hope fear doubt expect prefer regret promise pledge vow offer anticipate threaten plan seek")
# Verbs that speak through a preposition: "called for", "pointed to", "lashed out at".
THROUGH = {
    "call": word_set("for on upon"),
    "point": word_set("out to"),
    "refer": word_set("to"),
    "respond": word_set("to by with"),
    "reply": word_set("to"),
    "speak": word_set("about of against"),
    "talk": word_set("about of up"),
    "comment": word_set("on about"),
    "complain": word_set("about of"),
    "warn": word_set("of about against"),
    "boast": word_set("about of"),
    "joke": word_set("about"),
    "argue": word_set("for against"),
    "object": word_set("to"),
    "allude": word_set("to"),
    "apologize": word_set("for to"),
    "apologise": word_set("for to"),
    "agree": word_set("with on to"),
    "disagree": word_set("with on"),
    "lash": word_set("out at"),
    "rail": word_set("against at about"),
    "touch": word_set("on"),
    "push": word_set("for back"),
    "hit": word_set("back out"),
    "fire": word_set("back"),
    "appeal": word_set("to for"),
    "insist": word_set("on upon"),
    "inquire": word_set("about"),
    "ask": word_set("about for"),
    "balk": word_set("at"),
    "scoff": word_set("at"),
    "laugh": word_set("off at"),
    "plead": word_set("guilty for with"),
    "side": word_set("with"),
    "wonder": word_set("about"),
    "worry": word_set("about"),
    "vouch": word_set("for"),
    "brag": word_set("about"),
    "advocate": word_set("for against"),
    "campaign": word_set("for against on"),
    "testify": word_set("about to"),
    "come": word_set("out against"),
}
# Nouns that hold what somebody said: "Kirby's claim that …", "in a statement".
NOUNS = word_set("""
    statement claim assertion argument suggestion remark comment promise pledge vow belief warning accusation
    allegation announcement contention criticism proposal prediction decision opinion view opposition support concern
    endorsement refusal call hope demand insistence
""")
# Adjectives of a state of mind: "is confident that", "is open to".
ADJECTIVES = word_set("""
    clear confident skeptical sceptical sure convinced hopeful optimistic pessimistic glad worried concerned certain
    eager willing unwilling reluctant ready open adamant critical supportive aware opposed interested proud sorry
    angry upset happy grateful disappointed surprised prepared determined committed
    upbeat doubtful unsure wary cautious dismissive bullish hostile thankful
""")

_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "know": "knows knew known knowing",
    "mean": "means meant meaning",
    "understand": "understands understood understanding",
    "speak": "speaks spoke spoken speaking",
    "swear": "swears swore sworn swearing",
    "seek": "seeks sought seeking",
    "come": "comes came coming",
    "hit": "hits hitting",
    "text": "texts texted texting",
    "read": "reads reading",
    "sum": "sums summed summing",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "see": "sees saw seen seeing",
    "learn": "learns learned learnt learning",
}
_DOUBLED = word_set("admit refer plan quip rip dub slam blog snap fret submit prefer rebut brag bar rap control")
_BRITISH_DOUBLED = word_set("label signal counsel")


def _inflected(lemma: str) -> list[str]:
    """The forms of a verb."""
    if lemma in _IRREGULAR:
        return [lemma, *_IRREGULAR[lemma].split()]
    if lemma in _DOUBLED:
        return [lemma, f"{lemma}s", f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing"]
    if lemma.endswith("e"):
        return [lemma, f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        return [lemma, f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing"]
    third = f"{lemma}es" if lemma.endswith(("s", "sh", "ch", "x")) else f"{lemma}s"
    forms = [lemma, third, f"{lemma}ed", f"{lemma}ing"]
    return [*forms, f"{lemma}led", f"{lemma}ling"] if lemma in _BRITISH_DOUBLED else forms


# Form → verb, for every verb that may be a cue.
VERBS = {
    form: lemma
    for lemma in sorted(CLAUSE | FINDINGS | SAY | AS | STANCE | MIND | set(THROUGH))
    for form in _inflected(lemma)
}
