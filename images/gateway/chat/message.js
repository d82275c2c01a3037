// One message of the conversation: its text, code blocks set apart, and how fast it came.

export function addMessage(log, role, content) {
  const article = element("article", role);
  const text = element("div", "text");
  const stats = element("div", "stats");
  article.setAttribute("aria-label", role === "user" ? "You" : "Model");
  article.append(text);
  if (role === "assistant") {
    article.append(stats);
    // Read aloud once, when it is whole.
    article.setAttribute("aria-busy", "true");
  }
  log.append(article);
  const message = {
    write: (value) => text.replaceChildren(...blocks(value)),
    measure: (timing) => { stats.textContent = describe(timing); },
    end: () => article.removeAttribute("aria-busy"),
    remove: () => article.remove(),
  };
  message.write(content);
  return message;
}

// TTFT from the click on; tokens as the server counted them, the first one not counted in the rate.
function describe({ sent, first, last, tokens, done, stopped }) {
  const parts = [];
  if (done && first === undefined) parts.push("empty answer");
  if (first !== undefined) parts.push(`first token ${duration(first - sent)}`);
  if (done && tokens !== undefined) {
    if (tokens > 1 && last > first) {
      const rate = (tokens - 1) / ((last - first) / 1000);
      parts.push(`${rate.toFixed(rate < 100 ? 1 : 0)} tokens/s`);
    }
    parts.push(`${tokens} ${tokens === 1 ? "token" : "tokens"}`);
  }
  if (stopped) parts.push("stopped");
  return parts.join(" · ");
}

function duration(milliseconds) {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}

// Text between ``` fences becomes a code block; everything stays text, never markup.
function blocks(value) {
  return value.split("```").map((piece, index) => {
    if (index % 2 === 0) return document.createTextNode(index ? piece.replace(/^\s+/, "") : piece);
    const block = element("pre", "");
    block.append(piece.replace(/^[\w+-]*\n/, "").trimEnd());
    block.tabIndex = 0;
    return block;
  });
}

function element(name, className) {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}
