"""Plans, their dated follow-ups, agreements, schools: structure; published numbers live in the ledger."""

from .agreement import Action, ActionState, Agreement, HelpedCompany
from .follow_up import Category, FollowUp, FollowUpLine, FrozenMask, PlanCategory
from .plan import Perimeter, PlanEvent, RedundancyPlan
from .school import Enrolment, Exit, PlannedOffer, Programme, Result, School

__all__ = [
    "Action",
    "ActionState",
    "Agreement",
    "Category",
    "Enrolment",
    "Exit",
    "FollowUp",
    "FollowUpLine",
    "FrozenMask",
    "HelpedCompany",
    "Perimeter",
    "PlanCategory",
    "PlanEvent",
    "PlannedOffer",
    "Programme",
    "RedundancyPlan",
    "Result",
    "School",
]
