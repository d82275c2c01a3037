"""What a page looks like, asked of the browser that shows it."""

from __future__ import annotations

# Text colours against the ground that is really painted behind them, by WCAG's formula. SELECTOR
# stands for a JSON string.
CONTRAST = """
const light = (c) => c.map((v) => v / 255)
  .map((v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4))
  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const colour = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (e) => {
  const c = colour(getComputedStyle(e).backgroundColor);
  return c.length === 3 || c[3] > 0 ? c.slice(0, 3) : ground(e.parentElement);
};
return [...document.querySelectorAll(SELECTOR)]
  .filter((e) => e.checkVisibility() && !e.disabled && !e.matches(".hidden"))
  .map((e) => {
    const [a, b] = [light(colour(getComputedStyle(e).color)), light(ground(e))];
    return [e.id || e.className || e.tagName, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
  });
"""
# Elements that leave the window at the left or right.
OUTSIDE = """
return [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility() && !e.matches(".hidden, pre *, thead, thead *"))
  .map((e) => [e.id || e.className || e.tagName, e.getBoundingClientRect()])
  .filter(([name, box]) => box.left < 0 || box.right > innerWidth)
  .map(([name]) => name);
"""
