// Draws Flex messages as Flex: boxes, texts, buttons, pictures, in LINE's sizes.

import { perform } from "./actions.js";
import { button, make } from "./dom.js";

const GAPS = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const FONTS = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const IMAGES = {
  xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220, full: "100%",
};
const BORDERS = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const ALIGNS = { start: "start", center: "center", end: "end" };
const GRAVITIES = { top: "flex-start", center: "center", bottom: "flex-end" };
const COLOUR = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;
const LENGTH = /^-?\d+(\.\d+)?(px|%)$/;

export function flexMessage(message) {
  const outer = make("div", "flex-message", null, {
    "data-testid": "flex", role: "group", "aria-label": message.altText || "การ์ด",
  });
  outer.append(container(message.contents));
  return outer;
}

function container(contents) {
  if (contents.type === "bubble") return bubble(contents);
  const row = make("div", "fx-carousel", null, { tabindex: "0", role: "group", "aria-label": "เลื่อนดูการ์ดถัดไป" });
  for (const each of contents.contents) row.append(bubble(each));
  return row;
}

function bubble(spec) {
  const node = make("div", `fx-bubble fx-${spec.size || "mega"}`);
  node.dir = spec.direction || "ltr";
  const blocks = ["header", "hero", "body", "footer"].filter((name) => spec[name]);
  blocks.forEach((name, index) => node.append(block(name, spec, index)));
  touchable(node, spec.action);
  return node;
}

function block(name, spec, index) {
  const style = (spec.styles || {})[name] || {};
  const node = make("div", `fx-block fx-${name}`);
  colour(node, "backgroundColor", style.backgroundColor);
  if (style.separator && index > 0) {
    node.classList.add("fx-ruled");
    colour(node, "borderTopColor", style.separatorColor);
  }
  node.append(component(spec[name], "vertical", true));
  return node;
}

function component(spec, layout, first) {
  const makers = { box, text, button: buttonOf, image, icon, separator, filler, video, span };
  const node = (makers[spec.type] || filler)(spec, layout);
  place(node, spec, layout, first);
  return node;
}

function box(spec) {
  const node = make("div", `fx-box fx-${spec.layout}`);
  paint(node, spec);
  measure(node, spec);
  (spec.contents || []).forEach((child, index) => {
    const drawn = component(child, spec.layout, index === 0);
    if (index > 0 && !child.margin) gapBefore(drawn, spec.layout, spec.spacing);
    node.append(drawn);
  });
  touchable(node, spec.action);
  return node;
}

function paint(node, spec) {
  colour(node, "backgroundColor", spec.backgroundColor);
  colour(node, "borderColor", spec.borderColor);
  if (spec.borderWidth) node.style.borderWidth = size(spec.borderWidth, BORDERS);
  if (spec.borderWidth || spec.borderColor) node.style.borderStyle = "solid";
  if (spec.borderColor && !spec.borderWidth) node.style.borderWidth = "1px";
  if (spec.cornerRadius) node.style.borderRadius = size(spec.cornerRadius, GAPS);
  const shade = spec.background;
  if (!shade || ![shade.startColor, shade.endColor].every((each) => COLOUR.test(each))) return;
  const middle = COLOUR.test(shade.centerColor || "") ? `, ${shade.centerColor} ${parseFloat(shade.centerPosition) || 50}%` : "";
  node.style.backgroundImage = `linear-gradient(${parseFloat(shade.angle) || 0}deg, ${shade.startColor}${middle}, ${shade.endColor})`;
}

function measure(node, spec) {
  for (const key of ["width", "maxWidth", "height", "maxHeight"]) if (spec[key]) node.style[key] = size(spec[key], {});
  if (spec.paddingAll) node.style.padding = size(spec.paddingAll, GAPS);
  const sides = { paddingTop: "paddingTop", paddingBottom: "paddingBottom", paddingStart: "paddingInlineStart", paddingEnd: "paddingInlineEnd" };
  for (const [key, css] of Object.entries(sides)) if (spec[key]) node.style[css] = size(spec[key], GAPS);
  if (spec.justifyContent) node.style.justifyContent = spec.justifyContent;
  if (spec.alignItems) node.style.alignItems = spec.alignItems;
}

function place(node, spec, layout, first) {
  node.style.flex = share(spec, layout);
  if (spec.margin && !first) gapBefore(node, layout, spec.margin);
  if (spec.gravity && layout === "horizontal") node.style.alignSelf = GRAVITIES[spec.gravity];
  if (spec.position === "absolute") node.style.position = "absolute";
  const edges = { offsetTop: "top", offsetBottom: "bottom", offsetStart: "insetInlineStart", offsetEnd: "insetInlineEnd" };
  for (const [key, css] of Object.entries(edges)) if (spec[key]) node.style[css] = size(spec[key], GAPS);
}

