"""The stand-in of LINE as a process: its certificate, the pipe in which it notes, and how fast it is by itself."""

import datetime as dt
import ipaddress
import json
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.benchmarks.processes import ROOT, stop


@dataclass(frozen=True)
class StandIn:
    """A running stand-in; whoever trusts `bundle` trusts it, and whatever this machine trusts."""

    pid: int
    port: int
    pipe: int
    certificate: Path
    bundle: Path

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


@contextmanager
def stand_in(folder: Path) -> Iterator[StandIn]:
    """A stand-in of LINE's API on a port of its own."""
    certificate, key = _certificate(folder)
    reads, writes = os.pipe()
    script = [sys.executable, "-m", "tests.benchmarks.stand_in", str(certificate), str(key), str(writes)]
    process = subprocess.Popen(script, cwd=ROOT, stdout=subprocess.PIPE, pass_fds=[writes])
    os.close(writes)
    try:
        port = int(process.stdout.readline())
        yield StandIn(process.pid, port, reads, certificate, _bundle(folder, certificate))
    finally:
        stop(process)
        os.close(reads)


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
