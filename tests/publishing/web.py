"""A small web of our own: names, public addresses, and servers of this machine that play what stands behind them."""

import contextlib
import socket
import ssl
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.publishing.outside import NO_CHECK_TIME, Outside

#: Addresses of well-known public servers: none of them is ever connected to.
PUBLIC, OTHER, PUBLIC_6 = "93.184.216.34", "1.1.1.1", "2606:2800:220:1:248:1893:25c8:1946"
SITE = "www.bangsommut.go.th"
HELLO = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nhello"


def answering(*said):
    """What a server does: it hears the question, notes it and says this."""

    def serve(line, note):
        heard = b""
        while b"\r\n\r\n" not in heard and (piece := line.recv(4096)):
            heard += piece
        note(heard)
        for piece in said:
            line.sendall(piece)

    return serve


def leading_to(where, status=302):
    return answering(f"HTTP/1.1 {status} Found\r\nLocation: {where}\r\n\r\n".encode())


@dataclass
class Web:
    """Names and what they resolve to (one list after the other), and where an address leads on this machine."""

    names: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    connected: list = field(default_factory=list)
    heard: list = field(default_factory=list)
    open: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def site(self, serve, name=SITE, address=PUBLIC, port=443, tls=None):
        """A name with a server behind it; each connection is served by itself."""
        server = socket.create_server(("127.0.0.1", 0))
        self.open.callback(server.close)
        self.names.setdefault(name, [[address]])
        self.places[address, port] = server.getsockname()[1]

        def run():
            with contextlib.suppress(OSError):
                while True:
                    line, _ = server.accept()
                    threading.Thread(target=self._serve, args=(line, serve, tls), daemon=True).start()

        threading.Thread(target=run, daemon=True).start()

    def _serve(self, line, serve, tls):
        with contextlib.suppress(OSError), line, tls.wrap_socket(line, server_side=True) if tls else line as spoken:
            serve(spoken, self.heard.append)

    def resolve(self, host, port):
        self.asked.append(host)
        answers = self.names.get(host, [[]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address, port, seconds):
        self.connected.append((address, port))
        assert (address, port) in self.places, "nothing may be connected to but what was looked at"
        return socket.create_connection(("127.0.0.1", self.places[address, port]), timeout=seconds)

    def outside(self, **more):
        return Outside(**{"resolve": self.resolve, "connect": self.connect, "trusted": trusted, **more})


@cache
def authority():
    """Somebody whose word is trusted in these tests."""
    return ec.generate_private_key(ec.SECP256R1())


NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority of tests")])
LONG_AGO, SOME_DAY = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)


@cache
def certificate(name, until=SOME_DAY, signed_by_itself=None):
    """A server that shows a certificate for `name`."""
    own = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called if signed_by_itself else NAME)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(LONG_AGO)
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(own if signed_by_itself else authority(), hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "both.pem"
        key = own.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(key + made.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(file)
    return context


@cache
def _roots():
    made = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(authority().public_key())
        .serial_number(1)
        .not_valid_before(LONG_AGO)
        .not_valid_after(SOME_DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(authority(), hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def trusted(*, expired_too):
    """As the real one, with the authority of these tests in place of the machine's."""
    context = ssl.create_default_context(cadata=_roots())
    if expired_too:
        context.verify_flags |= NO_CHECK_TIME
    return context
