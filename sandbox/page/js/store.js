// What the page knows. Views subscribe to topics; only this file changes the state from the server's events.

export const state = {
  bot: null,
  users: new Map(),
  chats: new Map(),
  calls: [],
  faults: [],
  now: Date.now() / 1000,
  current: null,
  live: false,
  replaying: false,
};

const listeners = new Map();
const CALLS_KEPT = 2000;
const READ_KEY = "bonak-sandbox-read";

export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
}

// While the past is being replayed nothing is drawn: "live" then draws everything once.
const QUIET = new Set(["message", "deleted", "people", "calls", "faults", "clock"]);

export function emit(topic, detail) {
  if (!state.live && state.replaying && QUIET.has(topic)) return;
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

export function chatOf(userId) {
  if (!state.chats.has(userId)) {
    state.chats.set(userId, {
      messages: new Map(),
      sorted: null,
      loaded: false,
      draft: "",
      keyboardHiddenFor: null,
      waiting: new Map(),
    });
  }
  return state.chats.get(userId);
}

export function messagesOf(userId) {
  const chat = chatOf(userId);
  chat.sorted ??= [...chat.messages.values()]
    .filter((message) => !message.deleted)
    .sort((one, other) => one.message_id - other.message_id);
  return chat.sorted;
}

export const lastMessage = (userId) => messagesOf(userId).at(-1) ?? null;

// The reply keyboard in force: the newest message that says something about it decides.
export function replyKeyboard(userId) {
  const said = messagesOf(userId).findLast((message) => message.from_bot && message.keyboard);
  if (!said?.keyboard.rows || (said.keyboard.one_time && isUsed(userId, said))) return null;
  return { ...said.keyboard, messageId: said.message_id };
}

// A one-time keyboard is gone as soon as one of its buttons was pressed.
function isUsed(userId, { message_id: messageId, keyboard }) {
  const buttons = keyboard.rows.flat();
  return messagesOf(userId).some(
    (message) =>
      !message.from_bot &&
      message.message_id > messageId &&
      buttons.some((button) => (button.request ? message[button.request] : message.text === button.label)),
  );
}

const read = new Map(Object.entries(stored()));

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(READ_KEY) ?? "{}");
  } catch {
    return {};
  }
}

export function markRead(userId) {
  const last = lastMessage(userId)?.message_id ?? 0;
  if (read.get(String(userId)) === last) return;
  read.set(String(userId), last);
  sessionStorage.setItem(READ_KEY, JSON.stringify(Object.fromEntries(read)));
  emit("people");
}

export function unread(userId) {
  const upTo = read.get(String(userId)) ?? 0;
  return messagesOf(userId).filter((message) => message.from_bot && message.message_id > upTo).length;
}

export function putUsers(users) {
  for (const user of users) state.users.set(user.id, { ...state.users.get(user.id), ...user });
  emit("people");
}

export function putChat(userId, messages) {
  const chat = chatOf(userId);
  chat.messages = new Map(messages.map((message) => [message.message_id, message]));
  chat.sorted = null;
  chat.loaded = true;
  emit("chat", { userId });
  emit("people");
}

export function addCall(call) {
  if (call.seq <= (state.calls.at(-1)?.seq ?? 0)) return;
  state.calls.push(call);
  if (state.calls.length > 2 * CALLS_KEPT) state.calls = state.calls.slice(-CALLS_KEPT);
  settleTap(call);
  emit("calls");
}

// A tapped button spins until the bot has answered that very callback query.
export function startTap(userId, key, callbackIds) {
  const answered = new Set(state.calls.slice(-50).filter(isAnswer).map(answeredId));
  const left = callbackIds.map(String).filter((id) => !answered.has(id));
  const waiting = chatOf(userId).waiting;
  if (left.length) waiting.set(key, new Set(left));
  else waiting.delete(key);
  emit("taps", { userId });
}

export function endTap(userId, key) {
  if (chatOf(userId).waiting.delete(key)) emit("taps", { userId });
}

const isAnswer = (call) => call.method.toLowerCase() === "answercallbackquery";
const answeredId = (call) => String(call.params?.callback_query_id);

function settleTap(call) {
  if (!isAnswer(call)) return;
  for (const [userId, chat] of state.chats) {
    for (const [key, ids] of chat.waiting) {
      if (ids.delete(answeredId(call)) && !ids.size) endTap(userId, key);
    }
  }
}

const TAKE = {
  message: takeMessage,
  edited: takeMessage,
  deleted(event) {
    const chat = chatOf(event.user_id);
    const message = chat.messages.get(event.message_id);
    if (message) message.deleted = true;
    chat.sorted = null;
    emit("deleted", { userId: event.user_id, messageId: event.message_id });
    emit("people");
  },
  toast(event) {
    if (state.live) emit("toast", event);
  },
  chat_action(event) {
    if (state.live) emit("typing", event);
  },
  call: (event) => addCall({ seq: event.seq, at: event.at, ...event.call }),
  user: (event) => putUsers([event.user]),
  clock(event) {
    state.now = event.now;
    emit("clock");
  },
  fault(event) {
    state.faults = event.faults;
    emit("faults");
  },
  reset() {
    state.chats.clear();
    state.calls = [];
    read.clear();
    sessionStorage.removeItem(READ_KEY);
    if (state.live) state.users.clear();
    if (state.live) state.faults = [];
    emit("reset");
  },
};

function takeMessage(event) {
  const { user_id: userId, message, kind } = event;
  const chat = chatOf(userId);
  chat.messages.set(message.message_id, message);
  chat.sorted = null;
  emit("message", { userId, message, edited: kind === "edited" });
  emit("people");
}

export function take(event) {
  TAKE[event.kind]?.(event);
}
