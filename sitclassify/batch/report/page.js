"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const LEVELS = ["high", "medium", "low"];
const NONE = "not told"; // of a row that names no application
const MOST = 25; // rows of a chart or a list
const form = document.getElementById("filters");
const number = (n) => n.toLocaleString("en");
const nameOf = (id) => data.names[id] || id;

function made(tag, attributes, ...children) {
  const isDrawn = ["svg", "g", "rect", "text", "title"].includes(tag);
  const node = isDrawn ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function show(id, node) {
  document.getElementById(id).replaceChildren(node || made("p", { class: "none" }, "none"));
}

function table(heads, rows, kinds) {
  if (!rows.length) return null;
  const cell = (value, i) => made("td", { class: kinds[i] || "" }, value instanceof Node ? value : String(value));
  return made("div", { class: "scroll" }, made("table", {},
    made("thead", {}, made("tr", {}, ...heads.map((h, i) => made("th", { class: kinds[i] || "" }, h)))),
    made("tbody", {}, ...rows.map((row) => made("tr", {}, ...row.map(cell))))));
}

/* Sums by a key: Map of key -> {level or "all": count}, the largest first. */
function sums(rows, key, part) {
  const found = new Map();
  for (const row of rows) {
    const name = key(row), kind = part ? part(row) : "all";
    if (!found.has(name)) found.set(name, {});
    found.get(name)[kind] = (found.get(name)[kind] || 0) + row[row.length - 1];
  }
  return [...found].map(([k, parts]) => [k, parts, Object.values(parts).reduce((a, b) => a + b, 0)])
    .sort((a, b) => b[2] - a[2]);
}

function cut(text, most) {
  return text.length > most ? text.slice(0, most - 1) + "\u2026" : text;
}

/* Horizontal bars; parts of one are stacked. */
function bars(items, width, wide, choose) {
  if (!items.length) return null;
  const shown = items.slice(0, MOST), height = 24, most = Math.max(...shown.map((i) => i[2]));
  const room = width - wide - 70;
  const svg = made("svg", { viewBox: `0 0 ${width} ${shown.length * height}`, role: "img" });
  shown.forEach(([name, parts, total], i) => {
    const row = made("g", choose ? { class: "row", tabindex: 0, role: "button" } : {}, made("title", {}, `${name}: ${number(total)}`));
    row.append(made("text", { x: 0, y: i * height + 16 }, cut(name, Math.floor(wide / 6.6))));
    let x = wide;
    for (const kind of [...LEVELS, "all"]) {
      if (!parts[kind]) continue;
      const length = Math.max(1, (parts[kind] / most) * room);
      row.append(made("rect", { x, y: i * height + 4, width: length, height: height - 8, class: kind === "all" ? "bar" : kind }));
      x += length;
    }
    row.append(made("text", { x: x + 6, y: i * height + 16, class: "soft" }, number(total)));
    if (choose) {
      row.addEventListener("click", () => choose(name));
      row.addEventListener("keydown", (e) => { if (e.key === "Enter") choose(name); });
    }
    svg.append(row);
  });
  return svg;
}

/* Columns over days; many days are added up to weeks or months. */
function overTime(rows) {
  const dated = rows.filter((row) => row[3]);
  if (!dated.length) return null;
  const days = new Set(dated.map((row) => row[3]));
  const length = days.size > 90 ? 7 : 10; // of the date: month or day
  const items = sums(dated, (row) => row[3].slice(0, length), (row) => row[1]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const width = 520, height = 190, base = height - 22, most = Math.max(...items.map((i) => i[2]));
  const step = Math.min(40, width / items.length);
  const svg = made("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  svg.append(made("text", { x: 0, y: 12, class: "soft" }, `${number(most)} at most`));
  items.forEach(([name, parts, total], i) => {
    const column = made("g", {}, made("title", {}, `${name}: ${number(total)}`));
    let y = base;
    for (const level of [...LEVELS].reverse()) {
      if (!parts[level]) continue;
      const size = (parts[level] / most) * (base - 22);
      y -= size;
      column.append(made("rect", { x: i * step + 1, y, width: Math.max(1, step - 2), height: size, class: level }));
    }
    svg.append(column);
  });
  svg.append(made("text", { x: 0, y: height - 5, class: "soft" }, items[0][0]));
  if (items.length > 1) {
    const end = Math.max(160, items.length * step);
    svg.append(made("text", { x: end, y: height - 5, class: "soft", "text-anchor": "end" }, items.at(-1)[0]));
  }
  return svg;
}

/* A square of the types that occur together most often. */
function together(pairs) {
  if (!pairs.length) return null;
  const weight = new Map();
  for (const [a, b, count] of pairs) for (const sit of [a, b]) weight.set(sit, (weight.get(sit) || 0) + count);
  const sits = [...weight].sort((a, b) => b[1] - a[1]).slice(0, 12).map(([sit]) => sit);
  const counts = new Map(pairs.flatMap(([a, b, n]) => [[a + "\n" + b, n], [b + "\n" + a, n]]));
  const most = Math.max(...pairs.map((p) => p[2])), wide = 210, size = Math.min(46, (520 - wide) / sits.length);
  const svg = made("svg", { viewBox: `0 0 520 ${sits.length * size + 20}`, role: "img" });
  sits.forEach((a, i) => {
    svg.append(made("text", { x: 0, y: i * size + size / 2 + 4 }, `${i + 1} ${cut(nameOf(a), 30)}`));
    svg.append(made("text", { x: wide + i * size + size / 2, y: sits.length * size + 14, class: "soft", "text-anchor": "middle" }, String(i + 1)));
    sits.forEach((b, j) => {
      const count = counts.get(a + "\n" + b) || 0;
      if (!count) return;
      const opacity = 0.15 + 0.85 * (Math.log1p(count) / Math.log1p(most));
      svg.append(made("rect", { x: wide + j * size + 1, y: i * size + 1, width: size - 2, height: size - 2, class: "cell", "fill-opacity": opacity },
        made("title", {}, `${nameOf(a)} and ${nameOf(b)}: ${number(count)}`)));
    });
  });
  return svg;
}

function asked() {
  return Object.fromEntries(["sit", "level", "application", "from", "to"].map((name) => [name, form.elements[name].value]));
}

function isShown(row, is) {
  const [, level, application, day] = row;
  return (!is.level || level === is.level) && (!is.application || (application || NONE) === is.application)
    && (!is.from || (day && day >= is.from)) && (!is.to || (day && day <= is.to));
}

/* What was asked for stands in the address too, so that it can be kept or sent. */
function remember(is) {
  const told = new URLSearchParams(Object.entries(is).filter(([, value]) => value));
  history.replaceState(null, "", "#" + told);
}

function recall() {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1)))
    if (form.elements[name]) form.elements[name].value = value;
}

