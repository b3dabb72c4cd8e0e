"""All tables, one word a file."""

from lianfang.ledger.models.account import Account
from lianfang.ledger.models.alert import Alert
from lianfang.ledger.models.fact import Fact, Mention
from lianfang.ledger.models.figure import Figure
from lianfang.ledger.models.intake import Intake, IntakeRow, Mapping
from lianfang.ledger.models.journal import JournalEntry, JournalHead
from lianfang.ledger.models.loop import Loop, Obligation
from lianfang.ledger.models.note import Attachment, Note
from lianfang.ledger.models.organisation import Absence, Holding, Unit
from lianfang.ledger.models.paper import Paper
from lianfang.ledger.models.person import Merge, Person
from lianfang.ledger.models.placement import Placement, Room
from lianfang.ledger.models.plan import PlanVersion
from lianfang.ledger.models.progress import Progress
from lianfang.ledger.models.saved import SavedView
from lianfang.ledger.models.sent import SentOnce
from lianfang.ledger.models.subject import Subject
from lianfang.ledger.models.token import Token

__all__ = [
    "Absence",
    "Account",
    "Alert",
    "Attachment",
    "Fact",
    "Figure",
    "Holding",
    "Intake",
    "IntakeRow",
    "JournalEntry",
    "JournalHead",
    "Loop",
    "Mapping",
    "Mention",
    "Merge",
    "Note",
    "Obligation",
    "Paper",
    "Person",
    "Placement",
    "PlanVersion",
    "Progress",
    "Room",
    "SavedView",
    "SentOnce",
    "Subject",
    "Token",
    "Unit",
]
