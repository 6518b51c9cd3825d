"use strict";
for (const table of document.querySelectorAll("table.rows")) {
  const find = (what) => document.querySelector("[data-" + what + '="' + table.id + '"]');
  const [first, rest] = table.tBodies;
  const size = first.rows.length;
  const rows = Array.from(table.tBodies).flatMap((body) => Array.from(body.rows));
  const heads = Array.from(table.tHead.rows[0].cells);
  const input = find("for");
  const shown = find("shown");
  const all = find("all");
  let open = !rest;
  const text = (n) => n === 1 ? "1 row" : n.toLocaleString("en") + " rows";
  const say = (n) => { shown.textContent = open ? text(n) : "the first " + n + " of " + text(rows.length); };
  const unfold = () => {
    open = true;
    if (rest) { rest.hidden = false; all.hidden = true; }
  };
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const number = head.classList.contains("n");
    const before = head.getAttribute("aria-sort");
    const up = before === null ? !number : before === "descending";
    const key = (row) => number ? Number(row.cells[column].textContent) : row.cells[column].textContent;
    const keyed = rows.map((row, i) => ({ row, i, key: key(row) }));
    keyed.sort((a, b) => (a.key === b.key ? 0 : (a.key > b.key) === up ? 1 : -1) || a.i - b.i);
    keyed.forEach((r, i) => { rows[i] = r.row; });
    first.replaceChildren(...rows.slice(0, size));
    if (rest) { rest.replaceChildren(...rows.slice(size)); }
    heads.forEach((h) => h.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
  }));
  input.addEventListener("input", () => {
    unfold();
    const wanted = input.value.toLowerCase();
    let n = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      n += row.hidden ? 0 : 1;
    }
    say(n);
  });
  if (all) {
    all.addEventListener("click", () => { unfold(); say(rows.length); });
  }
  say(size);
}
