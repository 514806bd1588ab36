// The control API of the sandbox. A refusal becomes an Error whose text is the server's own words.

async function ask(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer?.error ?? `HTTP ${response.status}`);
  return answer;
}

function query(values) {
  const given = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

function upload(kind, userId, file, caption) {
  const form = new FormData();
  form.append("user_id", String(userId));
  if (caption) form.append("caption", caption);
  form.append("file", file, file.name || `${kind}.bin`);
  return ask("POST", `/sim/${kind}`, form);
}

const post = (path, body = {}) => ask("POST", path, body);

export const api = {
  state: () => ask("GET", "/sim/state"),
  users: () => ask("GET", "/sim/users"),
  addUser: (user) => post("/sim/users", user),
  chat: (userId) => ask("GET", `/sim/chats/${userId}`),
  message: (userId, text, replyTo) =>
    post("/sim/message", { user_id: userId, text, ...(replyTo ? { reply_to_message_id: replyTo } : {}) }),
  edit: (userId, messageId, text) => post("/sim/edit", { user_id: userId, message_id: messageId, text }),
  tap: (userId, messageId, data, more = {}) =>
    post("/sim/tap", { user_id: userId, message_id: messageId, data, ...more }),
  press: (userId, label) => post("/sim/press", { user_id: userId, label }),
  contact: (userId, contact) => post("/sim/contact", { user_id: userId, ...contact }),
  location: (userId, location) => post("/sim/location", { user_id: userId, ...location }),
  upload,
  block: (userId) => post("/sim/block", { user_id: userId }),
  unblock: (userId) => post("/sim/unblock", { user_id: userId }),
  clock: () => ask("GET", "/sim/clock"),
  setClock: (change) => post("/sim/clock", change),
  calls: (filter = {}) => ask("GET", `/sim/calls${query(filter)}`),
  faults: () => ask("GET", "/sim/faults"),
  addFault: (fault) => post("/sim/faults", fault),
  clearFaults: () => ask("DELETE", "/sim/faults"),
  readLimits: () => ask("GET", "/sim/limits"),
  limits: (limits) => post("/sim/limits", limits),
  reset: () => post("/sim/reset"),
  fileUrl: (fileId) => `/sim/files/${encodeURIComponent(fileId)}`,
};