function share(spec, layout) {
  if (spec.type === "icon" || spec.type === "separator") return "none";
  if (spec.type === "filler") return `${spec.flex || 1} 1 0`;
  if (layout === "vertical") return spec.flex ? `${spec.flex} 0 auto` : "0 0 auto";
  if (spec.flex === 0 || (spec.flex === undefined && spec.width)) return "0 0 auto";
  return `${spec.flex || 1} 1 0`;
}

function gapBefore(node, layout, gap) {
  if (gap) node.style[layout === "vertical" ? "marginTop" : "marginInlineStart"] = size(gap, GAPS);
}

function text(spec) {
  const node = make("div", "fx-text");
  letters(node, spec, spec.size || "md");
  node.style.textAlign = ALIGNS[spec.align] || "start";
  if (spec.wrap) node.classList.add("fx-wrap");
  if (spec.lineSpacing) node.style.lineHeight = `calc(1.35em + ${size(spec.lineSpacing, {})})`;
  if (spec.wrap && spec.maxLines > 0) {
    node.classList.add("fx-clamp");
    node.style.webkitLineClamp = String(spec.maxLines);
  }
  if (spec.contents && spec.contents.length) for (const each of spec.contents) node.append(span(each));
  else node.textContent = spec.text;
  touchable(node, spec.action);
  return node;
}

function span(spec) {
  const node = make("span", "", spec.text);
  letters(node, spec, spec.size);
  return node;
}

function letters(node, spec, fontSize) {
  if (fontSize) node.style.fontSize = font(fontSize, spec.scaling);
  colour(node, "color", spec.color);
  if (spec.weight) node.style.fontWeight = spec.weight === "bold" ? "700" : "400";
  if (spec.style) node.style.fontStyle = spec.style;
  if (spec.decoration) node.style.textDecoration = spec.decoration;
}

function buttonOf(spec) {
  const style = spec.style || "link";
  const node = button(`fx-button fx-${style} fx-button-${spec.height || "md"}`, spec.action.label, (event) => {
    event.stopPropagation();
    perform(spec.action);
  });
  colour(node, style === "link" ? "color" : "backgroundColor", spec.color);
  if (spec.scaling) node.classList.add("fx-scaling");
  return node;
}

function image(spec) {
  const node = make("div", "fx-image");
  const picture = make("img", "", null, { alt: "", loading: "lazy", referrerpolicy: "no-referrer" });
  node.style.width = size(spec.size || "md", IMAGES);
  node.style.aspectRatio = (spec.aspectRatio || "1:1").replace(":", " / ");
  node.style.alignSelf = ALIGNS[spec.align] || "center";
  picture.style.objectFit = spec.aspectMode === "cover" ? "cover" : "contain";
  colour(node, "backgroundColor", spec.backgroundColor);
  picture.onerror = () => { picture.remove(); node.classList.add("fx-missing"); node.textContent = "รูปภาพ"; };
  if (spec.url.startsWith("https://")) picture.src = spec.url;
  node.append(picture);
  touchable(node, spec.action);
  return node;
}

function icon(spec) {
  const node = make("img", "fx-icon", null, { alt: "" });
  node.style.height = font(spec.size || "md", spec.scaling);
  node.style.aspectRatio = (spec.aspectRatio || "1:1").replace(":", " / ");
  node.onerror = () => node.classList.add("fx-missing");
  if (spec.url.startsWith("https://")) node.src = spec.url;
  return node;
}

function video(spec) {
  return component(spec.altContent, "vertical", true);
}

function separator(spec, layout) {
  const node = make("div", `fx-separator fx-separator-${layout}`);
  colour(node, "borderColor", spec.color);
  return node;
}

function filler() {
  return make("div", "fx-filler");
}

function touchable(node, action) {
  if (!action) return;
  const touch = (event) => { event.stopPropagation(); perform(action); };
  node.classList.add("fx-touch");
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  if (action.label) node.setAttribute("aria-label", action.label);
  node.addEventListener("click", touch);
  node.addEventListener("keydown", (event) => {
    if (event.target === node && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); touch(event); }
  });
}

function size(value, words) {
  if (value in words) return typeof words[value] === "number" ? `${words[value]}px` : words[value];
  return LENGTH.test(value) ? value : "";
}

function font(value, scaling) {
  const plain = size(value, FONTS);
  return scaling ? `calc(${plain} * var(--reader-scale, 1))` : plain;
}

function colour(node, property, value) {
  if (value && COLOUR.test(value)) node.style[property] = value;
}
