"""Verbs and nouns of speech as questions use them: which ask for words, which may ask for deeds, and speech acts."""

from __future__ import annotations

from .speech_verbs import (
    CHARACTERISING_VERBS,
    CLAUSE_VERBS,
    FINDING_VERBS,
    PREPOSITIONAL_VERBS,
    REPORTING_VERBS,
    STANCE_VERBS,
    inflected,
)
from .words import word_set

# Beliefs and wishes that a question can ask for: "What does Merkel think of the treaty?"
QUESTION_ATTITUDES = word_set("""
    believe think feel hope fear worry want wish expect suspect imagine guess reckon anticipate doubt assume agree
    disagree vow promise pledge threaten regret prefer react differ
""")

# Verbs that report deeds as often as words. They ask for words if these are given or a view is what they are about.
ACTION_VERBS = FINDING_VERBS | word_set("""
    attack oppose back support challenge defend reject dismiss encourage discourage champion embrace protest question
    assail hit order read answer name offer invoke savage see view continue sum write post text email blog recall report
    charge fault brand label push fire side touch campaign laugh sigh repeat reveal claim propose call add request
    threaten demand plead testify address advocate deliver repudiate welcome admire favor favour insult thank credit
    disclose outline echo voice express highlight announce declare swear ask charge commit refuse decline justify
    celebrate slam blast hail snap refer grill present recognise recognize
""")

# Verbs of stance whose first meaning is physical.
PHYSICAL_VERBS = word_set("attack hit assail savage challenge back invoke push fire touch side")

# Verbs that mean speech only with their particle.
PHRASAL_VERBS = frozenset(
    f"{verb} {particle}"
    for particle, verbs in {
        "in": "weigh chip chime",
        "off": "sound brush shrug laugh wave write",
        "down": "play double talk",
        "back": "hit walk push fire shoot snap",
        "by": "stand",
        "slip": "let",
        "up": "own speak pipe open talk bring sum",
        "out": "blurt spell lay set point rule lash hit cry call speak",
        "forward": "put",
    }.items()
    for verb in verbs.split()
)

# Verbs whose subject may also be a thing that shows something: "What did the flood reveal?"
EVIDENCE_VERBS = FINDING_VERBS | word_set("reveal suggest indicate confirm imply disclose highlight predict echo")

# Nouns for what somebody said: "Merkel's reaction to the treaty".
SPEECH_NOUNS = word_set("""
    response reaction reply view opinion position stance attitude statement comment remark quote quotation
    promise pledge vow claim criticism demand warning assertion argument suggestion accusation allegation
    announcement contention prediction assessment thought take verdict message explanation excuse justification
    apology denial complaint admission advice objection proposal concern word speech tweet answer
""")

# Verbs that only carry such a noun: "What promises did Macron make?"
LIGHT_VERBS = word_set("make give express raise voice issue offer share have take deliver send")


# Speech acts in questions: a verb, then all verbs that report the same act.
SPEECH_ACTS = (
    "deny reject dispute refute dismiss contradict rebut disavow",
    "reject dismiss refuse deny oppose rebuff decline",
    "promise pledge vow swear commit assure guarantee",
    "criticise criticize attack blast slam condemn denounce accuse blame decry mock deride ridicule rebuke chide"
    " assail lambast deplore fault",
    "condemn denounce deplore decry criticise criticize",
    "attack blast slam assail criticise criticize mock",
    "mock deride ridicule taunt insult",
    "praise applaud laud hail commend congratulate thank welcome credit admire tout celebrate",
    "welcome praise applaud hail",
    "congratulate praise thank",
    "thank praise",
    "support endorse back favour favor defend champion embrace agree",
    "endorse support back",
    "back support endorse",
    "defend support justify",
    "oppose reject object disagree criticise criticize condemn dispute",
    "accuse blame allege charge fault",
    "blame accuse fault",
    "admit acknowledge concede confess recognise recognize",
    "acknowledge admit concede recognise recognize",
    "concede admit acknowledge",
    "complain criticise criticize lament grumble",
    "question doubt challenge dispute",
    "threaten warn",
    "confirm acknowledge affirm",
    "demand urge call insist request",
    "urge demand call ask appeal",
    "call urge demand appeal",
)
# Acts that statements reported with other verbs may express too.
LOOSE_SPEECH_ACTS = (
    "want demand urge call propose seek request ask wish appeal insist advocate recommend",
    "warn caution fear threaten worry",
    "predict forecast expect project anticipate estimate",
    "announce declare unveil reveal disclose",
    "propose suggest recommend advocate",
    "hope wish",
    "fear worry warn",
)

# Every form of every verb that a question can ask for words with, and its base form.
QUESTION_VERBS = {
    form: lemma
    for lemma in sorted(
        REPORTING_VERBS
        | CLAUSE_VERBS
        | STANCE_VERBS
        | CHARACTERISING_VERBS
        | FINDING_VERBS
        | QUESTION_ATTITUDES
        | set(PREPOSITIONAL_VERBS)
        | {verb for group in (*SPEECH_ACTS, *LOOSE_SPEECH_ACTS) for verb in group.split()}
    )
    for form in inflected(lemma)
}
