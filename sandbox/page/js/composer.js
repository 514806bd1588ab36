// Where the person being played writes: text, edits, answers, attachments and the reply keyboard.

import { api } from "./api.js";
import { openMenu } from "./dialogs.js";
import { h, icon, iconButton } from "./dom.js";
import { replyKeyboardView } from "./keyboards.js";
import { summary } from "./message.js";
import { askCaption, askContact, askLocation, pickFile } from "./share.js";
import { chatOf, emit, messagesOf, on, replyKeyboard, state } from "./store.js";
import { showError } from "./toasts.js";

const TALLEST_PX = 160;

let root;
let input;
let strip;
let keyboardSlot;
let keyboardToggle;
let row;
let blockedBar;
let drawnKeyboard = null;
// What the next text is for: null, or {kind: "edit" | "reply", message}.
let about = null;

export function makeComposer() {
  input = h("textarea", {
    rows: "1",
    dir: "auto",
    placeholder: "پیام…",
    "aria-label": "متن پیام",
    testid: "composer",
    oninput: resize,
    onkeydown: takeKey,
    onpaste: takePaste,
  });
  strip = h("div", { class: "strip", hidden: true });
  keyboardSlot = h("div", { class: "keyboard-slot" });
  keyboardToggle = iconButton("keyboard", "نمایش یا پنهان‌کردن دکمه‌ها", toggleKeyboard, {
    testid: "keyboard-toggle",
    hidden: true,
  });
  row = h(
    "div",
    { class: "composer-row" },
    iconButton("paperclip", "پیوست", attach, { testid: "attach" }),
    input,
    keyboardToggle,
    iconButton("send", "فرستادن", send, { class: "icon-button send", testid: "send" }),
  );
  blockedBar = h(
    "button",
    { type: "button", class: "blocked-bar", hidden: true, testid: "unblock", onclick: unblock },
    icon("ban"),
    "ربات را مسدود کرده‌اید — رفع مسدودی",
  );
  root = h("footer", { class: "composer", hidden: true }, strip, row, blockedBar, keyboardSlot);
  on("current", () => open());
  on("blocked", draw);
  on("people", draw);
  on("chat", draw);
  on("message", draw);
  on("deleted", draw);
  on("edit", (message) => startAbout("edit", message));
  on("reply-to", (message) => startAbout("reply", message));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", takeDrop);
  return root;
}

let shownFor = null;

function open() {
  if (shownFor !== null && !about) chatOf(shownFor).draft = input.value;
  shownFor = state.current;
  stopAbout();
  input.value = shownFor === null ? "" : chatOf(shownFor).draft;
  draw();
  resize();
  if (shownFor !== null && matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
}

function draw() {
  root.hidden = state.current === null;
  if (root.hidden) return;
  const blocked = Boolean(state.users.get(state.current)?.blocked);
  row.hidden = blocked;
  blockedBar.hidden = !blocked;
  drawKeyboard(blocked);
}

function drawKeyboard(blocked) {
  const userId = state.current;
  const keyboard = replyKeyboard(userId);
  const hidden = !keyboard || blocked || chatOf(userId).keyboardHiddenFor === keyboard.messageId;
  keyboardToggle.hidden = !keyboard;
  keyboardToggle.setAttribute("aria-pressed", String(!hidden));
  input.placeholder = (!hidden && keyboard.placeholder) || "پیام…";
  const drawn = hidden ? null : `${userId}:${keyboard.messageId}`;
  if (drawn === drawnKeyboard) return;
  drawnKeyboard = drawn;
  keyboardSlot.replaceChildren(...(hidden ? [] : [replyKeyboardView(userId, keyboard)]));
}

function toggleKeyboard() {
  const chat = chatOf(state.current);
  const keyboard = replyKeyboard(state.current);
  chat.keyboardHiddenFor = chat.keyboardHiddenFor === keyboard?.messageId ? null : keyboard?.messageId;
  draw();
}

function resize() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, TALLEST_PX)}px`;
  root.classList.toggle("filled", input.value.trim() !== "");
}

function takeKey(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  } else if (event.key === "Escape" && about) {
    stopAbout(true);
  } else if (event.key === "ArrowUp" && !input.value) {
    const mine = messagesOf(state.current).findLast((message) => !message.from_bot && message.text);
    if (mine) {
      event.preventDefault();
      startAbout("edit", mine);
    }
  }
}

async function send() {
  const text = input.value.trim();
  const userId = state.current;
  if (!text || userId === null) return input.focus();
  const now = about;
  input.value = "";
  stopAbout();
  resize();
  input.focus();
  try {
    if (now?.kind === "edit") await api.edit(userId, now.message.message_id, text);
    else await api.message(userId, text, now?.message.message_id);
  } catch (error) {
    showError(error);
    if (!input.value && state.current === userId) input.value = text;
    resize();
  }
}

function startAbout(kind, message) {
  about = { kind, message };
  if (kind === "edit") input.value = message.text ?? message.caption;
  strip.hidden = false;
  strip.replaceChildren(
    icon(kind),
    h(
      "span",
      { class: "grow strip-lines" },
      h("strong", {}, kind === "edit" ? "ویرایش پیام" : "پاسخ به"),
      h("bdi", { dir: "auto" }, summary(message)),
    ),
    iconButton("close", "انصراف", () => stopAbout(true)),
  );
  resize();
  input.focus();
}

function stopAbout(clear = false) {
  if (clear && about?.kind === "edit") input.value = "";
  about = null;
  strip.hidden = true;
  resize();
}

function attach(event) {
  const box = event.currentTarget.getBoundingClientRect();
  const userId = state.current;
  openMenu(
    [
      { icon: "image", label: "عکس", testid: "attach-photo", run: () => pickFile(userId, "photo") },
      { icon: "file", label: "فایل", testid: "attach-document", run: () => pickFile(userId, "document") },
      { icon: "pin", label: "موقعیت", testid: "attach-location", run: () => askLocation(userId) },
      { icon: "person", label: "کارت مخاطب", testid: "attach-contact", run: () => askContact(userId) },
      { icon: "mic", label: "صدا", testid: "attach-voice", run: () => pickFile(userId, "voice") },
    ],
    { x: box.right, y: box.top - 250 },
  );
}

function takePaste(event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  offer(files);
}

function takeDrop(event) {
  event.preventDefault();
  if (state.current !== null && event.dataTransfer?.files.length) offer([...event.dataTransfer.files]);
}

function offer(files) {
  const pictures = files.every((file) => file.type.startsWith("image/"));
  askCaption(state.current, pictures ? "photo" : "document", files);
}

async function unblock() {
  const user = state.users.get(state.current);
  try {
    await api.unblock(user.id);
    user.blocked = false;
    emit("people");
  } catch (error) {
    showError(error);
  }
}
