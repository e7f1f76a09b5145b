// The queue by keyboard. Every key presses something that can also be pressed with a mouse.

const OFF = "desk-keys-off";
const sheet = document.getElementById("all-keys");
const keysOn = document.getElementById("keys-on");
const hints = document.getElementById("key-hints");

if (hints) hints.hidden = false;

const stored = () => {
  try {
    return localStorage.getItem(OFF) === "yes";
  } catch {
    return false;
  }
};
if (keysOn) {
  keysOn.checked = !stored();
  keysOn.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, keysOn.checked ? "no" : "yes");
    } catch {
      // A browser that keeps nothing keeps the keys on.
    }
  });
}
document.querySelector('[data-opens="all-keys"]')?.addEventListener("click", () => sheet?.showModal());

const step = (distance) => {
  const cases = [...document.querySelectorAll(".case-link")];
  const here = cases.findIndex((link) => link.hasAttribute("aria-current"));
  cases[here < 0 ? 0 : here + distance]?.click();
};

const hide = () => {
  const details = document.getElementById("hide");
  if (!details) return;
  details.open = true;
  (details.querySelector("input:checked") ?? details.querySelector("input[type=radio]"))?.focus();
};

const acts = {
  j: () => step(1),
  k: () => step(-1),
  a: () => document.querySelector('[data-key="a"]')?.click(),
  h: hide,
  "?": () => sheet?.showModal(),
};

const isTyping = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || sheet?.open) return;
  if (isTyping(event.target) || (stored() && event.key !== "?")) return;
  const act = acts[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});

// The case that is open is in sight in a long list.
document.querySelector(".case-link[aria-current]")?.scrollIntoView({ block: "nearest" });
