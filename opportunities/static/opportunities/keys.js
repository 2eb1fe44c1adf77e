// Keys of one letter in the list of opportunities: silent in fields, and switched off by choice.
(() => {
  const OFF = "bqs.keys.off";
  const rows = () => [...document.querySelectorAll("#result_list tr.data-row")];
  const help = document.getElementById("bqs-keys");
  const isOff = () => localStorage.getItem(OFF) === "1";
  const isTyping = (element) =>
    element.isContentEditable ||
    (/^(input|textarea|select)$/i.test(element.tagName) &&
      !/^(checkbox|radio|button|submit)$/.test(element.type));
  let place = -1;

  const go = (step) => {
    const all = rows();
    if (!all.length) return;
    all[place]?.classList.remove("bqs-cursor");
    place = Math.max(0, Math.min(all.length - 1, place + step));
    all[place].classList.add("bqs-cursor");
    all[place].querySelector("th a, td a")?.focus({ preventScroll: true });
    all[place].scrollIntoView({ block: "nearest" });
  };

  const tick = () => rows()[place]?.querySelector("input.action-select")?.click();

  const keys = {
    "/": () => document.getElementById("searchbar")?.focus(),
    j: () => go(1),
    k: () => go(-1),
    x: tick,
    "?": () => help.showModal(),
  };

  // Before the theme, whose own "/" knows no off switch.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (!(event.key in keys) || help.open) return;
      event.stopImmediatePropagation();
      if (isOff()) return;
      event.preventDefault();
      keys[event.key]();
    },
    true,
  );

  document.querySelectorAll("[data-keys-open]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  });
  const onOff = help.querySelector("[data-keys-switch]");
  onOff.checked = !isOff();
  onOff.addEventListener("change", () =>
    onOff.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"),
  );
})();
