// One message as a bubble, with everything that may hang on it.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { lightbox } from "./dialogs.js";
import { h, icon, iconButton, onLongPress } from "./dom.js";
import { rich } from "./entities.js";
import { fileSize, number, oneLine, time } from "./format.js";
import { inlineKeyboard } from "./keyboards.js";
import { chatOf, state } from "./store.js";

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}[\ufe0f\u200d\p{Emoji_Modifier}]*){1,3}$/u;

export function messageView(userId, message, { onmenu, onquote }) {
  const mine = !message.from_bot;
  const text = message.text ?? message.caption;
  const body = h(
    "div",
    { class: "bubble" },
    quote(userId, message, onquote),
    attachments(message),
    text ? textView(text, message) : null,
    text ? null : meta(message),
  );
  const view = h(
    "article",
    {
      class: `message ${mine ? "mine" : "theirs"} ${shape(message, text)}`,
      testid: "message",
      data: { messageId: message.message_id, from: mine ? "user" : "bot" },
      "aria-label": mine ? "پیام شما" : "پیام ربات",
    },
    h("div", { class: "message-body" }, body, inlineKeyboard(userId, message)),
    iconButton("more", "کارهای پیام", (event) => onmenu(message, at(event)), {
      class: "icon-button message-menu",
      testid: "message-menu",
    }),
  );
  onLongPress(body, (point) => onmenu(message, point));
  return view;
}

function at(event) {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: box.right, y: box.bottom };
}

function shape(message, text) {
  if (message.photo) return text ? "with-photo" : "with-photo bare";
  if (message.location && !message.venue && !text) return "with-photo bare";
  if (message.document || message.contact || message.voice) return "with-card";
  if (message.text && EMOJI_ONLY.test(message.text)) return "big-emoji";
  return "";
}

function textView(text, message) {
  return h(
    "div",
    { class: "text", dir: "auto", testid: "message-text" },
    rich(text, message.entities),
    meta(message),
  );
}

function meta(message) {
  return h(
    "span",
    { class: "meta" },
    message.edited ? h("span", { class: "edited", dir: "rtl", testid: "edited" }, "ویرایش شده") : null,
    h("time", { dir: "rtl" }, time(message.date)),
    message.from_bot ? null : icon("check"),
  );
}

function quote(userId, message, onquote) {
  if (!message.reply_to_message_id) return null;
  const target = chatOf(userId).messages.get(message.reply_to_message_id);
  return h(
    "button",
    { type: "button", class: "quote", onclick: () => onquote(message.reply_to_message_id) },
    h("strong", {}, target?.from_bot === false ? "شما" : "ربات"),
    h("span", { dir: "auto" }, target ? summary(target) : "پیام حذف‌شده"),
  );
}

function attachments(message) {
  const parts = [];
  if (message.photo) parts.push(photo(message.photo));
  if (message.document) parts.push(documentCard(message.document));
  if (message.voice) parts.push(voice(message.voice));
  if (message.contact) parts.push(contactCard(message.contact));
  if (message.venue) parts.push(venueLines(message.venue));
  else if (message.location) parts.push(locationCard(message.location));
  return parts;
}

function photo({ file_id: fileId, width, height }) {
  const url = api.fileUrl(fileId);
  const image = h("img", { src: url, alt: "عکس", loading: "lazy", width, height });
  image.addEventListener("error", () => image.parentElement?.classList.add("broken"));
  return h(
    "button",
    {
      type: "button",
      class: "photo",
      testid: "photo",
      "aria-label": "دیدن عکس",
      style: { "--ratio": width && height ? String(Math.min(Math.max(width / height, 0.6), 2.2)) : "1.3" },
      onclick: () => lightbox(url, `${fileId}.jpg`),
    },
    image,
  );
}

function documentCard({ file_id: fileId, file_name: name, mime_type: type, size }) {
  const shown = oneLine(name || "فایل");
  const ending = /\.([a-z0-9]{1,5})$/i.exec(shown)?.[1] ?? "";
  return h(
    "a",
    {
      class: "document",
      testid: "document",
      href: api.fileUrl(fileId),
      download: shown,
      title: `دریافت ${shown}`,
    },
    h("span", { class: "document-icon" }, ending ? h("b", { dir: "ltr" }, ending) : icon("file")),
    h(
      "span",
      { class: "card-lines" },
      h("strong", { dir: "auto" }, shown),
      h("small", {}, [fileSize(size), ending ? "" : type].filter(Boolean).join(" · ") || "دریافت"),
    ),
  );
}

function voice({ file_id: fileId, duration }) {
  return h(
    "div",
    { class: "voice" },
    h("audio", { controls: true, preload: "none", src: api.fileUrl(fileId) }),
    duration ? h("small", {}, `${number(duration)} ثانیه`) : null,
  );
}

function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ") || "بی‌نام";
  const own = contact.user_id && contact.user_id === state.current;
  return h(
    "div",
    { class: "card", testid: "contact" },
    avatar(contact.user_id ?? contact.phone_number, name),
    h(
      "span",
      { class: "card-lines" },
      h("strong", { dir: "auto" }, name),
      h("bdi", { dir: "ltr" }, contact.phone_number),
      h("small", {}, own ? "شماره خود فرستنده" : "کارت مخاطب"),
    ),
  );
}

function locationCard({ latitude, longitude }) {
  return h(
    "div",
    { class: "location", testid: "location" },
    h("div", { class: "map", "aria-hidden": "true" }, icon("pin")),
    h("span", { class: "coordinates", dir: "ltr" }, `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`),
  );
}

function venueLines(venue) {
  return h(
    "div",
    { class: "venue" },
    locationCard(venue.location),
    h(
      "span",
      { class: "card-lines" },
      h("strong", { dir: "auto" }, venue.title),
      h("small", { dir: "auto" }, venue.address),
    ),
  );
}

// One line that says what a message is: in the list of people and in quotes.
export function summary(message) {
  const text = oneLine((message.text ?? message.caption ?? "").slice(0, 160));
  if (message.photo) return `🖼 ${text || "عکس"}`;
  if (message.document) return `📎 ${text || message.document.file_name || "فایل"}`;
  if (message.voice) return "🎤 صدا";
  if (message.contact) return `👤 ${message.contact.first_name ?? "مخاطب"}`;
  if (message.location) return "📍 موقعیت";
  return text || "پیام";
}
