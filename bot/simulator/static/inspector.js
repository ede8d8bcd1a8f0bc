// For developers: what crossed the desk in this conversation.

import { get } from "./api.js";
import { byId, make } from "./dom.js";
import { chatId, talk } from "./talk.js";

const SHOWN = 60;
const PAUSE = 1200;
let after = 0;
let watched = "";

export async function watch() {
  for (;;) {
    if (byId("inspector").open && talk.agency && !document.hidden) await look().catch(() => {});
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

async function look() {
  const now = `${talk.agency.slug}|${chatId()}`;
  if (now !== watched) {
    const { record } = await get("state");
    [watched, after] = [now, Math.max(0, record - 400)];
    byId("calls").replaceChildren();
  }
  const chat = chatId();
  const page = await get("record", { after, agency: talk.agency.slug });
  after = page.next;
  for (const entry of page.entries) if (entry.chat === chat) byId("calls").prepend(line(entry));
  while (byId("calls").childElementCount > SHOWN) byId("calls").lastChild.remove();
}

function line(entry) {
  const node = make("li");
  const fold = make("details");
  const head = make("summary", entry.status >= 200 && entry.status < 300 ? "ok" : "bad");
  head.append(
    make("code", "status", entry.status ?? entry.error ?? "–"),
    make("span", "what", entry.kind === "webhook" ? `→ webhook ${nameOf(entry.event)}` : `← ${entry.method} ${entry.path}`),
    make("span", "ms", `${Math.round(entry.latency_ms ?? entry.ms)} ms`),
  );
  const body = entry.kind === "webhook" ? entry.event : { ส่งมา: entry.body, ตอบ: entry.response, fault: entry.fault };
  fold.append(head, make("pre", "", JSON.stringify(body, null, 2), { tabindex: "0" }));
  node.append(fold);
  return node;
}

function nameOf(event) {
  const kind = event.message ? `${event.type}/${event.message.type}` : event.type;
  return event.deliveryContext.isRedelivery ? `${kind} (ส่งซ้ำ)` : kind;
}
