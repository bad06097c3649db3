"""What is being rebuilt: sites and their life, projects and how they go, the organisations that act there."""

from .attachment import Attachment
from .bulk import BulkContent, BulkRow, Import
from .commitment import Commitment, Status, Verdict
from .confirmation import AnswerWithdrawal, ConfirmationAnswer, ConfirmationRequest
from .counterpart import Counterpart, CounterpartCheck
from .follow import BudgetLine, Bulletin, Decision, Milestone, PlannedDate, Risk
from .funding import Beneficiary, FundingLine, Regime
from .ground import Lot, LotState, Ownership, Surface
from .group import UndertakingLink
from .inventory import InventoryRound, LandUnit, RoundPark, UnitStay
from .job import JobClaim, JobPool
from .life import Departure, LifeStage, Occupancy, Stage
from .movement import Movement
from .operation import OperationLine
from .organisation import Organisation
from .project import Axis, Gate, Partner, Passage, Project
from .prospect import Prospect
from .prospect_step import NdaAccess, ProspectPassage, ProspectStage
from .publication import Publication
from .remark import Mention, Remark
from .reminder import Following, Letter, Taste
from .saved_view import SavedView
from .site import Site
from .standard import ComparedRow, ImportedRow, StandardContent, StandardImport, StandardRow
from .support import Helped, Scheme, SupportAct, SupportCase
from .update import Update, UpdateEvent, UpdateStep
from .weight import Weight, WeightSet

__all__ = [
    "AnswerWithdrawal",
    "Attachment",
    "Axis",
    "Beneficiary",
    "BudgetLine",
    "BulkContent",
    "BulkRow",
    "Bulletin",
    "Commitment",
    "ComparedRow",
    "ConfirmationAnswer",
    "ConfirmationRequest",
    "Counterpart",
    "CounterpartCheck",
    "Decision",
    "Departure",
    "Following",
    "FundingLine",
    "Gate",
    "Helped",
    "Import",
    "ImportedRow",
    "InventoryRound",
    "JobClaim",
    "JobPool",
    "LandUnit",
    "Letter",
    "LifeStage",
    "Lot",
    "LotState",
    "Mention",
    "Milestone",
    "Movement",
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
    "Publication",
    "Regime",
    "Remark",
    "Risk",
    "RoundPark",
    "SavedView",
    "Scheme",
    "Site",
    "Stage",
    "StandardContent",
    "StandardImport",
    "StandardRow",
    "Status",
    "SupportAct",
    "SupportCase",
    "Surface",
    "Taste",
    "UndertakingLink",
    "UnitStay",
    "Update",
    "UpdateEvent",
    "UpdateStep",
    "Verdict",
    "Weight",
    "WeightSet",
]
