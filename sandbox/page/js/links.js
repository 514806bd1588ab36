// Links do not lead anywhere by themselves. The bot's own deep links start the bot again as the person
// being played; web addresses open in a new tab after a question; anything else is only shown.

import { api } from "./api.js";
import { askYesNo, showAlert } from "./dialogs.js";
import { state } from "./store.js";
import { showToast } from "./toasts.js";

export function startPayload(address) {
  const bot = state.bot?.username?.toLowerCase();
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const telegram = ["t.me", "telegram.me", "ble.ir"].includes(url.hostname);
  const name = telegram
    ? url.pathname.slice(1)
    : url.protocol === "tg:"
      ? url.searchParams.get("domain")
      : null;
  return name && name.toLowerCase() === bot ? (url.searchParams.get("start") ?? "") : null;
}

export async function openLink(address) {
  const payload = startPayload(address);
  if (payload !== null && state.current !== null) {
    const text = payload ? `/start ${payload}` : "/start";
    return api.message(state.current, text).catch((error) => showToast(error.message));
  }
  if (!/^https?:\/\//i.test(address)) return showAlert(address, "این پیوند از اینجا باز نمی‌شود");
  if (await askYesNo({ title: "باز کردن پیوند؟", text: address, yes: "باز کردن", ltr: true })) {
    window.open(address, "_blank", "noopener,noreferrer");
  }
}
