/* Keeps a form while one types: on the server, else on this device; says which and when, and offers back
   what only this device holds. Without it, « Garder le brouillon » does the same by hand. */
(() => {
  const PAUSE = 900; // milliseconds without a key
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const drop = (key) => { try { localStorage.removeItem(key); } catch { /* storage refused */ } };
  const done = document.querySelector("[data-autosaved]");
  if (done) drop(done.dataset.autosaved);

  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const key = form.dataset.autosave;
  const status = form.querySelector("[data-autosave-status]");
  const changes = form.querySelector("[data-autosave-changes]");
  const found = form.querySelector("[data-autosave-found]");
  const SKIPPED = new Set(["csrfmiddlewaretoken", "version", "file", "words", "credit"]);
  const typed = () => Object.fromEntries([...new FormData(form)].filter(([name]) => !SKIPPED.has(name)));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  let timer = 0;
  let sending = null;
  let kept = typed();

  const here = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), typed: typed() }));
      return true;
    } catch { return false; }
  };
  const say = (text, href, words) => {
    status.textContent = text;
    if (href) {
      const link = document.createElement("a");
      Object.assign(link, { href, textContent: words, target: "_blank", rel: "noopener" });
      status.append(" ", link);
    }
  };
  const onlyHere = (why, ...link) => say(here() ? `${why}\u00a0: gardé sur cet appareil.` : `${why}\u00a0: pas encore gardé.`, ...link);

  const send = async (last) => {
    clearTimeout(timer);
    if (sending && !last) { await sending; }
    const now = typed();
    if (same(now, kept)) return;
    const body = new URLSearchParams({ ...now, version: form.elements.version.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    sending = fetch(key, { method: "POST", body, redirect: "manual", keepalive: Boolean(last) }).then(async (answer) => {
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        onlyHere("Session expirée", form.dataset.login, "Se reconnecter dans un autre onglet");
      } else if (answer.status === 409) {
        onlyHere((await answer.json()).refusal);
      } else if (answer.ok) {
        const said = await answer.json();
        kept = now;
        form.elements.version.value = said.version;
        changes.innerHTML = said.changes; // escaped by the server
        drop(key);
        say(said.kept);
      } else onlyHere("Le serveur n’a pas pu garder");
    }).catch(() => onlyHere("Hors ligne"));
    await sending;
    sending = null;
  };
  const later = (event) => {
    if (event.target.type === "file" || SKIPPED.has(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", () => { clearTimeout(timer); if (!same(typed(), kept)) here(); });
  addEventListener("online", () => send());
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(true); });

  const held = read(key);
  if (held && same(held.typed, kept)) drop(key);
  else if (held) {
    found.hidden = false;
    found.querySelector("[data-autosave-when]").textContent = new Date(held.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" }).replace(/^1 /, "1er ");
    found.querySelector("[data-autosave-restore]").addEventListener("click", () => {
      for (const [name, value] of Object.entries(held.typed)) {
        const field = form.elements[name];
        if (field) field.value = value;
      }
      found.hidden = true;
      send();
    });
    found.querySelector("[data-autosave-forget]").addEventListener("click", () => { drop(key); found.hidden = true; });
  }
})();
