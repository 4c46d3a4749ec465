// The pages work without this script; it saves reloads, tells progress as it comes, and adds keys.
"use strict";

// A form with data-swap is sent in the background, and its answer takes the place of the desk.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-swap]")) {
    for (const button of form.querySelectorAll("button")) setTimeout(() => (button.disabled = true));
    return;
  }
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const aside = document.querySelector("[data-desk] aside");
  const at = [scrollY, aside ? aside.scrollTop : 0];
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const desk = page.querySelector("[data-desk]");
    if (!answer.ok || !desk) throw new Error(page.querySelector(".problem")?.textContent);
    document.querySelector("[data-desk]").replaceWith(desk);
    enhance(desk);
  } catch (error) {
    alert(`The decision was not stored. ${error.message || "Is the service still running?"}`);
    return;
  }
  scrollTo(0, at[0]);
  const renewed = document.querySelector("[data-desk] aside");
  if (renewed) renewed.scrollTop = at[1];
  select(chosen, false);
});

// n and p go from edit to edit, a and r decide.
let chosen = null;

function select(id, scroll = true) {
  const entry = id && document.querySelector(`[data-edit="${CSS.escape(id)}"]`);
  for (const old of document.querySelectorAll(".now")) old.classList.remove("now");
  if (!entry) return;
  chosen = id;
  const place = document.getElementById(`at-${id}`);
  entry.classList.add("now");
  place?.classList.add("now");
  if (!scroll) return;
  place?.scrollIntoView({ block: "center" });
  const aside = entry.closest("aside");
  if (aside) aside.scrollTop += entry.getBoundingClientRect().top - aside.getBoundingClientRect().top - 80;
}

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const ids = [...document.querySelectorAll("[data-edit]")].map((entry) => entry.dataset.edit);
  if (!ids.length) return;
  const now = ids.indexOf(chosen);
  if (event.key === "n") select(ids[Math.min(now + 1, ids.length - 1)]);
  if (event.key === "p") select(ids[Math.max(now - 1, 0)]);
  const wanted = { a: "accept", r: "reject" }[event.key];
  if (wanted && chosen) document.querySelector(`[data-edit="${CSS.escape(chosen)}"] button[name="${wanted}"]`)?.click();
});

document.addEventListener("click", async (event) => {
  const change = event.target.closest(".change");
  if (change && matchMedia("(min-width: 52rem)").matches && document.querySelector("[data-edit]")) {
    event.preventDefault();
    select(change.id.replace("at-", ""));
  }
  const filler = event.target.closest("[data-fill]");
  if (filler) {
    const field = document.querySelector(`[name="${filler.dataset.fill}"]`);
    field.value = filler.dataset.value;
    field.focus();
  }
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    await navigator.clipboard.writeText(document.querySelector(copier.dataset.copy).textContent);
    copier.textContent = "Copied";
  }
});

// A run tells what it does; a draft's sections show as they are written.
function follow(list) {
  const source = new EventSource(list.dataset.events);
  const leave = () => {
    source.close();
    location.replace(list.dataset.then);
  };
  for (const step of list.querySelectorAll("[data-stage]")) {
    source.addEventListener(step.dataset.stage, (event) => {
      const detail = JSON.parse(event.data);
      const line = document.createElement("li");
      const told = Object.entries(detail).filter(([name, value]) => name !== "text" && typeof value !== "object");
      line.textContent = step.textContent + (told.length ? ` (${told.map(([k, v]) => (k === "name" ? v : `${k.replaceAll("_", " ")} ${v}`)).join(", ")})` : "");
      list.append(line);
      if (step.dataset.stage === "section" && detail.text) {
        const paragraph = document.createElement("p");
        paragraph.textContent = detail.text;
        document.querySelector("[data-growing]").append(paragraph);
      }
    });
  }
  source.addEventListener("done", leave);
  source.addEventListener("failed", leave);
  source.addEventListener("cancelled", leave);
  // The stream ends with the run; before that the browser opens it again by itself.
  source.onerror = async () => {
    const job = await fetch(list.dataset.events.replace(/\/events$/, "")).then((answer) => answer.json()).catch(() => null);
    if (job && job.state !== "running") leave();
  };
}

function suggest(field) {
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (field.value.trim().length < 2) return;
      const answer = await fetch(`/v1/films?limit=8&title=${encodeURIComponent(field.value.trim())}`);
      if (!answer.ok) return;
      const options = (await answer.json()).films.map((film) => {
        const option = document.createElement("option");
        option.value = film.year ? `${film.title} (${film.year})` : film.title;
        option.label = film.directors.join(", ");
        return option;
      });
      field.list.replaceChildren(...options);
    }, 150);
  });
}

function droppable(area) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.toggle("over", kind === "dragover");
    });
  }
  area.addEventListener("drop", async (event) => {
    const file = event.dataTransfer.files[0];
    area.value = file ? await file.text() : event.dataTransfer.getData("text");
    area.dispatchEvent(new Event("input"));
  });
}

// Chosen files become JSON Lines, one article a line; JSON Lines are added as they are.
function choosable(label) {
  label.hidden = false;
  const area = label.closest("form").querySelector("textarea");
  label.querySelector("input").addEventListener("change", async (event) => {
    for (const file of event.target.files) {
      const text = await file.text();
      const lines = file.name.endsWith(".jsonl") ? text.trim() : JSON.stringify({ id: file.name, text });
      area.value += (area.value.trim() ? "\n" : "") + lines;
    }
    area.dispatchEvent(new Event("input"));
  });
}

function counted(area) {
  const shown = document.createElement("span");
  shown.className = "counted";
  area.after(shown);
  const count = () => {
    const apart = area.dataset.count === "line" ? /\n/ : /\s+/;
    const number = area.value.split(apart).filter((part) => part.trim()).length;
    shown.textContent = `${number} ${area.dataset.count}${number === 1 ? "" : "s"}`;
  };
  area.addEventListener("input", count);
  count();
}

function enhance(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  root.querySelectorAll("[data-events]").forEach(follow);
  root.querySelectorAll("[data-films]").forEach(suggest);
  root.querySelectorAll("[data-drop]").forEach(droppable);
  root.querySelectorAll("[data-choose]").forEach(choosable);
  root.querySelectorAll("[data-count]").forEach(counted);
}

// A link to what is folded up unfolds it.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && (target.closest("details") || target.parentElement.querySelector(":scope > details"));
  if (folded) folded.open = true;
}
addEventListener("hashchange", unfold);
unfold();

addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
});
enhance(document);
