"""The statements of the queue, in SQL that SQLite and PostgreSQL share.

Whoever changes what waits in a lane holds the lane's row first (`lane_ready`, `lane_lease`, `lane_hold`). On PostgreSQL
that is a row lock, so a statement after it sees everything that others committed in the lane before; without it an
event could arrive unseen while its lane is given back, and nobody would ever look again.

`lane_lease` joins instead of saying `IN (SELECT …)`: that form read every lane of an agency at each claim, which made a
turn ten times as dear with 100,000 people.
"""

import re
from collections.abc import Mapping

TURN, SEND, CAST, TASK = "turn", "send", "cast", "task"  # the kinds of lanes; requests of broadcasts are cast
STUBBORN = 12  # a message that has been tried so often stands behind the others of its lane
_LOCK, _SKIP = "/* lock */", "/* skip */"  # what only PostgreSQL needs: SQLite has one writer at a time
EACH = "/* each */"  # the rows of a JSON list of lists, each a `value`
PART = re.compile(r"value ->> (\d+)")
_THIS_LANE = "agency_id = :agency_id AND kind = :kind AND lane = :lane"


#: What to do where a lane is there already that becomes ready.
_READY_AGAIN = """
        ON CONFLICT (agency_id, kind, lane) DO UPDATE SET
            ready_at = CASE WHEN lane.ready_at IS NULL OR excluded.kind <> 'turn' AND excluded.ready_at < lane.ready_at
                THEN excluded.ready_at ELSE lane.ready_at END,
            in_minute = CASE WHEN excluded.minute > lane.minute THEN 1
                WHEN excluded.minute = lane.minute THEN lane.in_minute + 1 ELSE lane.in_minute END,
            minute = CASE WHEN excluded.minute > lane.minute THEN excluded.minute ELSE lane.minute END"""


def _free(kind: str, table: str) -> str:
    """Give a lane that we hold back: ready again where something waits in `table`, else idle."""
    return f"""
        UPDATE lane SET owner = '', lease_until = 0,
        newest_at = CASE WHEN newest_at < :seen THEN :seen ELSE newest_at END,
        ready_at = CASE WHEN EXISTS (
            SELECT 1 FROM {table} w WHERE w.agency_id = :agency_id AND w.lane = :lane AND w.state = 0
        ) THEN :at ELSE NULL END
        WHERE agency_id = :agency_id AND kind = '{kind}' AND lane = :lane"""


