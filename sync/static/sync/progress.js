// Follows a running sync: asks every second while it runs and is looked at, else now and then.
(() => {
  const box = document.querySelector("[data-sync-status]");
  const words = box.querySelector("[data-sync-words]");
  const bar = box.querySelector("progress");
  const result = box.querySelector("[data-sync-result]");
  let wasRunning = box.dataset.syncRunning === "true";

  const show = (status) => {
    words.textContent = status.words;
    bar.hidden = !status.is_running;
    result.hidden = !(wasRunning && !status.is_running);
    wasRunning ||= status.is_running;
  };

  const ask = async () => {
    let pause = 1000;
    if (!document.hidden) {
      try {
        const answer = await fetch(box.dataset.syncStatus, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.status);
        const status = await answer.json();
        show(status);
        pause = status.is_running ? 1000 : 15000;
      } catch {
        words.textContent = "The server does not answer; trying again.";
        pause = 5000;
      }
    }
    setTimeout(ask, pause);
  };
  ask();
})();
