// Asks before a page of the admin is left with something typed and not sent.
(() => {
  const TEXT = "textarea, input:not([type=checkbox], [type=radio], [type=hidden])";
  let isTyped = false;
  addEventListener("input", ({ target }) => {
    if (target.form?.method === "post" && target.matches(TEXT)) isTyped = true;
  });
  addEventListener("submit", () => (isTyped = false));
  addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });
})();
