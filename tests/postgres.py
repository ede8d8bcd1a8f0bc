"""A PostgreSQL of our own for tests and measurements: a private cluster, a role that is no superuser.

Nothing of the machine's own server is touched. `cluster()` starts it once for a process and ends it with it.
"""

import atexit
import functools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

from tests.ports import free_port

ROLE = "itabot"  # what the service is: row-level security binds it
WANTED = "needs PostgreSQL: get it with «apt-get install -y postgresql»"
_numbers = count()


def programs() -> Path | None:
    """Where this machine has PostgreSQL's programs; None where it has none."""
    found = shutil.which("initdb")
    candidates = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


@dataclass(frozen=True)
class Cluster:
    """A running server."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str, role: str = ROLE) -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def admin(self, database: str = "postgres") -> psycopg.Connection:
        """A superuser's connection: it sees every row, and may end others' connections."""
        return psycopg.connect(self.url(database, "postgres"), autocommit=True)

    def new_database(self, template: str = "template1") -> str:
        """A fresh database that belongs to the service's role; gives its name."""
        name = f"itabot_{os.getpid()}_{next(_numbers)}"
        with self.admin() as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        with self.admin() as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@functools.cache
def cluster(*, durable: bool = False) -> Cluster:
    """The server of this process. Only a `durable` one waits for the disk; tests do not pull the plug."""
    where = programs()
    assert where, WANTED
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    # PostgreSQL refuses to run as root.
    other = pwd.getpwnam("postgres") if os.getuid() == 0 else None
    if other:
        os.chown(folder, other.pw_uid, other.pw_gid)
    run = functools.partial(_run, user=other)
    data = folder / "data"
    run([where / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"])
    port = free_port()
    settings = {
        "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "max_connections": 200,
        "logging_collector": "off",
        **({} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}),
    }  # fmt: skip
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([where / "postgres", "-D", data, *arguments], stdout=log, stderr=log, **_as(other))
    made = Cluster(port, folder, process)
    atexit.register(_end, made, os.getpid())
    _wait(made)
    with made.admin() as connection:
        connection.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS")
    return made


def _run(command: list[object], user: pwd.struct_passwd | None) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/", **_as(user))


def _as(user: pwd.struct_passwd | None) -> dict[str, object]:
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [user.pw_gid]} if user else {}


def _wait(made: Cluster) -> None:
    for _ in range(1200):
        assert made.process.poll() is None, (made.folder / "log").read_text()
        try:
            made.admin().close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError((made.folder / "log").read_text())


def _end(made: Cluster, owner: int) -> None:
    if os.getpid() != owner:  # a forked child ends too
        return
    made.process.send_signal(signal.SIGINT)
    made.process.wait(60)
    shutil.rmtree(made.folder, ignore_errors=True)
