"""What people can do: the table of contents."""

from handlers import account, allowance, help, measures, office, score
from handlers.kit import Features

FEATURES = Features(
    account.feature,
    score.feature,
    measures.feature,
    office.feature,
    allowance.feature,
    help.feature,
)
