// Draws a text with Telegram's entities (UTF-16 offsets, as JavaScript's own strings) as DOM nodes.

import { api } from "./api.js";
import { copyText, h } from "./dom.js";
import { showToast } from "./toasts.js";
import { openLink } from "./links.js";
import { state } from "./store.js";

const PLAIN_TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const TINTED = new Set(["mention", "hashtag", "cashtag", "text_mention"]);
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

export function rich(text, entities) {
  const clean = (entities ?? [])
    .filter((one) => one.offset >= 0 && one.length > 0 && one.offset < text.length)
    .sort((one, other) => one.offset - other.offset || other.length - one.length);
  return section(text, 0, text.length, clean);
}

// The nodes of text[from..to): each outermost entity wraps the nodes of its own section.
function section(text, from, to, entities) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    index += 1;
    if (start >= end) continue;
    const inside = [];
    while (index < entities.length && entities[index].offset < end) inside.push(entities[index++]);
    if (start > at) nodes.push(text.slice(at, start));
    nodes.push(wrap(entity, text.slice(start, end), section(text, start, end, inside)));
    at = end;
    if (BLOCKS.has(entity.type) && text[at] === "\n") at += 1;
    // What sticks out of the entity it began in is drawn on behind it.
    entities = [...inside.filter((one) => one.offset + one.length > end), ...entities.slice(index)];
    index = 0;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, raw, children) {
  const tag = PLAIN_TAGS[entity.type];
  if (tag) return h(tag, {}, children);
  if (entity.type === "code") return copyable("code", raw, children);
  if (entity.type === "pre") return copyable("pre", raw, children);
  if (entity.type === "spoiler") return spoiler(children);
  if (entity.type === "url") return link(/^[a-z][a-z0-9+.-]*:/i.test(raw) ? raw : `https://${raw}`, children);
  if (entity.type === "text_link") return link(entity.url ?? "", children);
  if (entity.type === "email") return link(`mailto:${raw}`, children);
  if (entity.type === "phone_number") return link(`tel:${raw}`, children);
  if (entity.type === "bot_command") return command(raw, children);
  if (TINTED.has(entity.type)) return h("span", { class: "tinted" }, children);
  return h("span", {}, children);
}

function copyable(tag, raw, children) {
  const copy = () =>
    copyText(raw).then(
      () => showToast("کپی شد"),
      () => {},
    );
  return h(tag, { dir: tag === "pre" ? "auto" : null, title: "برای کپی بزنید", onclick: copy }, children);
}

function spoiler(children) {
  const reveal = (event) => {
    event.currentTarget.classList.add("revealed");
    event.currentTarget.removeAttribute("role");
  };
  return h(
    "span",
    {
      class: "spoiler",
      role: "button",
      tabindex: "0",
      "aria-label": "متن پنهان",
      onclick: reveal,
      onkeydown: (event) => event.key === "Enter" && reveal(event),
    },
    h("span", {}, children),
  );
}

function link(address, children) {
  return h(
    "a",
    {
      href: "#",
      role: "link",
      title: address,
      onclick: (event) => {
        event.preventDefault();
        openLink(address);
      },
    },
    children,
  );
}

function command(raw, children) {
  return h(
    "a",
    {
      href: "#",
      class: "command",
      onclick: (event) => {
        event.preventDefault();
        if (state.current !== null)
          api.message(state.current, raw).catch((error) => showToast(error.message));
      },
    },
    children,
  );
}
