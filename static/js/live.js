/* Beside htmx, on pages that refresh a part of themselves: says aloud what changed, says so when nothing
   comes any more, and leaves the page when the session has ended. */
(() => {
  const words = document.querySelector("[data-live-words]");
  const lost = document.querySelector("[data-live-lost]");
  const read = () => document.querySelector("[data-live]")?.dataset.live ?? "";
  let last = read();

  document.body.addEventListener("htmx:afterSettle", () => {
    const now = read();
    if (now && now !== last) words.textContent = now;
    last = now;
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, pathInfo } = event.detail;
    const asked = new URL(pathInfo.finalRequestPath, location.href).pathname;
    if (new URL(xhr.responseURL).pathname === asked) return;
    event.detail.shouldSwap = false;
    location.reload();
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    lost.hidden = event.detail.successful;
  });
})();
