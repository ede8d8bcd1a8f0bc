// Draws template messages: buttons, confirm, carousel.

import { perform } from "./actions.js";
import { button, make } from "./dom.js";

export function templateMessage(message) {
  const spec = message.template;
  const outer = make("div", "tp-row", null, { role: "group", "aria-label": message.altText });
  if (spec.type === "image_carousel") for (const each of spec.columns) outer.append(card({ actions: [each.action] }));
  else if (spec.type === "carousel") for (const each of spec.columns) outer.append(card(each));
  else outer.append(card(spec));
  return outer;
}

function card(spec) {
  const node = make("div", "tp-card");
  if (spec.thumbnailImageUrl) node.append(make("div", "fx-image fx-missing tp-image", "รูปภาพ"));
  if (spec.title) node.append(make("p", "tp-title", spec.title));
  if (spec.text) node.append(make("p", "tp-text", spec.text));
  for (const action of spec.actions) {
    node.append(button("tp-button", action.label || "เลือก", () => perform(action)));
  }
  return node;
}
