// Passkeys: a button asks the device, and its form carries the answer to a page like any other.
export function setUpPasskeys() {
  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form).catch(() => { form.querySelector("[data-failed]").hidden = false; });
    });
  }
}

async function ask(form) {
  form.querySelector("[data-failed]").hidden = true;
  const asked = await (await fetch(form.dataset.passkey)).json();
  if (asked.go) return location.assign(asked.go);
  const made = await navigator.credentials[form.dataset.act]({ publicKey: readable(asked.options) });
  form.elements.ticket.value = asked.ticket;
  form.elements.answer.value = JSON.stringify(told(made));
  form.submit();
}

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function readable(options) {
  const named = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));
  const own = { ...options, challenge: bytes(options.challenge) };
  if (options.user) return { ...own, user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: named(options.excludeCredentials) };
  return { ...own, allowCredentials: named(options.allowCredentials) };
}

function told(made) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (made.response[part]) response[part] = text(made.response[part]);
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} };
}
