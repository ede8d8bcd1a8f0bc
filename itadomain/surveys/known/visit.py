"""What is asked after a visit or a closed case: how satisfied, from 1 to 5. The «why» is asked by whoever asks it."""

from itadomain.frameworks.shape import Name
from itadomain.surveys.known.common import Known
from itadomain.surveys.questionnaire import Answering, Item
from itadomain.surveys.survey import Kind

KNOWN = Known(
    Kind.VISIT,
    since=2562,
    told_of=None,
    items=(
        Item(
            "V1",
            Name("ท่านพอใจกับการรับบริการครั้งนี้เพียงใด", "How satisfied are you with the service this time?"),
            Answering.FIVE,
        ),
    ),
)
