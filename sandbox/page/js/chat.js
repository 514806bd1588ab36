// The conversation of one person with the bot.

import { api } from "./api.js";
import { avatar, fullName } from "./avatar.js";
import { askYesNo, openMenu, showAlert } from "./dialogs.js";
import { copyText, h, icon, iconButton } from "./dom.js";
import { dayKey, dayTitle, number } from "./format.js";
import { markWaiting } from "./keyboards.js";
import { messageView } from "./message.js";
import { about } from "./people.js";
import { chatOf, emit, markRead, messagesOf, on, putChat, state } from "./store.js";
import { showError, showToast } from "./toasts.js";

const NEAR_BOTTOM_PX = 120;
const TYPING_MS = 5000;
const LEAVING_MS = 260;

let header;
let log;
let scroller;
let toBottom;
let typingTimer = null;
let unseen = 0;

export function mountChat(root, composer) {
  header = h("header", { class: "bar chat-bar" });
  log = h("div", { class: "log", role: "log", "aria-label": "پیام‌ها", testid: "log" });
  scroller = h("div", { class: "scroller", tabindex: "-1" }, log);
  toBottom = iconButton("down", "رفتن به آخرین پیام", () => scrollDown(true), { class: "icon-button to-bottom", testid: "to-bottom", hidden: true });
  scroller.addEventListener("scroll", watchScroll, { passive: true });
  new ResizeObserver(() => wasAtBottom && scrollDown()).observe(scroller);
  root.append(header, h("div", { class: "stage" }, scroller, toBottom), composer);
  new ResizeObserver(() => document.body.style.setProperty("--composer-height", `${composer.offsetHeight}px`)).observe(composer);
  on("current", openChat);
  on("people", drawHeader);
  on("chat", ({ userId }) => userId === state.current && drawAll());
  on("message", takeMessage);
  on("deleted", takeDeletion);
  on("typing", takeTyping);
  on("taps", ({ userId }) => userId === state.current && markWaiting(log, userId));
  on("toast", takeToast);
  drawHeader();
  drawAll();
}

let wasAtBottom = true;

function watchScroll() {
  wasAtBottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM_PX;
  toBottom.hidden = wasAtBottom;
  if (wasAtBottom) {
    unseen = 0;
    toBottom.querySelector(".badge")?.remove();
  }
}

function scrollDown(smooth = false) {
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
}

async function openChat() {
  setTyping(false);
  drawHeader();
  drawAll();
  const userId = state.current;
  if (userId === null) return;
  try {
    putChat(userId, await api.chat(userId));
  } catch (error) {
    showError(error);
  }
}

function drawHeader() {
  const user = state.users.get(state.current);
  document.title = user ? `${fullName(user)} · میز آزمایش` : "میز آزمایش بُنَک";
  if (!user) {
    header.replaceChildren(h("strong", { class: "grow" }, "میز آزمایش"), toolsButton());
    return;
  }
  header.replaceChildren(
    iconButton("back", "بازگشت به فهرست", () => { location.hash = ""; }, { class: "icon-button only-phone", testid: "back" }),
    avatar(user.id, fullName(user)),
    h("div", { class: "grow who" }, h("strong", { dir: "auto", testid: "chat-title" }, fullName(user)),
      typingTimer ? h("small", { class: "typing", testid: "typing" }, "ربات در حال نوشتن", h("i"), h("i"), h("i"))
        : h("small", {}, h("bdi", {}, `${about(user)} · گفتگو با ${state.bot?.first_name ?? "ربات"}`))),
    iconButton("more", "کارهای گفتگو", chatMenu, { testid: "chat-menu" }), toolsButton());
}

function toolsButton() {
  return iconButton("tools", "ابزارها: فراخوانی‌ها، خطاها، ساعت", () => emit("toggle-panel"), { testid: "panel-toggle" });
}

function chatMenu(event) {
  const box = event.currentTarget.getBoundingClientRect();
  const user = state.users.get(state.current);
  const change = user.blocked ? api.unblock : api.block;
  openMenu([
    { icon: "send", label: "فرستادن ‎/start", testid: "menu-start", run: () => api.message(user.id, "/start").catch(showError) },
    { icon: "copy", label: "کپی شناسه", run: () => copyText(String(user.id)).then(() => showToast("کپی شد"), showError) },
    { icon: "ban", label: user.blocked ? "رفع مسدودی ربات" : "مسدود کردن ربات", danger: !user.blocked, testid: "menu-block",
      run: () => change(user.id).then(() => {
        user.blocked = !user.blocked;
        emit("people");
        emit("blocked");
      }, showError) },
  ], { x: box.right, y: box.bottom + 4 });
}

