// What happens when a person touches something that carries an action.

import { byId, toast } from "./dom.js";
import { act } from "./talk.js";

const INPUT_TYPES = { date: "date", time: "time", datetime: "datetime-local" };

export function perform(action) {
  const kinds = { uri: open, clipboard: copy, datetimepicker: pick, location: askPlace };
  const plain = { camera: () => byId("photo-file").click(), cameraRoll: () => byId("photo-file").click() };
  return (kinds[action.type] || plain[action.type] || tap)(action);
}

async function tap(action) {
  await act("tap", { action });
  if (action.inputOption === "openKeyboard") fill(action.fillInText || "");
  if (action.inputOption === "openRichMenu") document.dispatchEvent(new CustomEvent("menu", { detail: true }));
  if (action.inputOption === "closeRichMenu") document.dispatchEvent(new CustomEvent("menu", { detail: false }));
}

export function fill(text) {
  byId("input").value = text;
  byId("input").focus();
}

function open(action) {
  act("tap", { action });
  if (isChat(action.uri)) openChat(action.uri);
  else if (/^https?:\/\//i.test(action.uri)) window.open(action.uri, "_blank", "noopener,noreferrer");
  else toast(`ในโทรศัพท์จะเปิด ${action.uri}`);
}

// A link of LINE's own opens a chat in the app, wherever it is touched.
export const isChat = (uri) => /^https:\/\/line\.me\/R\//i.test(uri);
export const openChat = (uri) => document.dispatchEvent(new CustomEvent("chat-link", { detail: uri }));

async function copy(action) {
  act("tap", { action });
  try {
    await navigator.clipboard.writeText(action.clipboardText);
    toast("คัดลอกแล้ว");
  } catch {
    toast(`คัดลอกข้อความนี้: ${action.clipboardText}`);
  }
}

export async function ask(dialog) {
  dialog.returnValue = "";
  dialog.querySelector(".cancel").onclick = () => dialog.close("");
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  return dialog.returnValue === "ok";
}

async function pick(action) {
  const field = byId("picker-value");
  field.type = INPUT_TYPES[action.mode];
  for (const key of ["min", "max"]) field[key] = (action[key] || "").toUpperCase();
  field.value = (action.initial || "").toUpperCase();
  byId("picker-title").textContent = action.label || "เลือกวันและเวลา";
  showPicked(action.mode);
  field.oninput = () => showPicked(action.mode);
  if (await ask(byId("picker"))) await act("pick", { data: action.data, mode: action.mode, value: field.value });
}

function showPicked(mode) {
  const value = byId("picker-value").value;
  const options = { dateStyle: "long", ...(mode === "datetime" ? { timeStyle: "short" } : {}) };
  const date = value && mode !== "time" ? new Date(value.length > 10 ? value : `${value}T00:00`) : null;
  byId("picker-shown").textContent = date ? date.toLocaleString("th-TH-u-ca-buddhist", options) : "";
}

export async function askPlace() {
  if (!(await ask(byId("place-dialog")))) return;
  await act("location", {
    title: byId("place-name").value,
    address: byId("place-address").value,
    latitude: Number(byId("place-lat").value),
    longitude: Number(byId("place-lon").value),
  });
}
