// What went wrong, in words that say what to do next.

const SENTENCES = {
  401: "This key was not accepted. Check it and try again.",
  404: "This model is not here any more. Reload the page to see what is.",
  408: "The request took too long to send. Try again.",
  413: "That message is too long. Shorten it or start a new chat.",
  429: "Too many requests at once. Try again",
  503: "The model is busy or just starting. Try again",
  504: "The answer took too long and was ended.",
};

export function explain(error) {
  if (error.status === undefined) return "The gateway cannot be reached. Is it running?";
  if (error.status === 0) return error.message;
  const sentence = SENTENCES[error.status];
  if (!sentence) return `The model could not answer: ${error.message}`;
  if (!sentence.endsWith("Try again")) return sentence;
  return `${sentence} ${error.retryAfter ? `in ${error.retryAfter} s` : "soon"}.`;
}
