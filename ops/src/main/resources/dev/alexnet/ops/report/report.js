"use strict";
(() => {
  const table = document.getElementById("class-table");
  if (!table) {
    return;
  }
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const order = new Intl.Collator("en", { numeric: true });

  const valueOf = (row, column) => row.cells[column].dataset.value;

  function sort(column) {
    const heading = headings[column];
    const isNumber = heading.classList.contains("number");
    const first = isNumber ? "descending" : "ascending";
    const second = isNumber ? "ascending" : "descending";
    const wanted = heading.getAttribute("aria-sort") === first ? second : first;
    const sign = wanted === "ascending" ? 1 : -1;
    const rows = [...body.rows];
    rows.sort((one, other) => {
      const a = valueOf(one, column);
      const b = valueOf(other, column);
      return sign * (isNumber ? a - b : order.compare(a, b));
    });
    headings.forEach((each) => each.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", wanted);
    body.append(...rows);
  }

  headings.forEach((heading, column) => {
    heading.querySelector("button").addEventListener("click", () => sort(column));
  });

  const search = document.getElementById("search");
  const found = document.getElementById("found");
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    found.textContent = shown === body.rows.length
      ? `${shown} classes`
      : `${shown} of ${body.rows.length} classes`;
  });
})();
