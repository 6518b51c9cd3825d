"use strict";
for (const table of document.querySelectorAll("table.rows")) {
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const number = head.classList.contains("n");
    const before = head.getAttribute("aria-sort");
    const up = before === null ? !number : before === "descending";
    const key = (row) => number ? Number(row.cells[column].textContent) : row.cells[column].textContent;
    const rows = Array.from(body.rows, (row, i) => ({ row, i, key: key(row) }));
    rows.sort((a, b) => (a.key === b.key ? 0 : (a.key > b.key) === up ? 1 : -1) || a.i - b.i);
    body.append(...rows.map((r) => r.row));
    heads.forEach((h) => h.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
  }));
  const input = document.querySelector('input[data-for="' + table.id + '"]');
  const shown = document.querySelector('output[data-shown="' + table.id + '"]');
  const say = (n) => { shown.textContent = n === 1 ? "1 row" : n.toLocaleString("en") + " rows"; };
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    let n = 0;
    for (const row of body.rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      n += row.hidden ? 0 : 1;
    }
    say(n);
  });
  say(body.rows.length);
}
