"""The two that are compared, each started as it is run in earnest, and the stand-in of LINE between them."""

import datetime as dt
import ipaddress
import json
import os
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.benchmarks import machine

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 8
START_S = 60


@dataclass(frozen=True)
class Side:
    """A running service and how to speak with it."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    path: str
    secret: str

    def parts(self) -> Mapping[str, Sequence[int]]:
        """Its processes by what they do."""
        parts: dict[str, list[int]] = {}
        for pid in machine.family(self.process.pid):
            parts.setdefault(_part(machine.command(pid)), []).append(pid)
        return parts

    def cpu_s(self) -> Mapping[str, float]:
        return {part: sum(map(machine.cpu_s, pids)) for part, pids in self.parts().items()}

    def memory_mib(self) -> Mapping[str, float]:
        return {part: sum(map(machine.memory_mib, pids)) for part, pids in self.parts().items()}


def _part(command: str) -> str:
    if "gunicorn" in command:
        return "web"
    return "worker" if " worker" in command else "supervisor"


class StandIn:
    """The stand-in's process, its certificate, and the pipe in which it notes."""

    def __init__(self, folder: Path) -> None:
        certificate, key = _certificate(folder)
        self.bundle = _bundle(folder, certificate)
        self.pipe, writes = os.pipe()
        script = [sys.executable, "-m", "tests.benchmarks.stand_in", str(certificate), str(key), str(writes)]
        self.process = subprocess.Popen(script, cwd=ROOT, stdout=subprocess.PIPE, pass_fds=[writes])
        os.close(writes)
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def ceiling(self, seconds: float = 1.0) -> float:
        """Replies a second that it takes over four kept connections, asked by one thread in turn."""
        context = ssl.create_default_context(cafile=str(self.bundle))
        raws = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(4)]
        connections = [context.wrap_socket(raw, server_hostname="127.0.0.1") for raw in raws]
        body = json.dumps({"replyToken": "-" * 32, "messages": [{"type": "text", "text": "x" * 200}]}).encode()
        request = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        count, began = 0, time.monotonic()
        while time.monotonic() - began < seconds:
            for connection in connections:
                connection.sendall(request)
            for connection in connections:
                connection.recv(65536)
            count += len(connections)
            os.read(self.pipe, 65536)
        rate = count / (time.monotonic() - began)
        for connection in connections:
            connection.close()
        return rate


def plain(folder: Path, stand_in: StandIn, *, keep_client: bool = False) -> Side:
    """The plain Flask app under gunicorn."""
    name = "plain, client kept" if keep_client else "plain"
    secret, port = secrets.token_hex(16), _free_port()
    environment = {
        **_clean(),
        "LINE_API_HOST": stand_in.address,
        "SSL_CERT_FILE": str(stand_in.bundle),
        "BENCH_CHANNEL_SECRET": secret,
        "BENCH_ACCESS_TOKEN": "plain",
        "BENCH_KEEP_CLIENT": "1" if keep_client else "",
    }
    command = [
        sys.executable, "-m", "gunicorn", "tests.benchmarks.plain_app:app", "--worker-class", "gthread",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}", "--log-level", "warning",
    ]  # fmt: skip
    log = folder / f"plain-{port}.log"
    return _up(Side(name, _start(command, environment, log), port, "/callback", secret), log)


def ours(folder: Path, stand_in: StandIn) -> Side:
    """`itabot serve` with one agency, which has a sample's scores."""
    secret, port = secrets.token_hex(16), _free_port()
    environment = {
        **_clean(),
        "LINE_API_HOST": stand_in.address,
        "SSL_CERT_FILE": str(stand_in.bundle),
        "PORT": str(port),
        "ITABOT_VAR": str(folder / "var"),
        "ITABOT_WEB_WORKERS": str(WORKERS),
        "ITABOT_WEB_THREADS": str(THREADS),
    }
    environment["ITABOT_KEYS"] = _itabot(["keys", "new"], environment).strip()
    _itabot(
        ["agency", "add", "bench", "--name", "อบต.ท้ายเหมือง", "--channel-secret", secret,
         "--access-token", "ours", "--sample", "thaimueang"], environment,
    )  # fmt: skip
    log = folder / "ours.log"
    process = _start([sys.executable, "-m", "bot", "serve"], environment, log)
    return _up(Side("ours", process, port, "/line/bench/webhook", secret), log)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End what we started, with all that it started."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        for pid in machine.family(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.wait()


def _start(command: Sequence[str], environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)


def _itabot(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    command = [sys.executable, "-m", "bot", *arguments]
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return ran.stdout


def _up(side: Side, log: Path) -> Side:
    until = time.monotonic() + START_S
    while time.monotonic() < until and side.process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{side.port}/readyz", timeout=2):
                return side
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    stop(side.process)
    raise RuntimeError(f"«{side.name}» did not start:\n{log.read_text()[-2000:]}")


def _clean() -> dict[str, str]:
    """The environment without anybody's own trial."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("ITABOT_", "LINE_", "DATABASE_URL", "PORT"))}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as tried:
        return tried.getsockname()[1]


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stand-in of LINE's API")])
    now = dt.datetime.now(dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - dt.timedelta(hours=1))
    builder = builder.not_valid_after(now + dt.timedelta(days=1))
    signed = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    pem, private = folder / "stand-in.pem", folder / "stand-in.key"
    pem.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return pem, private


def _bundle(folder: Path, certificate: Path) -> Path:
    """The authorities that this machine trusts, and ours: what a client loads stays as large as it is in earnest."""
    trusted = ssl.get_default_verify_paths().cafile
    if trusted is None:
        import certifi

        trusted = certifi.where()
    bundle = folder / "authorities.pem"
    bundle.write_bytes(Path(trusted).read_bytes() + b"\n" + certificate.read_bytes())
    return bundle
