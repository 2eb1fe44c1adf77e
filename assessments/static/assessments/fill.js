// Mark unsaved entries of the assessment form, and keep them on this computer until they are saved.
(() => {
  // By person, and below what the page deletes at sign-out.
  const keyOf = (whose, deal) => `bqs:personal:admin:${whose}:${deal}`;
  const done = document.querySelector("[data-assessment-done]");
  if (done) localStorage.removeItem(keyOf(done.dataset.person, done.dataset.assessmentDone));
  const form = document.querySelector("form[data-assessment]");
  if (!form) return;
  const key = keyOf(form.dataset.person, form.dataset.assessment);
  const told = form.querySelector("[data-unsaved]");
  const text = () =>
    JSON.stringify([...new FormData(form)].filter(([name]) => /^(answer|comment|reply|note|recorded)-/.test(name)));
  const atFirst = text();
  let isSending = false;

  const mark = (question) => {
    const needed = question.querySelector("[data-needed]");
    const chosen = question.querySelector("input[type=radio]:checked");
    if (needed && question.dataset.commented && !chosen?.name.startsWith("reply-")) {
      needed.hidden = !(chosen && question.dataset.commented.split(" ").includes(chosen.value));
    }
  };

  const changed = (event) => {
    const question = event?.target.closest(".bqs-criterion");
    if (question) mark(question);
    const isDirty = text() !== atFirst;
    told.textContent = isDirty ? "Not saved yet" : "";
    if (isDirty) localStorage.setItem(key, text());
    else localStorage.removeItem(key);
  };

  const putBack = (values) => {
    for (const [name, value] of values) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    changed();
  };

  form.querySelectorAll(".bqs-criterion").forEach(mark);
  form.addEventListener("input", changed);
  form.addEventListener("submit", () => (isSending = true));
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && text() !== atFirst) event.preventDefault();
  });

  // Offer to restore what a lost session or a closed window left behind.
  const kept = localStorage.getItem(key);
  const isRefused = !!form.querySelector("[data-focus]");
  if (kept && kept !== atFirst && !isRefused) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "bqs-button";
    button.textContent = "Restore unsaved entries";
    button.addEventListener("click", () => {
      putBack(JSON.parse(kept));
      button.remove();
    });
    form.querySelector(".bqs-sofar").append(button);
  }
  form.querySelector("[data-focus]")?.focus();
})();
