// The page: choose who to be, talk, and see what comes back.

import { askPlace, fill, isChat, openChat, perform } from "./actions.js";
import { get } from "./api.js";
import { dayNote, initial, note, row } from "./bubbles.js";
import { button, byId, make, toast } from "./dom.js";
import { watch } from "./inspector.js";
import { drawMenu, openMenu } from "./menu.js";
import { act, path, talk, upload } from "./talk.js";

let agencies = [];
let listening = new AbortController();
let day = "";

async function start() {
  ({ agencies } = await get("state"));
  const asked = new URLSearchParams(location.search);
  const led = asked.has("open") ? await leadTo(asked.get("open")) : null;
  const agency = agencies.find((each) => each.slug === (led ? led.slug : asked.get("agency"))) || agencies[0];
  for (const each of agencies) {
    byId("agencies").append(button("choice", each.name, () => chooseAgency(each), { "data-testid": `agency-${each.slug}` }));
  }
  byId("chooser").open = window.innerWidth > 900;
  byId("inspector").open = window.innerWidth > 1180;
  wire();
  await chooseAgency(agency, asked.get("role"));
  if (led) type(led.text);
  watch();
}

// What a link opens: whose chat, and with which words. As LINE does, they are typed and not sent.
async function leadTo(address) {
  try {
    return await get("link", { address });
  } catch {
    toast("ลิงก์นี้ไม่ได้นำไปยังบัญชีในตัวจำลอง");
    return null;
  }
}

async function follow(address) {
  const led = await leadTo(address);
  if (!led) return;
  const same = led.slug === talk.agency.slug && !talk.group;
  if (!same) await chooseAgency(agencies.find((each) => each.slug === led.slug), talk.persona ? talk.persona.role : null);
  type(led.text);
}

function type(text) {
  if (!text) return;
  fill(text);
  grow();
}

async function chooseAgency(agency, role = null) {
  talk.agency = agency;
  press("agencies", `agency-${agency.slug}`);
  byId("personas").replaceChildren();
  for (const each of agency.personas) byId("personas").append(personaButton(each));
  byId("personas").append(personaButton(null));
  byId("speaker").replaceChildren(...agency.personas.map((each) => make("option", "", `${each.name} (${each.roleName})`, { value: each.userId })));
  if (role === "group") await choosePersona(null);
  else await choosePersona(agency.personas.find((each) => each.role === role) || agency.personas[0] || null);
}

function personaButton(persona) {
  const node = button("choice persona", null, () => {
    choosePersona(persona);
    if (window.innerWidth <= 900) byId("chooser").open = false;
  }, { "data-testid": persona ? `persona-${persona.role}` : "persona-group" });
  node.append(make("strong", "", persona ? persona.roleName : "กลุ่ม"));
  node.append(make("span", "", persona ? persona.name : "ทุกคนในหน่วยงานนี้"));
  return node;
}

async function choosePersona(persona) {
  Object.assign(talk, { persona, group: !persona, speaker: byId("speaker").value });
  const name = persona ? `${persona.name} (${persona.roleName})` : "กลุ่ม";
  press("personas", persona ? `persona-${persona.role}` : "persona-group");
  byId("bot-name").textContent = persona ? talk.agency.name : `กลุ่ม ${talk.agency.name}`;
  byId("bot-avatar").textContent = initial(talk.agency.name);
  byId("speaking-as").textContent = persona ? `คุณคือ ${name}` : "สนทนาในกลุ่ม";
  byId("chosen").textContent = `${talk.agency.name} · ${name}`;
  byId("in-group").hidden = !talk.group;
  for (const id of ["follow", "block"]) byId(id).hidden = talk.group;
  history.replaceState(null, "", `?agency=${talk.agency.slug}&role=${persona ? persona.role : "group"}`);
  listen();
  await greetOnce();
}

async function greetOnce() {
  const key = `met:${path("")}`;
  if (sessionStorage.getItem(key)) return;
  sessionStorage.setItem(key, "yes");
  await act(talk.group ? "join" : "follow");
}

