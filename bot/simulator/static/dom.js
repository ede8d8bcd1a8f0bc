// Small words for building the page; every text goes in as text.

export const byId = (id) => document.getElementById(id);

export function make(tag, className = "", text = null, attributes = {}) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== null && text !== undefined) node.textContent = String(text);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export function button(className, text, act, attributes = {}) {
  const node = make("button", className, text, { type: "button", ...attributes });
  node.addEventListener("click", act);
  return node;
}

let toastTimer = 0;

export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 3500);
}

const LINK = /(https?:\/\/[^\s<>"']+)/;

// Text with its web addresses as links.
export function linked(text) {
  const out = document.createDocumentFragment();
  for (const part of String(text).split(LINK)) {
    if (!LINK.test(part)) out.append(part);
    else out.append(make("a", "", part, { href: part, target: "_blank", rel: "noopener noreferrer" }));
  }
  return out;
}
