"""What people can do: the table of contents."""

from handlers import account, help, measures, office, score
from handlers.kit import Features

FEATURES = Features(
    account.feature,
    score.feature,
    measures.feature,
    office.feature,
    help.feature,
)