function drawAll() {
  const userId = state.current;
  unseen = 0;
  log.replaceChildren();
  if (userId === null) {
    log.append(h("p", { class: "empty-hint" }, "برای شروع، یک نفر را از فهرست انتخاب کنید."));
    return;
  }
  for (const message of messagesOf(userId)) log.append(view(message));
  arrange();
  scrollDown();
  wasAtBottom = true;
  toBottom.hidden = true;
  if (document.visibilityState === "visible") markRead(userId);
}

const view = (message) => messageView(state.current, message, { onmenu: messageMenu, onquote: goTo });

function goTo(messageId) {
  const target = log.querySelector(`[data-message-id="${messageId}"]`);
  target?.scrollIntoView({ block: "center", behavior: "smooth" });
  target?.classList.add("flash");
  setTimeout(() => target?.classList.remove("flash"), 1200);
}

// Day titles between the days, and the tail on the last bubble of each row of bubbles from one side.
function arrange() {
  const userId = state.current;
  const messages = chatOf(userId).messages;
  log.querySelectorAll(".day, .start-card").forEach((node) => node.remove());
  const views = [...log.querySelectorAll(".message:not(.leaving)")];
  let before = null;
  for (const [index, node] of views.entries()) {
    const message = messages.get(Number(node.dataset.messageId));
    const next = messages.get(Number(views[index + 1]?.dataset.messageId));
    if (!before || dayKey(before.date) !== dayKey(message.date)) {
      node.before(h("div", { class: "day" }, h("span", {}, dayTitle(message.date, state.now))));
    }
    node.classList.toggle("last", !next || next.from_bot !== message.from_bot || dayKey(next.date) !== dayKey(message.date));
    before = message;
  }
  if (!views.length && chatOf(userId).loaded) log.append(startCard(userId));
}

function startCard(userId) {
  const name = state.bot?.first_name ?? "ربات";
  return h("div", { class: "start-card", testid: "start-card" }, avatar("bot", name), h("strong", { dir: "auto" }, name),
    h("p", {}, "هنوز پیامی نیست. مثل هر ربات دیگری با «شروع» آغاز می‌شود."),
    h("button", { type: "button", class: "button primary", testid: "start",
      onclick: () => api.message(userId, "/start").catch(showError) }, "شروع"));
}

function takeMessage({ userId, message, edited }) {
  if (userId !== state.current || !chatOf(userId).loaded) return;
  const old = log.querySelector(`[data-message-id="${message.message_id}"]`);
  const fresh = view(message);
  const follow = wasAtBottom || (!old && !message.from_bot);
  if (old) old.replaceWith(fresh);
  else log.append(fresh);
  if (state.live) fresh.classList.add(old ? (edited ? "flash" : "quiet") : "entering");
  if (message.from_bot && !old) setTyping(false);
  arrange();
  if (follow) scrollDown(state.live && !old);
  else if (!old) countUnseen();
  if (document.visibilityState === "visible") markRead(userId);
}

function countUnseen() {
  unseen += 1;
  toBottom.querySelector(".badge")?.remove();
  toBottom.append(h("span", { class: "badge" }, number(unseen)));
  toBottom.hidden = false;
}

function takeDeletion({ userId, messageId }) {
  if (userId !== state.current) return;
  const node = log.querySelector(`[data-message-id="${messageId}"]`);
  if (!node) return;
  node.style.setProperty("--height", `${node.offsetHeight}px`);
  node.classList.add("leaving");
  setTimeout(() => node.remove(), LEAVING_MS);
  arrange();
}

function takeTyping({ user_id: userId }) {
  if (userId === state.current) setTyping(true);
}

function setTyping(typing) {
  clearTimeout(typingTimer);
  typingTimer = typing ? setTimeout(() => setTyping(false), TYPING_MS) : null;
  if (header) drawHeader();
}

function takeToast({ user_id: userId, text, alert }) {
  if (userId !== state.current || !text) return;
  if (alert) showAlert(text, state.bot?.first_name ?? "ربات");
  else showToast(text, { fromBot: true });
}

function messageMenu(message, point) {
  const text = message.text ?? message.caption;
  const mine = !message.from_bot;
  openMenu([
    { icon: "reply", label: "پاسخ", testid: "menu-reply", run: () => emit("reply-to", message) },
    text ? { icon: "copy", label: "کپی متن", run: () => copyText(text).then(() => showToast("کپی شد"), showError) } : null,
    mine && text ? { icon: "edit", label: "ویرایش", testid: "menu-edit", run: () => emit("edit", message) } : null,
  ].filter(Boolean), point);
}

export async function confirmReset() {
  const sure = await askYesNo({ title: "همه‌چیز پاک شود؟", danger: true, yes: "پاک شود", testid: "reset-yes",
    text: "همه افراد، گفتگوها، فراخوانی‌ها و خطاها از میز آزمایش پاک می‌شوند. داده‌های خود ربات دست نمی‌خورد." });
  if (sure) await api.reset().catch(showError);
}
