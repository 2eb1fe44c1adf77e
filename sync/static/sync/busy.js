// A form whose answer takes a while says so, and is sent once.
document.querySelectorAll("form[data-busy]").forEach((form) =>
  form.addEventListener("submit", () => {
    form.querySelector("[data-busy-text]").textContent = form.dataset.busy;
    form.querySelectorAll("button").forEach((button) => (button.disabled = true));
  }),
);
