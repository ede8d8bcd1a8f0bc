"""The statements of the queue, in SQL that SQLite and PostgreSQL share.

`lane_lease` joins instead of saying `IN (SELECT …)`: that form read every lane of an agency at each claim, which made a
turn ten times as dear with 100,000 people.
"""

from collections.abc import Mapping

TURN, SEND = "turn", "send"  # the two kinds of lanes


def _free(kind: str, table: str) -> str:
    """Give a lane back: ready again where something waits in `table`, else idle."""
    return f"""
        UPDATE lane SET owner = '', lease_until = 0, ready_at = CASE WHEN EXISTS (
            SELECT 1 FROM {table} w WHERE w.agency_id = :agency_id AND w.lane = :lane AND w.state = 0
        ) THEN :at ELSE NULL END
        WHERE agency_id = :agency_id AND kind = '{kind}' AND lane = :lane
          AND owner = :owner"""


def _fence(kind: str) -> str:
    """Only while the lane is leased by `owner`."""
    return f""" AND EXISTS (
        SELECT 1 FROM lane WHERE agency_id = :agency_id AND kind = '{kind}' AND lane = :lane AND owner = :owner)"""


SQL: Mapping[str, str] = {
    "inbox_put": """
        INSERT INTO inbox (agency_id, event_id, lane, happened_at, received_at, body, state, attempts, reason)
        VALUES (:agency_id, :event_id, :lane, :happened_at, :now, :body, 0, 0, '')
        ON CONFLICT (agency_id, event_id) DO NOTHING""",
    "lane_ready": """
        INSERT INTO lane (agency_id, kind, lane, ready_at, owner, lease_until)
        VALUES (:agency_id, :kind, :lane, :now, '', 0)
        ON CONFLICT (agency_id, kind, lane) DO UPDATE SET ready_at = COALESCE(lane.ready_at, excluded.ready_at)""",
    "lane_lease": """
        UPDATE lane SET owner = :owner, lease_until = :until
        FROM (
            SELECT agency_id AS a, kind AS k, lane AS l FROM lane
            WHERE kind = :kind AND ready_at <= :now AND lease_until < :now ORDER BY ready_at LIMIT 1) AS first
        WHERE lane.agency_id = first.a AND lane.kind = first.k AND lane.lane = first.l
        RETURNING lane.agency_id, lane.lane""",
    "lane_free_turn": _free(TURN, "inbox"),
    "lane_free_send": _free(SEND, "outbox"),
    "inbox_next": """
        UPDATE inbox SET attempts = attempts + 1 WHERE id = (
            SELECT id FROM inbox WHERE agency_id = :agency_id AND lane = :lane AND state = 0
            ORDER BY happened_at, id LIMIT 1)
        RETURNING id, event_id, received_at, attempts, body""",
    "inbox_finish": """
        UPDATE inbox SET state = :state, reason = :reason, body = CASE WHEN :state = 3 THEN body END
        WHERE id = :id AND state = 0"""
    + _fence(TURN),
    "outbox_put": """
        INSERT INTO outbox (agency_id, lane, retry_key, body, token_at, needed, state, attempts, uncertain, outcome)
        VALUES (:agency_id, :lane, :retry_key, :body, :token_at, :needed, 0, 0, FALSE, '')""",
    "outbox_next": """
        UPDATE outbox SET attempts = attempts + 1 WHERE id = (
            SELECT id FROM outbox WHERE agency_id = :agency_id AND lane = :lane AND state = 0 ORDER BY id LIMIT 1)
        RETURNING id, retry_key, attempts, uncertain, body, token_at, needed""",
    "outbox_settle": """
        UPDATE outbox SET state = :state, outcome = :outcome, body = CASE WHEN :state = 3 THEN body END
        WHERE id = :id AND state = 0"""
    + _fence(SEND),
    "outbox_retry": "UPDATE outbox SET outcome = :outcome, uncertain = :uncertain WHERE id = :id AND state = 0"
    + _fence(SEND),
    "depth": """
        SELECT kind, COUNT(*) AS lanes, :now - MIN(ready_at) AS age FROM lane
        WHERE ready_at IS NOT NULL GROUP BY kind""",
    "dead": """
        SELECT (SELECT COUNT(*) FROM inbox WHERE state = 3) + (SELECT COUNT(*) FROM outbox WHERE state = 3)""",
}
