// The rich menu: its picture with places to touch, or tiles with the actions' names.

import { perform } from "./actions.js";
import { button, byId, make } from "./dom.js";
import { talk } from "./talk.js";

export function drawMenu(menu) {
  const panel = byId("menu");
  panel.replaceChildren();
  byId("menu-toggle").hidden = !menu;
  panel.hidden = !menu;
  if (!menu) return;
  panel.setAttribute("aria-label", menu.chatBarText || menu.name);
  const field = make("div", `menu-field ${menu.hasImage ? "" : "tiles"}`);
  field.style.aspectRatio = `${menu.size.width} / ${menu.size.height}`;
  if (menu.hasImage) {
    const source = `/sim/${talk.agency.slug}/richmenu/${encodeURIComponent(menu.richMenuId)}/image`;
    field.append(make("img", "", null, { src: source, alt: "" }));
  }
  for (const area of menu.areas) field.append(place(area, menu.size));
  panel.append(field);
  openMenu(menu.selected !== false);
}

export function openMenu(open) {
  const toggle = byId("menu-toggle");
  if (toggle.hidden) return;
  byId("menu").hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
}

function place(area, size) {
  const { x, y, width, height } = area.bounds;
  const name = area.action.label || area.action.displayText || area.action.text || area.action.data || area.action.uri || "เมนู";
  const node = button("menu-area", null, () => perform(area.action), {
    "aria-label": name, title: name, "data-testid": "rich-menu-area",
  });
  node.append(make("span", "", name));
  const percent = (part, whole) => `${(100 * part) / whole}%`;
  Object.assign(node.style, {
    left: percent(x, size.width), top: percent(y, size.height),
    width: percent(width, size.width), height: percent(height, size.height),
  });
  return node;
}
