"""The usual bot, as the SDK's README writes it: verify, parse and answer inside the request, a client a call.

With `BENCH_KEEP_CLIENT` it keeps one client a process instead, which is the first thing one would mend.
"""

import os

from flask import Flask, abort, request
from linebot.v3 import WebhookHandler
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, ReplyMessageRequest, TextMessage
from linebot.v3.webhooks import MessageEvent, TextMessageContent

configuration = Configuration(access_token=os.environ["BENCH_ACCESS_TOKEN"], host=os.environ["LINE_API_HOST"])
handler = WebhookHandler(os.environ["BENCH_CHANNEL_SECRET"])
kept: list[ApiClient] = []

app = Flask(__name__)


@app.get("/readyz")
def ready():
    return "ready"


@app.post("/callback")
def callback():
    signature = request.headers["X-Line-Signature"]
    body = request.get_data(as_text=True)
    try:
        handler.handle(body, signature)
    except InvalidSignatureError:
        abort(400)
    return "OK"


@handler.add(MessageEvent, message=TextMessageContent)
def answer(event):
    if not os.environ.get("BENCH_KEEP_CLIENT"):
        with ApiClient(configuration) as client:
            return _reply(client, event)
    if not kept:
        kept.append(ApiClient(configuration))
    return _reply(kept[0], event)


def _reply(client, event):
    message = TextMessage(text=f"ได้รับข้อความแล้วค่ะ: {event.message.text}")
    MessagingApi(client).reply_message(ReplyMessageRequest(reply_token=event.reply_token, messages=[message]))
