// One item of a conversation as the reader sees it.

import { make, linked } from "./dom.js";
import { flexMessage } from "./flex.js";
import { act, speakerId, talk } from "./talk.js";
import { templateMessage } from "./templates.js";

const NOTES = {
  follow: "เพิ่มบัญชีนี้เป็นเพื่อนแล้ว",
  block: "คุณบล็อกบัญชีนี้แล้ว",
  join: "บัญชีนี้เข้าร่วมกลุ่มแล้ว",
  leave: "บัญชีนี้ออกจากกลุ่มแล้ว",
  unsend: "ยกเลิกการส่งข้อความแล้ว",
};

export function note(item) {
  return NOTES[item.type] ? make("p", "note", NOTES[item.type]) : null;
}

export function dayNote(at) {
  return make("p", "note day", new Date(at).toLocaleDateString("th-TH-u-ca-buddhist", { dateStyle: "full" }));
}

export function row(item) {
  const mine = item.from === "user" && item.userId === speakerId();
  const node = make("div", `row ${mine ? "mine" : "theirs"}`, null, {
    "data-testid": item.from === "user" ? "bubble-user" : "bubble-bot", "data-id": item.id,
  });
  const sender = (item.message.sender || {}).name || (item.from === "user" ? item.name : talk.agency.name);
  if (!mine) node.append(make("span", "avatar small", initial(sender), { "aria-hidden": "true" }));
  const column = make("div", "column");
  column.append(mine ? make("span", "sr", "คุณพูดว่า") : make("span", "sender", sender));
  column.append(content(item));
  node.append(column, stamp(item, mine));
  return node;
}

function stamp(item, mine) {
  const node = make("div", "stamp");
  const clock = new Date(item.at).toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit" });
  node.append(make("span", "read", ""), make("time", "", clock));
  if (mine && item.type !== "postback") {
    const back = make("button", "unsend", "ยกเลิก", { type: "button", "aria-label": "ยกเลิกการส่งข้อความนี้" });
    back.addEventListener("click", () => act("unsend", { id: item.id }));
    node.prepend(back);
  }
  return node;
}

export function initial(name) {
  const bare = name.replace(/^(อบต\.|อบจ\.|เทศบาล(ตำบล|เมือง|นคร)?|นาย|นางสาว|นาง)/, "").replace(/^[เแโใไ]/, "");
  return (bare || name).slice(0, 1);
}

function content(item) {
  const kinds = { text, textV2: text, sticker, image, location, file, flex: flexMessage, template: templateMessage };
  return (kinds[item.type] || other)(item.message, item);
}

function text(message) {
  const node = make("div", "bubble");
  node.append(linked(message.text));
  return node;
}

function sticker() {
  const node = make("div", "sticker", "😊", { role: "img", "aria-label": "สติกเกอร์" });
  return node;
}

function image(message, item) {
  const address = item.from === "user" ? `/sim/${talk.agency.slug}/content/${item.id}` : message.previewImageUrl;
  const node = make("img", "photo", null, { src: address, alt: "รูปภาพ" });
  node.onerror = () => node.replaceWith(make("div", "bubble quiet", "รูปภาพ"));
  return node;
}

function location(message) {
  const node = make("div", "bubble place");
  node.append(make("strong", "", message.title || "ตำแหน่ง"));
  if (message.address) node.append(make("span", "", message.address));
  node.append(make("small", "", `${message.latitude.toFixed(5)}, ${message.longitude.toFixed(5)}`));
  return node;
}

function file(message) {
  const node = make("div", "bubble place");
  node.append(make("strong", "", message.fileName), make("small", "", `${message.fileSize.toLocaleString("th-TH")} ไบต์`));
  return node;
}

function other(message) {
  return make("div", "bubble quiet", message.altText || `ข้อความชนิด ${message.type}`);
}
