"""Plans, their dated follow-ups, agreements, schools: structure; published numbers live in the ledger."""

from .agreement import Action, ActionState, Agreement, AgreementReport, HelpedCompany
from .entry import Entry
from .follow_up import Category, FollowUp, FollowUpLine, FrozenMask, PlanCategory
from .plan import Perimeter, PlanEvent, PlanMeasure, RedundancyPlan
from .profile import Profile
from .school import Enrolment, Exit, PlannedOffer, Programme, Result, School, SchoolReport

__all__ = [
    "Action",
    "ActionState",
    "Agreement",
    "AgreementReport",
    "Category",
    "Enrolment",
    "Entry",
    "Exit",
    "FollowUp",
    "FollowUpLine",
    "FrozenMask",
    "HelpedCompany",
    "Perimeter",
    "PlanCategory",
    "PlanEvent",
    "PlanMeasure",
    "PlannedOffer",
    "Profile",
    "Programme",
    "RedundancyPlan",
    "Result",
    "School",
    "SchoolReport",
]
