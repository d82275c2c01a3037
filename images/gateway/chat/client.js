// The OpenAI API as this page needs it: which models there are, and one streamed answer.

export class ApiError extends Error {
  constructor(status, message, retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export async function listModels(key) {
  const response = await request("v1/models", { headers: headers(key) });
  return (await response.json()).data.map((model) => model.id);
}

// Small models wander at the API's own default of 1.
const SAMPLING = { temperature: 0.2, top_p: 0.9 };
const STREAM = { stream: true, stream_options: { include_usage: true } };

// Yields { text } as it comes, and { usage } once. Throws ApiError where the stream breaks off.
export async function* streamChat({ key, model, messages, signal }) {
  const response = await request("v1/chat/completions", {
    method: "POST",
    headers: { ...headers(key), "content-type": "application/json" },
    body: JSON.stringify({ model, messages, ...SAMPLING, ...STREAM }),
    signal,
  });
  for await (const data of events(response.body)) {
    if (data === "[DONE]") return;
    const chunk = JSON.parse(data);
    if (chunk.error) throw new ApiError(chunk.error.status ?? 500, chunk.error.message);
    const text = chunk.choices?.[0]?.delta?.content;
    if (text) yield { text };
    if (chunk.usage) yield { usage: chunk.usage };
  }
  brokenOff();
}

function brokenOff(cause) {
  if (cause?.name === "AbortError") throw cause;
  throw new ApiError(0, "The answer broke off before its end.");
}

function headers(key) {
  return key ? { authorization: `Bearer ${key}` } : {};
}

async function request(path, options) {
  const response = await fetch(path, { ...options, cache: "no-store", credentials: "omit" });
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("retry-after")) || undefined;
  throw new ApiError(response.status, body.error?.message ?? response.statusText, retryAfter);
}

// The data of each server-sent event, whatever pieces the network cuts the stream into.
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(brokenOff);
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        if (line.startsWith("data:")) yield line.slice(5).trim();
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
