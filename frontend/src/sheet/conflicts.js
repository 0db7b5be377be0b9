// Two people wrote about one item: both are shown side by side, and the person at the sheet chooses.
import { labelled } from "./items.js";

function column(title, item, values, other, button) {
  const side = document.createElement("div");
  const head = document.createElement("strong");
  head.textContent = title;
  const list = document.createElement("dl");
  for (const name of Object.keys(values)) {
    const [words, value] = labelled(item, name, values[name]);
    const term = document.createElement("dt");
    const said = document.createElement("dd");
    term.textContent = words;
    said.textContent = value;
    if (values[name] !== other[name]) said.className = "is-different";
    list.append(term, said);
  }
  side.append(head, list, button);
  return side;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-plain";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

export function showConflict(item, change, words, choose) {
  const place = item.querySelector("[data-conflict]");
  const theirs = change.theirs;
  const title = words.theirs.replace("{who}", theirs.by || "").replace("{when}", theirs.at || "");
  const note = document.createElement("p");
  note.textContent = words.conflict;
  const sides = document.createElement("div");
  sides.className = "zs-sides";
  sides.append(
    column(words.mine, item, change.values, theirs.values, button(words.keepMine, () => choose(change, change.values))),
    column(title, item, theirs.values, change.values, button(words.takeTheirs, () => choose(change, theirs.values))),
  );
  place.replaceChildren(note, sides);
  place.hidden = false;
}

export function hideConflict(item) {
  const place = item.querySelector("[data-conflict]");
  if (place) {
    place.replaceChildren();
    place.hidden = true;
  }
}
