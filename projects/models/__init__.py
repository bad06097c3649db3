"""What is being rebuilt: sites and their life, projects and how they go, the organisations that act there."""

from .commitment import Commitment, Status, Verdict
from .follow import BudgetLine, Bulletin, Decision, Milestone, PlannedDate, Risk
from .ground import Lot, LotState, Ownership, Surface
from .job import JobClaim, JobPool
from .life import LifeStage, Occupancy, Stage
from .organisation import Organisation
from .project import Axis, Gate, Partner, Passage, Project
from .site import Site

__all__ = [
    "Axis",
    "BudgetLine",
    "Bulletin",
    "Commitment",
    "Decision",
    "Gate",
    "JobClaim",
    "JobPool",
    "LifeStage",
    "Lot",
    "LotState",
    "Milestone",
    "Occupancy",
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
