/* Add up the weights while they are entered; the server checks them again. */

function isCounted(input) {
  const row = input.closest(".inline-related, tr, .form-row") ?? document;
  const removed = row.querySelector('input[name$="-DELETE"]');
  return !input.name.includes("__prefix__") && !removed?.checked;
}

function total() {
  const inputs = [...document.querySelectorAll('input[name^="assessments-criterion-"][name$="-weight"]')];
  return inputs.filter(isCounted).reduce((sum, input) => sum + (Number(input.value) || 0), 0);
}

function words(sum, whole) {
  if (sum === whole) return `${sum} of ${whole}`;
  const difference = Math.abs(whole - sum);
  return `${sum} of ${whole}: ${difference} too ${sum < whole ? "few" : "many"}`;
}

function show(box) {
  const whole = Number(box.dataset.whole);
  const sum = total();
  box.querySelector("meter").value = Math.min(sum, whole);
  box.querySelector("[data-bqs-weight-words]").textContent = words(sum, whole);
}

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[data-bqs-weights]");
  if (!box || !document.querySelector('input[name$="-weight"]')) return;
  for (const event of ["input", "change"]) {
    document.addEventListener(event, () => show(box));
  }
  show(box);
});
