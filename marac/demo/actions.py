"""What the chair and the coordinator of Carrowdale decide about the fortnight's mail, and what agencies undertake."""

import datetime as dt
from dataclasses import dataclass, field

from marac.case import DecisionKind
from marac.demo.agencies import CHAIR, COORDINATOR


@dataclass(frozen=True, slots=True)
class SampleDecision:
    """A decision about the case that a message made; `message` and `other` are the names of invented messages."""

    message: str
    kind: DecisionKind
    reason: str = field(repr=False)
    by: str = field(repr=False)
    other: str | None = None


@dataclass(frozen=True, slots=True)
class SampleConflict:
    """A case that is held back from an agency, because of somebody there."""

    message: str
    agency: str
    person: str = field(repr=False)
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SampleAction:
    """What an agency undertakes at the meeting for the case that a message made."""

    message: str
    agency: str
    days: int
    """Days after the meeting by which it is to be done."""
    text: str = field(repr=False)
    risk: str = field(default="", repr=False)
    owner: str = field(default="", repr=False)
    done: str = field(default="", repr=False)
    """What is reported of it in the end; empty where nothing is."""

    def due(self, meeting: dt.date) -> dt.date:
        """The day by which it is to be done."""
        return meeting + dt.timedelta(days=self.days)


CONFLICT = SampleConflict("03-health-referral", "housing", "Coral Fairweather", "A lettings officer, his sister.")

DECISIONS = (
    SampleDecision(
        "08-childrens-referral",
        "same-as",
        "Same couple and children. The school checked the spelling and the date of birth with the mother.",
        COORDINATOR,
        other="01-police-referral",
    ),
    SampleDecision(
        "24-police-referral",
        "not-same-as",
        "The perpetrator is the same man, the victim is another woman. Two cases, to be heard one after the other.",
        COORDINATOR,
        other="04-housing-referral",
    ),
    SampleDecision("01-police-referral", "hear", "Sixteen ticks, strangulation, bail ends soon.", CHAIR),
    SampleDecision("02-idva-referral", "hear", "Seventeen ticks and honour-based abuse.", CHAIR),
    SampleDecision("03-health-referral", "hear", "Fifteen ticks, and she is pregnant.", CHAIR),
    SampleDecision("04-housing-referral", "hear", "Fourteen ticks and escalation.", CHAIR),
    SampleDecision("05-childrens-referral", "hear", "Eighteen ticks, order breached.", CHAIR),
    SampleDecision("06-mental-health-referral", "hear", "Nineteen ticks, lost consciousness.", CHAIR),
    SampleDecision("09-police-referral", "hear", "New incident within twelve months of the last referral.", CHAIR),
    SampleDecision(
        "10-housing-referral",
        "not-heard",
        "Eight ticks and no other criterion. The IDVA service will ring her; the referrer was told how to refer again.",
        COORDINATOR,
    ),
    SampleDecision("14-idva-referral", "hear", "Seventeen ticks. Contact only through the hospital IDVA.", CHAIR),
    SampleDecision(
        "15-childrens-referral",
        "not-heard",
        "Under sixteen. Children's social care holds a strategy meeting this week and police will attend it.",
        CHAIR,
    ),
    SampleDecision(
        "16-health-referral",
        "hear",
        "Counted again with the referrer: twelve ticks, not fifteen. Heard because weapons are used most weeks.",
        CHAIR,
    ),
    SampleDecision("18-council-forward", "hear", "Professional judgement: release from prison, fixation.", CHAIR),
    SampleDecision("19-adults-referral", "hear", "Professional judgement: life at risk from neglect.", CHAIR),
    SampleDecision("24-police-referral", "hear", "Fourteen ticks and three calls in six weeks.", CHAIR),
)
"""In the order in which they are taken. The other cases wait for a person, as some always do."""

EARLIER_ACTION = SampleAction(
    "a1-idva-referral",
    "idva",
    210,
    "Ring the victim half a year after the meeting, and ask how safe she is.",
    done="She told of the new incident, and it was referred.",
)
"""Agreed seven months ago, due at the meeting of this fortnight."""

ACTIONS = (
    SampleAction(
        "01-police-referral",
        "police",
        1,
        "Place a treat-as-urgent marker on the victim's home and telephone number, and confirm when it is live.",
        "He comes back when bail ends",
        "PC Whitworth",
        "done",
    ),
    SampleAction(
        "01-police-referral",
        "childrens",
        7,
        "Speak to both children on their own at school and tell the coordinator whether an assessment is opened.",
        "What the children have seen",
        done="done",
    ),
    SampleAction(
        "01-police-referral",
        "idva",
        4,
        "Contact the victim in her safe hours with a Polish interpreter and go through her safety plan.",
        owner="Y. Qureshi",
        done="done",
    ),
    SampleAction(
        "02-idva-referral",
        "idva",
        5,
        "Find a refuge place out of area and agree a safe day and way to leave.",
        "She has nowhere to go",
        done="could not be done",
    ),
    SampleAction(
        "03-health-referral",
        "health",
        4,
        "Put an alert on the maternity record: to be seen alone at every appointment, no messages about visits.",
        done="done",
    ),
    SampleAction(
        "03-health-referral",
        "housing",
        6,
        "Change the locks, and note on the tenancy that nobody is to be told who lives there.",
        "He has a key, and somebody to ask",
        done="done",
    ),
    SampleAction(
        "03-health-referral",
        "probation",
        5,
        "Confirm whether the perpetrator is still on licence and what its conditions are.",
    ),
    SampleAction(
        "04-housing-referral",
        "housing",
        6,
        "Fit the reinforced door and the letter box guard, and list the victim for a priority move.",
        done="done",
    ),
    SampleAction(
        "04-housing-referral",
        "adults",
        11,
        "Assess the victim's care needs and review who can draw her benefits.",
        done="done",
    ),
    SampleAction(
        "05-childrens-referral",
        "police",
        4,
        "Arrest for the breach of the non-molestation order and report on the result.",
        done="done",
    ),
    SampleAction(
        "05-childrens-referral",
        "childrens",
        5,
        "Arrange supervised handover only, and tell the school who may collect the children.",
        done="done",
    ),
    SampleAction(
        "06-mental-health-referral",
        "mental-health",
        6,
        "See the victim alone under a neutral appointment and review how her medicine is given out.",
        done="done",
    ),
    SampleAction(
        "18-council-forward",
        "probation",
        1,
        "Ask for recall on the ground of contact risk and tell the victim liaison officer of the outcome.",
        "He is fixed on her",
        "D. Moriarty",
    ),
    SampleAction(
        "19-adults-referral",
        "adults",
        5,
        "Open a safeguarding enquiry and hold a meeting with the victim's daughter, away from the home.",
        done="done",
    ),
)
"""What stands in the minutes; at least one for each of the eight agencies; no text holds a name or an address."""

ADDED_ACTION = SampleAction(
    "09-police-referral",
    "police",
    1,
    "Circulate the perpetrator as wanted, and reissue the alarm that was returned after the last meeting.",
    done="done",
)
"""Entered with a command after the minutes were taken."""

NOTED = {
    "01-police-referral": "Strangulation. He is on bail with conditions until the end of the month.",
    "02-idva-referral": "Threats from his family as well as from him. She plans to leave.",
    "03-health-referral": "Pregnant. He waits for her at appointments.",
    "05-childrens-referral": "The order was breached twice. The children are used to find out where she is.",
}
"""Which risks the meeting noted for the case of a message; for the others nothing was written."""