function choose(sit) {
  form.elements.sit.value = form.elements.sit.value === sit ? "" : sit;
  draw();
}

function draw() {
  const is = asked();
  remember(is);
  const rest = data.cube.filter((row) => isShown(row, is));
  const rows = rest.filter((row) => !is.sit || row[0] === is.sit);
  const total = rows.reduce((sum, row) => sum + row.at(-1), 0);
  document.getElementById("shown").textContent = `${number(total)} findings`;
  const byName = new Map(Object.entries(data.names).map(([id, name]) => [name, id]));
  const types = sums(rest, (row) => row[0], (row) => row[1]).map(([id, ...more]) => [nameOf(id), ...more]);
  const chosen = is.sit ? types.filter(([name]) => byName.get(name) === is.sit) : types;
  show("types", bars(chosen, 1100, 330, (name) => choose(byName.get(name))));
  show("applications", bars(sums(rows, (row) => row[2] || NONE, (row) => row[1]), 520, 150));
  show("days", overTime(rows));
  const ofSit = (row) => !is.sit || row[row.length - 2] === is.sit;
  show("users", bars(sums(data.users.filter(ofSit), (row) => row[0]), 520, 200));
  const documents = sums(data.documents.filter(ofSit), (row) => [row[0], row[1]].filter(Boolean).join(" "));
  show("documents", table(["document", "findings"], documents.slice(0, 100).map((d) => [d[0], number(d[2])]), ["", "n"]));
  const columns = data.columns.filter((c) => !is.sit || c.sit === is.sit);
  show("columns", table(["column", "what it is", "cells", "hold one", "are one"], columns.map((c) =>
    [c.column, c.told, number(c.cells), number(c.found), number(c.whole)]), ["mono", "", "n", "n", "n"]));
  show("pairs", together(data.pairs.filter((p) => !is.sit || p[0] === is.sit || p[1] === is.sit)));
  const answers = data.answers.filter((row) => isShown(row, is));
  show("answers", bars(sums(answers, (row) => row[0], (row) => row[1]), 520, 200));
  const level = (name) => made("span", { class: `level ${name}` }, name);
  const examples = Object.entries(data.examples).filter(([sit]) => !is.sit || sit === is.sit)
    .flatMap(([sit, kept]) => kept.filter((e) => !is.level || e.level === is.level)
      .map((e) => [nameOf(sit), level(e.level), e.value || "", e.because || "its own form", e.where]));
  show("examples", table(["type", "level", "value", "because of", "where"], examples, ["", "", "mono", "", "mono"]));
}

function options(name, values, told) {
  form.elements[name].append(made("option", { value: "" }, "all"), ...values.map((v) => made("option", { value: v }, told(v))));
}

const totals = document.getElementById("totals");
for (const [name, count] of data.totals) totals.append(made("div", {}, made("b", {}, number(count)), made("span", {}, name)));
document.getElementById("about").textContent = data.about;
options("sit", sums(data.cube, (row) => row[0]).map((s) => s[0]), nameOf);
options("level", LEVELS, String);
options("application", [...new Set(data.cube.map((row) => row[2] || NONE))].sort(), String);
form.addEventListener("input", draw);
form.addEventListener("reset", () => setTimeout(draw));
form.addEventListener("submit", (e) => e.preventDefault());
recall();
draw();
