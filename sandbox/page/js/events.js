// The live line to the server. It is opened again by itself, from the last event seen, and everything that
// was already there when the page came is taken quietly (no toasts, no animation).

import { api } from "./api.js";
import { emit, state, take } from "./store.js";

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5000;

let lastSeq = 0;
let liveFrom = 0;
let waitMs = FIRST_WAIT_MS;

// `seq` is the server's newest event when the page was loaded: what comes after it is news.
export function connect(seq) {
  liveFrom = seq;
  state.replaying = true;
  open();
}

function open() {
  const source = new EventSource(`/sim/events?since=${lastSeq}`);
  source.onopen = () => {
    waitMs = FIRST_WAIT_MS;
    emit("connection", true);
    becomeLive();
  };
  source.onmessage = (event) => receive(JSON.parse(event.data));
  source.onerror = () => {
    source.close();
    emit("connection", false);
    setTimeout(reopen, waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };
}

// A server that was started anew counts its events from one again: then nothing here is true any more. A page
// that came up while the server was away has nothing yet. Both begin from the start.
async function reopen() {
  const server = await api.state().catch(() => null);
  if (server && (server.seq < lastSeq || !state.bot)) location.reload();
  else open();
}

function receive(event) {
  if (event.seq <= lastSeq) return;
  lastSeq = event.seq;
  take(event);
  becomeLive();
}

function becomeLive() {
  if (state.live || lastSeq < liveFrom) return;
  state.live = true;
  state.replaying = false;
  document.body.dataset.live = "true";
  for (const topic of ["live", "people", "calls", "faults", "clock"]) emit(topic);
}
