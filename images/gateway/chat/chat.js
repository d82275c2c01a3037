// The chat page: one conversation, kept in memory; the key lives in this tab's sessionStorage.

import { listModels, streamChat } from "./client.js";
import { addMessage } from "./message.js";
import { explain } from "./notice.js";

const $ = (id) => document.getElementById(id);
const KEY = "slipway-key";

let messages = [];
let running = null;

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send($("prompt").value.trim());
});
$("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, $("key").value.trim());
  connect();
});
$("prompt").addEventListener("keydown", (event) => {
  // While an input method composes a character, Enter belongs to it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("composer").requestSubmit();
});
$("prompt").addEventListener("input", fit);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") stop();
});
$("stop").addEventListener("click", stop);
$("retry").addEventListener("click", retry);
$("new").addEventListener("click", restart);
$("forget").addEventListener("click", () => {
  sessionStorage.removeItem(KEY);
  restart();
  connect();
});
$("ideas").addEventListener("click", (event) => {
  if (event.target.matches("button")) send(event.target.textContent);
});

connect();

async function connect() {
  const key = sessionStorage.getItem(KEY);
  hush();
  try {
    showModels(await listModels(key));
    $("key-form").hidden = true;
    $("key").value = "";
    $("forget").hidden = !key;
    allowWriting(true);
    $("prompt").focus();
  } catch (error) {
    allowWriting(false);
    if (error.status === 401) askForKey(key ? error : null);
    else complain(error);
  }
}

async function send(text) {
  if (!text || running || $("prompt").disabled) return;
  $("prompt").value = "";
  fit();
  $("welcome").hidden = true;
  messages.push({ role: "user", content: text });
  addMessage($("log"), "user", text);
  await answer();
}

async function answer() {
  const run = new AbortController();
  begin(run);
  const message = addMessage($("log"), "assistant", "");
  scrollToEnd();
  const timing = { sent: performance.now() };
  let content = "";
  try {
    const key = sessionStorage.getItem(KEY);
    const model = $("model").value;
    for await (const part of streamChat({ key, model, messages, signal: run.signal })) {
      if (part.usage) timing.tokens = part.usage.completion_tokens;
      if (!part.text) continue;
      timing.last = performance.now();
      timing.first ??= timing.last;
      content += part.text;
      keepUp(() => {
        message.write(content);
        message.measure(timing);
      });
    }
    keepUp(() => message.measure({ ...timing, done: true }));
    say("Answer complete.");
  } catch (error) {
    if (run.signal.aborted) message.measure({ ...timing, stopped: true });
    else fail(error, message, content);
  }
  if (running !== run) return;
  if (content) messages.push({ role: "assistant", content });
  message.end();
  finish();
}

function fail(error, message, content) {
  if (!content) message.remove();
  if (error.status === 401) askForKey(error);
  else complain(error);
}

// Answers the last question again, without the half answer that broke off.
function retry() {
  if (messages.at(-1)?.role === "assistant") {
    messages.pop();
    $("log").lastElementChild.remove();
  }
  if (messages.length && !$("prompt").disabled) answer();
  else connect();
}

function restart() {
  stop();
  finish();
  messages = [];
  $("log").replaceChildren();
  $("welcome").hidden = false;
  hush();
  $("prompt").focus();
}

function stop() {
  running?.abort();
}

function begin(run) {
  running = run;
  hush();
  say("Answering.");
  showStop(true);
}

function finish() {
  running = null;
  showStop(false);
}

function showStop(streaming) {
  // The focus must not fall off the page with the button that had it.
  const focused = [$("send"), $("stop")].includes(document.activeElement);
  $("send").hidden = streaming;
  $("stop").hidden = !streaming;
  if (focused) (streaming ? $("stop") : $("prompt")).focus();
}

function showModels(models) {
  const chosen = $("model").value;
  $("model").replaceChildren(...models.map((name) => new Option(name, name)));
  if (models.includes(chosen)) $("model").value = chosen;
  $("model").disabled = models.length < 2;
}

function allowWriting(allowed) {
  $("prompt").disabled = $("send").disabled = !allowed;
  for (const idea of $("ideas").children) idea.disabled = !allowed;
}

function askForKey(error) {
  sessionStorage.removeItem(KEY);
  $("forget").hidden = true;
  $("key-form").hidden = false;
  allowWriting(false);
  if (error) complain(error, { retry: false });
  $("key").focus();
}

function complain(error, { retry = true } = {}) {
  $("notice-text").textContent = explain(error);
  $("retry").hidden = !retry;
  $("notice").hidden = false;
}

function hush() {
  $("notice").hidden = true;
}

function say(text) {
  $("status").textContent = text;
}

function fit() {
  const box = $("prompt");
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

// Follows the answer, unless the reader has scrolled up.
function keepUp(change) {
  const page = document.scrollingElement;
  const follow = page.scrollHeight - page.scrollTop - page.clientHeight < 48;
  change();
  if (follow) scrollToEnd();
}

function scrollToEnd() {
  const page = document.scrollingElement;
  page.scrollTop = page.scrollHeight;
}
