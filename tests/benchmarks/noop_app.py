"""The least a webhook can do: check the signature over the raw body and say 200. Nothing is read, kept or answered."""

import base64
import hashlib
import hmac
import os

from flask import Flask, abort, request

secret = os.environ["BENCH_CHANNEL_SECRET"].encode()

app = Flask(__name__)


@app.post("/callback")
def callback():
    signature = base64.b64encode(hmac.new(secret, request.get_data(), hashlib.sha256).digest())
    if not hmac.compare_digest(signature, request.headers["X-Line-Signature"].encode()):
        abort(400)
    return "OK"
