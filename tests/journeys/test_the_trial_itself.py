"""What a user expects of the two commands: start, stop, start again, and nothing lost in between."""

import os
import subprocess
import sys
import time

from tests.journeys.running import running_trial


def test_a_second_start_is_quick_and_keeps_the_data(tmp_path):
    with running_trial(tmp_path / "var") as first:
        who = first.user("thaimueang", "citizen")
        assert "I will answer in English" in first.ask("thaimueang", "citizen", "English please")
    began = time.monotonic()
    with running_trial(tmp_path / "var") as second:
        print(f"second start: {time.monotonic() - began:.1f} s")
        assert second.user("thaimueang", "citizen") == who
        assert "Latest published result" in second.ask("thaimueang", "citizen", "score")


def test_a_trial_beside_a_running_one_says_where_that_is(trial):
    command = [sys.executable, "-m", "bot", "demo"]
    beside = subprocess.run(
        command, env={**os.environ, "ITABOT_VAR": str(trial.var)}, capture_output=True, text=True, check=True
    )
    assert trial.desk_url in beside.stdout


def test_what_is_said_twice_by_line_is_answered_once(trial):
    desk, who = trial.desk, trial.user("srikham", "citizen")
    desk.faults("twice", count=1, agency="srikham")
    sent = desk.say("srikham", who, "คะแนนล่าสุด")
    desk.wait_for_reply("srikham", who, sent["n"])
    event = [
        e
        for e in desk.record(agency="srikham", kind="webhook")
        if e["event"]["webhookEventId"] == sent["webhookEventId"]
    ]
    replies = [
        e for e in desk.record(agency="srikham", kind="api")
        if e["path"].endswith("/reply") and e["body"]["replyToken"] == event[0]["event"]["replyToken"]
    ]  # fmt: skip
    assert len(event) == 2
    assert len(replies) == 1


def test_a_reply_token_that_ran_out_is_followed_by_a_push(trial):
    desk, who = trial.desk, trial.user("nongmueang", "staff")
    desk.faults("rate", count=100, agency="nongmueang")
    sent = desk.say("nongmueang", who, "คะแนนล่าสุด")
    desk.advance(61)  # by the time the rate limit is over, the token is too old
    desk.no_faults()
    reply = desk.wait_for_reply("nongmueang", who, sent["n"])
    assert "92.65" in reply["message"]["altText"]
    calls = [e["path"] for e in desk.record(agency="nongmueang", kind="api") if e["status"] == 200]
    assert [path for path in calls if "quota" not in path][-1].endswith("/push")
