"""Bottender with its LINE channel, installed from npm into a folder of the run; or why it was left out.

`server.js` is the custom server of Bottender's own guide, so that it listens on this machine only.
"""

import json
import shutil
import subprocess
from pathlib import Path

from tests.benchmarks.processes import LeftOut

INSTALL_S = 240
SERVER = "server.js"
PACKAGE = {
    "private": True,
    "dependencies": {"bottender": "1.5.5"},
    # Not every registry has the version that its tunnel for trials asks for; nothing that serves loads it.
    "overrides": {"typedarray.prototype.slice": "1.x"},
}
CONFIG = """\
module.exports = {
  session: { driver: 'memory' },
  channels: {
    line: {
      enabled: true,
      path: '/callback',
      accessToken: process.env.BENCH_ACCESS_TOKEN,
      channelSecret: process.env.BENCH_CHANNEL_SECRET,
      origin: process.env.LINE_API_HOST,
    },
  },
};
"""
APP = """\
module.exports = async function App(context) {
  await context.sendText(`ได้รับข้อความแล้วค่ะ: ${context.event.text}`);
};
"""
LISTEN = """\
const bodyParser = require('body-parser');
const express = require('express');
const { bottender } = require('bottender');

const app = bottender({ dev: false });
const handle = app.getRequestHandler();

app.prepare().then(() => {
  const server = express();
  const verify = (req, _, buf) => { req.rawBody = buf.toString(); };
  server.use(bodyParser.json({ verify }));
  server.all('*', (req, res) => handle(req, res));
  server.listen(Number(process.env.PORT), '127.0.0.1');
});
"""


def install(folder: Path) -> Path:
    """A folder with Bottender and the bot in it; LeftOut where it does not install."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise LeftOut("Bottender was left out: node and npm are not installed here.")
    folder.mkdir()
    files = {"package.json": json.dumps(PACKAGE), "bottender.config.js": CONFIG, "index.js": APP, SERVER: LISTEN}
    for name, text in files.items():
        (folder / name).write_text(text)
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=INSTALL_S)
    except subprocess.TimeoutExpired:
        raise LeftOut(f"Bottender was left out: npm did not install it within {INSTALL_S} s.") from None
    except subprocess.CalledProcessError as failed:
        raise LeftOut(f"Bottender was left out: npm did not install it ({_reason(failed.stderr)}).") from failed
    return folder


def _reason(said: str) -> str:
    errors = [line.removeprefix("npm error ") for line in said.splitlines() if line.startswith("npm error ")]
    return "; ".join(errors[:2]) or "without saying why"