async function listen() {
  listening.abort();
  const mine = (listening = new AbortController());
  const from = path("chat");
  byId("chat").replaceChildren();
  byId("quick").hidden = true;
  day = "";
  let [after, menu] = [0, null];
  while (!mine.signal.aborted) {
    try {
      const view = await get(from, { after, wait: menu === null ? 0 : 25, menu: menu ?? "" }, mine.signal);
      if (mine.signal.aborted) return;
      after = view.next;
      show(view);
      const shown = view.richMenu ? view.richMenu.richMenuId : "";
      if (shown !== menu) drawMenu(view.richMenu);
      menu = shown;
    } catch {
      if (!mine.signal.aborted) await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

function show(view) {
  const chat = byId("chat");
  const low = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 160;
  const first = chat.childElementCount === 0;
  for (const item of view.items) add(chat, item);
  byId("blocked").hidden = !view.blocked;
  byId("composer").hidden = view.blocked;
  if (view.blocked) byId("quick").hidden = true;
  if (view.items.length && (low || first || view.items.some((each) => each.from === "user"))) {
    chat.scrollTop = chat.scrollHeight;
    requestAnimationFrame(() => { chat.scrollTop = chat.scrollHeight; });
  }
}

function add(chat, item) {
  const today = new Date(item.at).toDateString();
  if (today !== day) chat.append(dayNote(item.at));
  day = today;
  if (item.from === "desk") return addSign(chat, item);
  chat.querySelectorAll(".typing").forEach((each) => each.remove());
  chat.append(row(item));
  return quickReplies(item.from === "bot" ? item.message.quickReply : null);
}

function addSign(chat, item) {
  if (item.type === "loading") chat.append(typing(item));
  if (item.type === "read") chat.querySelectorAll(".mine .read").forEach((each) => { each.textContent = "อ่านแล้ว"; });
  if (item.type === "unsend") chat.querySelectorAll(".row").forEach((each) => each.dataset.id === item.ref && each.remove());
  const told = note(item);
  if (told) chat.append(told);
}

function typing(item) {
  const node = make("div", "row theirs typing", null, { "aria-label": "กำลังเตรียมคำตอบ" });
  node.append(make("div", "bubble", "• • •"));
  setTimeout(() => node.remove(), Math.max(0, item.at + item.seconds * 1000 - Date.now()));
  return node;
}

function quickReplies(quick) {
  const strip = byId("quick");
  const items = (quick || {}).items || [];
  strip.replaceChildren(...items.map(({ action }) => button("chip", action.label, () => perform(action), { "data-testid": "quick-reply" })));
  strip.hidden = items.length === 0;
}

function press(group, testid) {
  for (const each of byId(group).children) each.setAttribute("aria-pressed", String(each.dataset.testid === testid));
}

function grow() {
  const input = byId("input");
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
}

async function send(event) {
  event.preventDefault();
  const text = byId("input").value.trim();
  if (!text) return;
  byId("input").value = "";
  grow();
  if (!(await act("say", { text }))) byId("input").value = text;
}

function wire() {
  byId("composer").addEventListener("submit", send);
  byId("input").addEventListener("input", grow);
  // On a phone the keyboard takes the menu's place.
  byId("input").addEventListener("focus", () => { if (matchMedia("(max-width: 600px)").matches) openMenu(false); });
  byId("input").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  });
  const clicks = {
    photo: () => byId("photo-file").click(),
    file: () => byId("any-file").click(),
    place: askPlace,
    sticker: () => act("sticker"),
    follow: () => act("follow"),
    block: () => act("block"),
    unblock: () => act("unblock"),
    "menu-toggle": () => openMenu(byId("menu").hidden),
  };
  for (const [id, run] of Object.entries(clicks)) byId(id).addEventListener("click", () => { byId("more").open = false; run(); });
  takeFile("photo-file", "photo");
  takeFile("any-file", "file");
  byId("speaker").addEventListener("change", (event) => { talk.speaker = event.target.value; listen(); });
  byId("mention").addEventListener("change", (event) => { talk.mention = event.target.checked; });
  document.addEventListener("chat-link", (event) => follow(event.detail));
  document.addEventListener("click", (event) => {
    const touched = event.target.closest("a[href]");
    if (!touched || !isChat(touched.href)) return;
    event.preventDefault();
    openChat(touched.href);
  });
  byId("opener").addEventListener("submit", (event) => {
    event.preventDefault();
    openChat(byId("link").value);
    byId("link").value = "";
  });
  document.addEventListener("menu", (event) => openMenu(event.detail));
  for (const each of byId("fonts").children) each.addEventListener("click", () => chooseFont(each));
}

function takeFile(id, name) {
  byId(id).addEventListener("change", async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file) await upload(name, file);
  });
}

function chooseFont(chosen) {
  for (const each of byId("fonts").children) each.setAttribute("aria-pressed", String(each === chosen));
  document.documentElement.style.setProperty("--reader-scale", chosen.dataset.scale);
}

start().catch((fault) => toast(`เปิดหน้าไม่สำเร็จ: ${fault.message}`));
