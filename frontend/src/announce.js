// Puts one message into the page's live region, built as text so that nothing in it becomes markup.
export function announce(text, meaning = "neutral") {
  const place = document.getElementById("messages");
  if (!place || !text) return;
  const box = document.createElement("div");
  box.className = `zs-message zs-${meaning}`;
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  place.append(box);
  if (meaning !== "bad") setTimeout(() => box.remove(), 6000);
}
