"""What is being rebuilt: sites and their life, projects and how they go, the organisations that act there."""

from .commitment import Commitment, Status, Verdict
from .confirmation import ConfirmationAnswer, ConfirmationRequest
from .follow import BudgetLine, Bulletin, Decision, Milestone, PlannedDate, Risk
from .ground import Lot, LotState, Ownership, Surface
from .job import JobClaim, JobPool
from .life import Departure, LifeStage, Occupancy, Stage
from .operation import OperationLine
from .organisation import Organisation
from .project import Axis, Gate, Partner, Passage, Project
from .prospect import Prospect
from .prospect_step import NdaAccess, ProspectPassage, ProspectStage
from .site import Site
from .weight import Weight, WeightSet

__all__ = [
    "Axis",
    "BudgetLine",
    "Bulletin",
    "Commitment",
    "ConfirmationAnswer",
    "ConfirmationRequest",
    "Decision",
    "Departure",
    "Gate",
    "JobClaim",
    "JobPool",
    "LifeStage",
    "Lot",
    "LotState",
    "Milestone",
    "NdaAccess",
    "Occupancy",
    "OperationLine",
    "Organisation",
    "Ownership",
    "Partner",
    "Passage",
    "PlannedDate",
    "Project",
    "Prospect",
    "ProspectPassage",
    "ProspectStage",
    "Risk",
    "Site",
    "Stage",
    "Status",
    "Surface",
    "Verdict",
    "Weight",
    "WeightSet",
]
