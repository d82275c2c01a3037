"""The fixed prompts. Greedy SmolLM2-135M goes on for 192 tokens and more after each of them, so a
run of up to that many tokens is never cut short by an end token."""

PROMPTS: tuple[str, ...] = (
    "The history of the city of Rome begins with",
    "The three laws of motion state that",
    "The main difference between a compiler and an interpreter is",
    "The best way to learn a new language is to",
    "Dear Sir or Madam, I am writing to",
    "The old lighthouse keeper told the children that",
    "When winter came, the animals of the forest",
    "The river flows from the mountains to",
)
