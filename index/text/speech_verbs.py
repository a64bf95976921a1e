"""English verbs of speech: the verbs that report statements, by how their content depends on them, and their forms."""

from __future__ import annotations

from .words import word_set

# The content is a clause or a quotation.
CLAUSE_VERBS = word_set("""
    add continue maintain observe interject offer figure sum read post reason elaborate
    shout yell scream whisper mutter intone crow sigh snap order laugh blog text email vent answer rule
    joke quip muse deadpan retort stipulate elaborate
""")
# The content is a clause. Speech only if the subject is a report or a group, not a person.
FINDING_VERBS = word_set("show find learn determine discover calculate demonstrate")
# The content is a clause, a quotation, an infinitive or an object.
REPORTING_VERBS = word_set("""
    say tell write tweet retweet note announce argue claim declare warn explain admit acknowledge state conclude
    confirm insist reveal remark reply recall reiterate assert allege contend concede complain boast lament caution
    counter predict speculate estimate emphasize emphasise stress imply hint suggest indicate deny reject exclaim
    proclaim profess pronounce testify report remind repeat assure promise vow pledge swear threaten urge demand
    recommend advise propose request ask question wonder mention cite quote reference discuss outline recount opine
    theorize theorise advocate plead beg implore respond disclose affirm reaffirm attest bemoan gush grumble gripe fume
    rant tout forecast inform notify conjecture surmise posit enthuse vouch clarify specify
""")
# An attitude expressed in words: the content is the object.
STANCE_VERBS = word_set("""
    describe compare liken praise applaud hail laud
    commend mock ridicule deride insult taunt scoff scold chide criticize criticise blast slam assail denounce condemn
    decry bash lambaste lambast savage excoriate rebuke repudiate disavow dispute challenge contradict refute rebut
    defend endorse back support oppose favor favour dismiss accuse blame fault credit thank congratulate disparage
    belittle deplore denigrate skewer invoke oppose champion embrace encourage discourage prefer
    highlight echo express voice attack reject question downplay doubt
    protest resent admire lampoon welcome underscore envision
""")
# A description: the content is the object with its complement ("called it a lie", "sees him as a friend").
CHARACTERISING_VERBS = word_set(
    "call see view regard consider deem dub brand label depict portray characterize characterise describe name"
)
# A reported belief, wish or intention: the content is a clause or an infinitive.
ATTITUDE_VERBS = word_set("""
    believe think feel know hope fear worry want wish expect plan intend refuse decline prefer regret realize realise
    understand suspect imagine guess reckon anticipate project doubt assume agree disagree vow threaten offer
    decide promise pledge hesitate dream seek
""")
# The object is the addressee.
ADDRESSEE_VERBS = word_set("tell inform remind assure notify")
# Attitude verbs whose content may also be an object.
TRANSITIVE_ATTITUDE_VERBS = word_set(
    "want hope fear doubt expect prefer regret promise pledge vow offer anticipate threaten plan seek"
)
# Verbs with the prepositions and particles that begin their content: "called for", "pointed to", "lashed out at".
PREPOSITIONAL_VERBS = {
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
    "hit": "hits hit hitting",
    "text": "texts texted texting",
    "read": "reads read reading",
    "sum": "sums summed summing",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "see": "sees saw seen seeing",
    "learn": "learns learned learnt learning",
    "fall": "falls fell fallen falling",
    "rise": "rises rose risen rising",
    "grow": "grows grew grown growing",
    "shrink": "shrinks shrank shrunk shrinking",
    "win": "wins won winning",
    "lose": "loses lost losing",
    "begin": "begins began begun beginning",
    "leave": "leaves left leaving",
    "buy": "buys bought buying",
    "sell": "sells sold selling",
    "build": "builds built building",
    "die": "dies died dying",
}
_DOUBLED = word_set(
    "drop stop ban admit refer plan quip rip dub slam blog snap fret submit prefer rebut brag bar rap control"
)
_BRITISH_DOUBLED = word_set("label signal counsel")


def inflected(lemma: str) -> list[str]:
    """Return the forms of a verb: base form, third person, past tense, others."""
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


# Every form of every verb above, with its lemma.
VERB_LEMMAS = {
    form: lemma
    for lemma in sorted(
        CLAUSE_VERBS
        | FINDING_VERBS
        | REPORTING_VERBS
        | CHARACTERISING_VERBS
        | STANCE_VERBS
        | ATTITUDE_VERBS
        | set(PREPOSITIONAL_VERBS)
    )
    for form in inflected(lemma)
}

_BASE, _THIRD, _PAST = 0, 1, 2  # positions in `inflected`


def _forms(lemmas: str, *positions: int) -> frozenset[str]:
    return frozenset(inflected(lemma)[position] for lemma in lemmas.split() for position in positions)


# Lemmas that mark a clause as a statement, whatever the subject.
STATEMENT_VERBS = word_set("say tell add argue claim note state warn announce declare explain write")

# Forms with which articles attribute a sentence to somebody.
ATTRIBUTION_FORMS = (
    _forms("say tell add argue claim note warn insist write", _BASE, _THIRD, _PAST)
    | _forms("state announce declare explain", _BASE, _PAST)
    | _forms("describe call", _THIRD, _PAST)
    | _forms("acknowledge concede stress", _PAST)
    | {"according"}
)

# Forms that a sentence of an article may contain, but hardly a line of a page's navigation.
REPORTED_FORMS = _forms("tell find write ask add warn announce report", _PAST) | word_set("said says according heard")
