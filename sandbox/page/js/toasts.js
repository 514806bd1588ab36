// Short notices that float over the chat and leave by themselves.

import { h } from "./dom.js";

const SHOWN_MS = 4000;
const KEPT = 3;

export function showToast(text, { fromBot = false } = {}) {
  const region = document.getElementById("toasts");
  const toast = h("div", { class: "toast", testid: fromBot ? "toast" : "notice", dir: "auto" }, text);
  region.append(toast);
  // Shown anew each time, so that it lies above a window that was opened later.
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
  while (region.children.length > KEPT) region.firstElementChild.remove();
  const leave = () => {
    toast.classList.add("leaving");
    setTimeout(() => {
      toast.remove();
      if (!region.children.length && region.matches(":popover-open")) region.hidePopover();
    }, 250);
  };
  toast.addEventListener("click", leave);
  setTimeout(leave, SHOWN_MS);
}

export const showError = (error) => showToast(`نشد: ${error.message}`);
