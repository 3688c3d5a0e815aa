"""The tables. One module a subject; importing this package registers them all."""

from db.models.account import (
    Change,
    DataVersion,
    Invitation,
    Office,
    SignInFailure,
    User,
    UserSession,
)
from db.models.activity import (
    COUNTS,
    Activity,
    ActivityCommunity,
    ActivityMeasure,
    ActivityPartner,
    CommunityGroup,
    CommunityGroupMember,
)
from db.models.base import Base
from db.models.catalogue import (
    ActivityType,
    ActivityTypeMeasure,
    Measure,
    PartnerKind,
    ServiceDomain,
    Target,
    Unit,
)
from db.models.commitment import Commitment, CommitmentStep
from db.models.draft import ActivityDraft, FormDraft
from db.models.feedback import Feedback, FeedbackChannel, FeedbackStep, FeedbackTopic
from db.models.inspection import Inspection, InspectionPhoto
from db.models.meeting import (
    ChartNote,
    Meeting,
    MeetingSlide,
    MeetingSnapshot,
    MeetingText,
    SlideComment,
)
from db.models.pattern import SurveyDriver, SurveyFinding, SurveyMargin
from db.models.place import Community, Grid, PopulationCount, PopulationGroup, Subdistrict
from db.models.plan import ActivityPlan, ActivityRound, PlanException
from db.models.remark import ActivityRemark
from db.models.respondent import (
    Answer,
    ColumnMapping,
    Respondent,
    SurveyEstimate,
    SurveyImport,
    SurveyQuestion,
)
from db.models.rollup import ActivityMonth, ActivityWeek, QuantityMonth
from db.models.survey import PublishedScore, SurveyTally, SurveyWave, WaveOption
from db.models.workbook import WorkbookImport

__all__ = [
    "COUNTS",
    "Activity",
    "ActivityCommunity",
    "ActivityDraft",
    "ActivityMeasure",
    "ActivityMonth",
    "ActivityPartner",
    "ActivityPlan",
    "ActivityRemark",
    "ActivityRound",
    "ActivityType",
    "ActivityTypeMeasure",
    "ActivityWeek",
    "Answer",
    "Base",
    "Change",
    "ChartNote",
    "ColumnMapping",
    "Commitment",
    "CommitmentStep",
    "Community",
    "CommunityGroup",
    "CommunityGroupMember",
    "DataVersion",
    "Feedback",
    "FeedbackChannel",
    "FeedbackStep",
    "FeedbackTopic",
    "FormDraft",
    "Grid",
    "Inspection",
    "InspectionPhoto",
    "Invitation",
    "Measure",
    "Meeting",
    "MeetingSlide",
    "MeetingSnapshot",
    "MeetingText",
    "Office",
    "PartnerKind",
    "PlanException",
    "PopulationCount",
    "PopulationGroup",
    "PublishedScore",
    "QuantityMonth",
    "Respondent",
    "ServiceDomain",
    "SignInFailure",
    "SlideComment",
    "Subdistrict",
    "SurveyDriver",
    "SurveyEstimate",
    "SurveyFinding",
    "SurveyImport",
    "SurveyMargin",
    "SurveyQuestion",
    "SurveyTally",
    "SurveyWave",
    "Target",
    "Unit",
    "User",
    "UserSession",
    "WaveOption",
    "WorkbookImport",
]
