// Puts the page together and follows the address: #user=<id> opens that person's chat.

import { api } from "./api.js";
import { mountChat } from "./chat.js";
import { makeComposer } from "./composer.js";
import { h } from "./dom.js";
import { connect } from "./events.js";
import { refreshFaults } from "./faults.js";
import { mountPanel } from "./panel.js";
import { mountPeople } from "./people.js";
import { emit, markRead, on, putUsers, state } from "./store.js";
import { read as readClock } from "./time.js";
import { showError } from "./toasts.js";

const app = document.getElementById("app");
let resetWhileReplaying = false;

function followAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get("user");
  const userId = given && Number.isSafeInteger(Number(given)) ? Number(given) : null;
  state.current = userId !== null && state.users.has(userId) ? userId : null;
  app.dataset.view = state.current === null ? "people" : "chat";
  emit("current");
}

async function loadPeople() {
  const [server, users] = await Promise.all([api.state(), api.users()]);
  state.bot = server.bot;
  putUsers(users);
  return server.seq;
}

async function afterReset() {
  if (!state.live) {
    resetWhileReplaying = true;
    return;
  }
  await loadPeople().catch(showError);
  await refreshFaults().catch(showError);
  followAddress();
}

function watchConnection() {
  const banner = h(
    "div",
    { class: "offline", testid: "offline", role: "status", hidden: true },
    "در حال اتصال دوباره…",
  );
  document.body.append(banner);
  let timer = null;
  on("connection", (open) => {
    clearTimeout(timer);
    if (open) banner.hidden = true;
    else
      timer = setTimeout(() => {
        banner.hidden = false;
      }, 600);
  });
}

async function start() {
  mountPeople(document.getElementById("people"));
  mountChat(document.getElementById("chat"), makeComposer());
  mountPanel(document.getElementById("panel"));
  watchConnection();
  on("reset", afterReset);
  on("live", () => resetWhileReplaying && afterReset());
  addEventListener("hashchange", followAddress);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && state.current !== null) markRead(state.current);
  });
  let seq = 0;
  try {
    seq = await loadPeople();
    await readClock();
    await refreshFaults();
  } catch (error) {
    showError(error);
  }
  followAddress();
  connect(seq);
}

start();
