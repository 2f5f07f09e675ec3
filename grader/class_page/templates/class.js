"use strict";
// The page is whole without this. It sorts and filters, and makes the map one stop of the Tab key.
{
  const at = id => document.getElementById(id);
  const map = at("map"), body = map.tBodies[0], heading = map.tHead.rows[0];
  const heads = [...heading.cells], rows = [...body.rows];
  const first = heads.filter(head => !("stage" in head.dataset)).length;
  const target = cell => cell.querySelector("a, button") || cell;

  // a table whose rows are laid out by themselves loses its roles in some browsers; of a row that nobody sees they can wait
  const finish = row => {
    [...row.cells].forEach((cell, column) => { cell.role = column ? "gridcell" : "rowheader"; });
  };
  map.role = "grid";
  map.tHead.role = body.role = "rowgroup";
  for (const head of heads) head.role = "columnheader";
  body.addEventListener("contentvisibilityautostatechange", event => event.skipped || finish(event.target), true);

  // sorting
  const verdicts = {p: 2, s: -1, e: -2, n: -3};
  const share = text => { const [points, all] = text.split("/"); return all ? points / all : -1; };
  const names = new Intl.Collator(undefined, {numeric: true}).compare;
  const key = (cell, column) => {
    const text = cell.textContent.trim();
    if (column < 2) return text;
    return column < first ? (text ? parseFloat(text) : -1) : verdicts[cell.className] ?? share(text);
  };
  const sort = column => {
    const up = heads[column].ariaSort !== "ascending";
    const keyed = rows.map(row => [key(row.cells[column], column), row]);
    keyed.sort(column < 2 ? ([a], [b]) => names(a, b) : ([a], [b]) => a - b);
    if (!up) keyed.reverse();
    rows.splice(0, rows.length, ...keyed.map(([, row]) => row));
    heads.forEach((head, other) => { head.ariaSort = other === column ? (up ? "ascending" : "descending") : null; });
    body.append(...rows);
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column));
    head.append(button);
  });

  // the keys: one element of the map can be reached by Tab, the others by arrows
  let stop = target(heads[0]);
  const move = (element, focus) => {
    stop.tabIndex = -1;
    stop = element;
    stop.tabIndex = 0;
    if (focus) stop.focus();
  };
  for (const cell of [...heads, ...rows.map(row => row.cells[0])]) target(cell).tabIndex = -1;
  move(stop, false);
  map.addEventListener("focusin", event => move(event.target, false));
  map.addEventListener("keydown", event => {
    const cell = event.target.closest("th, td");
    if (!cell || event.altKey || event.metaKey) return;
    const lines = [heading, ...rows.filter(row => !row.hidden)], low = lines.length - 1;
    const line = lines.indexOf(cell.parentElement), column = cell.cellIndex, far = event.ctrlKey;
    const there = {
      ArrowUp: [line - 1, column], ArrowDown: [line + 1, column], ArrowLeft: [line, column - 1],
      ArrowRight: [line, column + 1], Home: [far ? 0 : line, 0], End: [far ? low : line, heads.length - 1],
      PageUp: [Math.max(0, line - 10), column], PageDown: [Math.min(low, line + 10), column],
    }[event.key];
    if (!there) return;
    event.preventDefault();
    const next = lines[there[0]], to = next?.cells[there[1]];
    if (to) move(target(to), true);
  });

  // filtering
  const plain = text => text.normalize("NFC").toLowerCase();
  const fails = (row, what) => !what || (what[0] === "s"
    ? row.cells[first + Number(what.slice(1))].className[0] === "f"
    : (row.dataset.fails || "").split(" ").includes(what));
  const filter = () => {
    const name = plain(at("name").value.trim()), outcome = at("outcome").value, what = at("fails").value;
    for (const row of rows)
      row.hidden = !(plain(row.cells[0].textContent).includes(name)
        && (!outcome || row.cells[1].textContent === outcome) && fails(row, what));
    at("count").value = `${rows.filter(row => !row.hidden).length} of ${rows.length} shown`;
    if (stop.closest("tr").hidden) move(target(heads[0]), false);
  };
  at("filter").addEventListener("input", filter);
  at("filter").addEventListener("submit", event => event.preventDefault());
  at("filter").addEventListener("reset", () => setTimeout(filter));
  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-fails]");
    if (!link) return;
    at("name").value = at("outcome").value = "";
    at("fails").value = link.dataset.fails;
    filter();
  });
  at("filter").hidden = at("keys").hidden = false;
  at("count").value = `${rows.length} of ${rows.length} shown`;
}
