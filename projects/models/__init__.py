"""What is being rebuilt: sites and their life, projects and how they go, the organisations that act there."""

from .commitment import Commitment, Status, Verdict
from .follow import BudgetLine, Bulletin, Decision, Milestone, PlannedDate, Risk
from .ground import Lot, LotState, Ownership, Surface
from .job import JobClaim, JobPool
from .life import Departure, LifeStage, Occupancy, Stage
from .operation import OperationLine
from .organisation import Organisation
from .project import Axis, Gate, Partner, Passage, Project
from .site import Site

__all__ = [
    "Axis",
    "BudgetLine",
    "Bulletin",
    "Commitment",
    "Decision",
    "Departure",
    "Gate",
    "JobClaim",
    "JobPool",
    "LifeStage",
    "Lot",
    "LotState",
    "Milestone",
    "Occupancy",
    "OperationLine",
    "Organisation",
    "Ownership",
    "Partner",
    "Passage",
    "PlannedDate",
    "Project",
    "Risk",
    "Site",
    "Stage",
    "Status",
    "Surface",
    "Verdict",
]
