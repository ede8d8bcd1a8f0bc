"""The sides that are compared, each as it is run in earnest."""

import secrets
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.benchmarks import bottender
from tests.benchmarks.line import StandIn
from tests.benchmarks.processes import ROOT, LeftOut, Side, clean_environment
from tests.benchmarks.slow_disk import SlowDisk
from tests.ports import free_port
from tests.postgres import Cluster, cluster, programs

OURS, POSTGRES, SLOW = "ours", "ours, PostgreSQL", "ours, slow disk"
PLAIN, KEPT, NOOP, BOTTENDER = "plain", "plain, client kept", "no-op", "Bottender"
WORKERS, THREADS = 2, 8
SAMPLE = "thaimueang"


def ours(folder: Path, stand_in: StandIn, name: str = OURS) -> Side:
    """`itabot serve`, on SQLite, with nothing in its database."""
    own = folder / name.replace(", ", "-").replace(" ", "-")
    port = free_port()
    environment = {
        **_reaching(stand_in),
        "PORT": str(port),
        "ITABOT_BIND": "127.0.0.1",
        "ITABOT_VAR": str(own),
        "ITABOT_WEB_WORKERS": str(WORKERS),
        "ITABOT_WEB_THREADS": str(THREADS),
    }
    environment["ITABOT_KEYS"] = itabot(["keys", "new"], environment).strip()
    secret = secrets.token_hex(16)
    return Side(name, commands(), environment, port, "/line/bench/webhook", secret, folder / f"{own.name}.log")


def commands(workers: int = 1) -> Sequence[Sequence[str]]:
    """`itabot serve`, which has one worker, and more beside it."""
    serve, worker = ([sys.executable, "-m", "bot", what] for what in ("serve", "worker"))
    return [serve, *[worker] * (workers - 1)]


def with_agency(side: Side) -> Side:
    """`side` of ours, with one agency in its database that has a sample's scores."""
    add = ["agency", "add", "bench", "--name", "อบต.ท้ายเหมือง", "--sample", SAMPLE]
    itabot([*add, "--channel-secret", side.secret, "--access-token", "ours"], side.environment)
    return side


def ours_on_a_slow_disk(folder: Path, stand_in: StandIn, slow: SlowDisk) -> Side:
    """The same on SQLite, and whatever is made durable takes 3 ms longer."""
    side = with_agency(ours(folder, stand_in, SLOW))
    return replace(side, environment={**side.environment, **slow.environment})


def server() -> Cluster:
    """A PostgreSQL of this process that waits for the disk, as in earnest; LeftOut where there is none."""
    if not programs():
        raise LeftOut("PostgreSQL was left out: its programs are not installed here.")
    return cluster(durable=True)


def on(server: Cluster, database: str, side: Side) -> Side:
    """`side` of ours on a database of `server`, whose cost is told beside."""
    environment = {**side.environment, "DATABASE_URL": server.url(database)}
    return replace(side, environment=environment, beside={"database": server.process.pid})


def ours_on_postgres(folder: Path, stand_in: StandIn) -> Side:
    """The same on a PostgreSQL of its own."""
    its = server()
    return with_agency(on(its, its.new_database(), ours(folder, stand_in, POSTGRES)))


def plain(folder: Path, stand_in: StandIn, *, keep_client: bool = False) -> Side:
    """The plain Flask app under gunicorn."""
    environment = {
        **_reaching(stand_in),
        "BENCH_ACCESS_TOKEN": "plain",
        "BENCH_KEEP_CLIENT": "1" if keep_client else "",
    }
    return _flask(KEPT if keep_client else PLAIN, "tests.benchmarks.plain_app:app", environment, folder)


def noop(folder: Path) -> Side:
    """A Flask app that only checks the signature."""
    return replace(_flask(NOOP, "tests.benchmarks.noop_app:app", clean_environment(), folder), answering=False)


def on_bottender(installed: Path, folder: Path, stand_in: StandIn) -> Side:
    """Bottender's own server, one process, as its README starts it."""
    port, secret = free_port(), secrets.token_hex(16)
    environment = {
        **_reaching(stand_in),
        "NODE_ENV": "production",
        "NODE_EXTRA_CA_CERTS": str(stand_in.certificate),
        "PORT": str(port),
        "BENCH_CHANNEL_SECRET": secret,
        "BENCH_ACCESS_TOKEN": "bottender",
    }
    command = ["node", bottender.SERVER]
    return Side(BOTTENDER, [command], environment, port, "/callback", secret, folder / "bottender.log", installed)


def _flask(name: str, app: str, environment: Mapping[str, str], folder: Path) -> Side:
    secret, port = secrets.token_hex(16), free_port()
    command = [
        sys.executable, "-m", "gunicorn", app, "--worker-class", "gthread", "--workers", str(WORKERS),
        "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}", "--log-level", "warning",
    ]  # fmt: skip
    environment = {**environment, "BENCH_CHANNEL_SECRET": secret}
    return Side(name, [command], environment, port, "/callback", secret, folder / f"{name.replace(', ', '-')}.log")


def _reaching(stand_in: StandIn) -> dict[str, str]:
    """What makes a side take the stand-in for LINE."""
    return {**clean_environment(), "LINE_API_HOST": stand_in.address, "SSL_CERT_FILE": str(stand_in.bundle)}


def itabot(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command of ours printed."""
    command = [sys.executable, "-m", "bot", *arguments]
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    if ran.returncode:
        raise RuntimeError(f"itabot {arguments[0]}: {ran.stderr[-2000:]}")
    return ran.stdout
