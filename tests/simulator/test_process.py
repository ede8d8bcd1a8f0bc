"""The desk as a process of its own, and what it is made of."""

import ast
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

import bot.simulator
from tests.ports import free_port

FOLDER = Path(bot.simulator.__file__).parent
LOCALE = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}


def start(config: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot.simulator", "--config", str(config), "--port", str(port)]
    root = FOLDER.parents[1]
    return subprocess.Popen(command, cwd=root, env=LOCALE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_it_starts_answers_and_stops_without_a_word(tmp_path: Path) -> None:
    config, port = tmp_path / "desk.json", free_port()
    config.write_text(json.dumps({"record": str(tmp_path / "new" / "record.jsonl"), "agencies": []}))
    process = start(config, port)
    try:
        for _ in range(3000):
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
                    assert "ตัวจำลองสำหรับทดลองใช้ ข้อความไม่ถูกส่งถึง LINE" in answer.read().decode()
                break
            except OSError:
                time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=30) == (b"", b"")
        assert process.returncode == 0
    finally:
        process.kill()


@pytest.mark.parametrize("written", ["{", '{"agencies": []}', '{"record": "r", "agencies": [{"slug": "a"}]}'])
def test_a_wrong_configuration_is_named(tmp_path: Path, written: str) -> None:
    config = tmp_path / "desk.json"
    config.write_text(written)
    process = start(config, free_port())
    out, error = process.communicate(timeout=30)
    assert (process.returncode, out, error.count(b"\n")) == (2, b"", 1)


def test_it_imports_nothing_of_the_product() -> None:
    """It must be LINE to the product, so it must not know what the product knows."""
    allowed = {"flask", "werkzeug", "cryptography", *sys.stdlib_module_names}
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.startswith("bot.simulator") or name.partition(".")[0] in allowed, (file.name, name)


def test_the_page_puts_no_text_in_as_markup() -> None:
    for file in (FOLDER / "static").glob("*.js"):
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in file.read_text(), (file.name, way)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    for file in (*FOLDER.glob("static/*"), *FOLDER.glob("templates/*")):
        written = file.read_text()
        for way in ('src="http', 'href="http', "@import", "url(http"):
            assert way not in written, (file.name, way)