_SQL: Mapping[str, str] = {
    "lane_ready": f"""
        INSERT INTO lane (agency_id, kind, lane, ready_at, owner, lease_until, newest_at, minute, in_minute)
        VALUES (:agency_id, :kind, :lane, :now, '', 0, 0, :minute, 1) {_READY_AGAIN}
        RETURNING CASE WHEN minute = :minute THEN in_minute ELSE 1 END AS nth""",
    # In order, so that no two wait for each other; lanes are written in hexadecimal, which sorts alike everywhere.
    "lanes_ready": f"""
        INSERT INTO lane (agency_id, kind, lane, ready_at, owner, lease_until, newest_at, minute, in_minute)
        SELECT :agency_id, :kind, value ->> 0, :now, '', 0, 0, :minute, 1 FROM {EACH} WHERE TRUE
        ORDER BY 3 {_READY_AGAIN}""",
    "lane_uncount": f"UPDATE lane SET in_minute = in_minute - 1 WHERE {_THIS_LANE} AND minute = :minute",
    # MATERIALIZED: else PostgreSQL may look for the first lane once per lane, and lease them all.
    "lane_lease": f"""
        WITH first AS MATERIALIZED (
            SELECT agency_id AS a, kind AS k, lane AS l FROM lane
            WHERE kind = :kind AND ready_at <= :now AND lease_until < :now ORDER BY ready_at LIMIT 1 {_SKIP})
        UPDATE lane SET owner = :owner, lease_until = :until FROM first
        WHERE lane.agency_id = first.a AND lane.kind = first.k AND lane.lane = first.l
        RETURNING lane.agency_id, lane.lane, lane.newest_at""",
    "lane_hold": f"SELECT 1 FROM lane WHERE {_THIS_LANE} AND owner = :owner {_LOCK}",
    "lanes_wait": f"""
        WITH idle AS MATERIALIZED (
            SELECT agency_id AS a, kind AS k, lane AS l FROM lane
            WHERE kind = 'send' AND agency_id = :agency_id AND ready_at <= :now AND lease_until < :now
              AND :replies = EXISTS (
                SELECT 1 FROM outbox w WHERE w.agency_id = lane.agency_id AND w.lane = lane.lane AND w.state = 0
                AND w.token_at > :fresh_from)
            LIMIT :most {_SKIP})
        UPDATE lane SET ready_at = :at FROM idle
        WHERE lane.agency_id = idle.a AND lane.kind = idle.k AND lane.lane = idle.l""",
    "lanes_wake": """
        UPDATE lane SET owner = '', lease_until = 0,
            ready_at = CASE WHEN ready_at > :horizon THEN :now ELSE ready_at END
        WHERE kind IN ('turn', 'send', 'cast', 'task') AND ready_at IS NOT NULL
            AND (ready_at > :horizon OR lease_until > :horizon)""",
    "tasks_wake": """
        UPDATE task SET ready_at = CASE WHEN not_before > :now THEN not_before ELSE :now END
        WHERE state = 0 AND ready_at > :horizon AND ready_at > not_before""",
    "buckets_wake": "UPDATE bucket SET ahead_to = :now WHERE ahead_to > :horizon",
    "lane_extend": f"UPDATE lane SET lease_until = :until WHERE {_THIS_LANE} AND owner = :owner",
    "lane_free_turn": _free(TURN, "inbox"),
    "lane_free_send": _free(SEND, "outbox"),
    "lane_free_cast": _free(CAST, "outbox"),
    "lane_free_task": """
        UPDATE lane SET owner = '', lease_until = 0, ready_at = (
            SELECT MIN(w.ready_at) FROM task w WHERE w.agency_id = :agency_id AND w.lane = :lane AND w.state = 0)
        WHERE agency_id = :agency_id AND kind = 'task' AND lane = :lane""",
    "inbox_put": """
        INSERT INTO inbox
            (agency_id, event_id, lane, happened_at, received_at, body, state, attempts, reason, nth, late)
        VALUES (:agency_id, :event_id, :lane, :happened_at, :now, :body, 0, 0, '', :nth, FALSE)
        ON CONFLICT (agency_id, event_id) DO NOTHING""",
    "inbox_next": """
        UPDATE inbox SET attempts = attempts + 1, late = happened_at > 0 AND happened_at < :newest_at WHERE id = (
            SELECT id FROM inbox WHERE agency_id = :agency_id AND lane = :lane AND state = 0
            ORDER BY happened_at, id LIMIT 1)
        RETURNING id, event_id, happened_at, received_at, attempts, body, nth, late""",
    "inbox_finish": """
        UPDATE inbox SET state = :state, reason = :reason, body = CASE WHEN :state = 3 THEN body END
        WHERE id = :id AND state = 0""",
    "outbox_put": """
        INSERT INTO outbox
            (agency_id, lane, retry_key, body, posted_at, token_at, needed, state, attempts, known, outcome)
        VALUES (:agency_id, :lane, :retry_key, :body, :now, :token_at, :needed, 0, 0, 0, '')""",
    "outbox_put_all": f"""
        INSERT INTO outbox
            (agency_id, lane, retry_key, body, posted_at, token_at, needed, state, attempts, known, outcome)
        SELECT :agency_id, value ->> 0, value ->> 1, value ->> 2, :now, CAST(value ->> 3 AS BIGINT),
            CAST(value ->> 4 AS BOOLEAN), 0, 0, 0, '' FROM {EACH} WHERE TRUE""",
    "outbox_next": f"""
        UPDATE outbox SET attempts = attempts + 1, first_at = CASE WHEN first_at = 0 THEN :now ELSE first_at END
        WHERE id = (
            SELECT id FROM outbox WHERE agency_id = :agency_id AND lane = :lane AND state = 0
            ORDER BY CASE WHEN attempts < {STUBBORN} THEN 0 ELSE 1 END, id LIMIT 1)
        RETURNING id, retry_key, attempts, known, body, posted_at, token_at, needed, first_at""",
    "outbox_settle": """
        UPDATE outbox SET state = :state, outcome = :outcome, body = CASE WHEN :state IN (3, 4) THEN body END
        WHERE id = :id AND state IN (0, 4)""",
    "outbox_retry": "UPDATE outbox SET outcome = :outcome, known = known + :known WHERE id = :id AND state IN (0, 4)",
    "inbox_unclaim": "UPDATE inbox SET attempts = attempts - 1 WHERE id = :id AND state = 0",
    "outbox_unclaim": "UPDATE outbox SET attempts = attempts - 1 WHERE id = :id AND state = 0",
    "task_put": """
        INSERT INTO task (agency_id, lane, key, name, body, put_at, ready_at, not_before, state, attempts, reason)
        VALUES (:agency_id, :lane, :key, :task, :body, :at, :at, :not_before, 0, 0, '')""",
    "task_next": """
        UPDATE task SET attempts = attempts + 1 WHERE id = (
            SELECT id FROM task WHERE agency_id = :agency_id AND lane = :lane AND state = 0 AND ready_at <= :now
            ORDER BY ready_at, id LIMIT 1)
        RETURNING id, key, name, attempts, put_at, body""",
    "task_finish": """
        UPDATE task SET state = :state, reason = :reason, body = CASE WHEN :state = 3 THEN body END
        WHERE id = :id AND state = 0""",
    "task_later": """
        UPDATE task SET ready_at = :at, attempts = attempts - :uncount WHERE id = :id AND state = 0""",
    "bucket_take": """
        INSERT INTO bucket (agency_id, endpoint, ahead_to) VALUES (:agency_id, :endpoint, :now + :each)
        ON CONFLICT (agency_id, endpoint) DO UPDATE
        SET ahead_to = :each + CASE WHEN bucket.ahead_to < :now THEN :now ELSE bucket.ahead_to END
        WHERE bucket.ahead_to <= :now + :burst""",
    "bucket_ahead": "SELECT ahead_to FROM bucket WHERE agency_id = :agency_id AND endpoint = :endpoint",
    "bucket_hold": """
        UPDATE bucket SET ahead_to = :until
        WHERE agency_id = :agency_id AND endpoint = :endpoint AND ahead_to < :until""",
    "depth": """
        SELECT kind, COUNT(*) AS lanes, :now - MIN(ready_at) AS age FROM lane
        WHERE ready_at IS NOT NULL GROUP BY kind""",
    "dead": """
        SELECT (SELECT COUNT(*) FROM inbox WHERE state = 3) AS events,
            (SELECT COUNT(*) FROM outbox WHERE state = 3) AS messages,
            (SELECT COUNT(*) FROM task WHERE state = 3) AS tasks""",
}


def statements(dialect: str) -> Mapping[str, str]:
    """Every statement by its name, for `sqlite` or `postgresql`."""
    locks = dialect == "postgresql"
    lock, skip = ("FOR UPDATE", "FOR UPDATE SKIP LOCKED") if locks else ("", "")
    return {name: with_rows(sql.replace(_LOCK, lock).replace(_SKIP, skip), dialect) for name, sql in _SQL.items()}


def with_rows(sql: str, dialect: str) -> str:
    """A statement that takes `:rows`, as a JSON list of lists. SQLite knows `->>` from 3.38 on only."""
    if dialect == "postgresql":
        return sql.replace(EACH, "jsonb_array_elements(CAST(:rows AS JSONB)) AS each(value)")
    return PART.sub(r"json_extract(value, '$[\1]')", sql.replace(EACH, "json_each(:rows)"))


NAMES = frozenset(_SQL)
