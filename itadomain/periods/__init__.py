"""Thai wordings of periods and follow-ups, and the days they mean."""

from itadomain.periods.follow_up import agree as agree
from itadomain.periods.follow_up import follow_up as follow_up
from itadomain.periods.period import period as period
from itadomain.periods.shape import Cadence as Cadence
from itadomain.periods.shape import Doubt as Doubt
from itadomain.periods.shape import Due as Due
from itadomain.periods.shape import FollowUp as FollowUp
from itadomain.periods.shape import MeetingKind as MeetingKind
from itadomain.periods.shape import Period as Period
from itadomain.periods.shape import Rule as Rule
from itadomain.periods.shape import Span as Span
from itadomain.periods.shape import Told as Told
from itadomain.periods.shape import Weekday as Weekday
from itadomain.periods.shape import Why as Why
