// @ts-nocheck
// The script of the report's page. It writes texts of users as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);

  /** An element with properties and children; a string is a text. */
  function make(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (value !== undefined) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== undefined));
    return element;
  }

  function countOf(count, noun) {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
  }

  /** A sentence of the tool, in which back quotes mark code. */
  function sentence(text) {
    return text.split("`").map((part, index) => (index % 2 === 1 ? make("code", {}, part) : part));
  }

  function remarkItem(file, { id, message, line, column, docs, accepted }) {
    const place = make("span", { class: "code dim" }, `${file.path}:${line}:${column}`);
    return make(
      "li",
      {},
      place,
      " ",
      ...sentence(message),
      " ",
      make("a", { href: docs }, id),
      accepted ? ` accepted: ${accepted}` : "",
    );
  }

  function remarkList(title, files, kind) {
    const items = files.flatMap((file) => file[kind].map((remark) => remarkItem(file, remark)));
    return items.length === 0 ? [] : [make("h3", {}, title), make("ul", {}, ...items)];
  }

  function cells(cell, kind) {
    if (cell === null) return [make("td", { class: "number" }), make("td", {})];
    const mark = { removed: "- ", added: "+ ", same: "  " }[kind];
    return [make("td", { class: "number" }, String(cell[0])), make("td", { class: kind }, mark + cell[1])];
  }

  function diffTable(file) {
    if (file.hunks === null)
      return make("p", {}, `The two texts of ${file.path} differ too much to be shown side by side.`);
    const bodies = file.hunks.map((rows) =>
      make(
        "tbody",
        {},
        ...rows.map(([left, right]) => {
          const isSame = left !== null && right !== null && left[1] === right[1];
          return make(
            "tr",
            {},
            ...cells(left, isSame ? "same" : "removed"),
            ...cells(right, isSame ? "same" : "added"),
          );
        }),
      ),
    );
    const head = make(
      "tr",
      {},
      make("th", { scope: "colgroup", colspan: "2" }, "Before"),
      make("th", { scope: "colgroup", colspan: "2" }, "After"),
    );
    const columns = ["number", "text", "number", "text"].map((name) => make("col", { class: name }));
    const table = make("table", { class: "diff" }, make("caption", { class: "dim" }, file.path));
    table.append(make("colgroup", {}, ...columns), make("thead", {}, head), ...bodies);
    return make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": `Changes of ${file.path}` },
      table,
    );
  }

  /** Reports that are put together from JSON hold no code. */
  function unseen(file) {
    const text = `The change of ${file.path} is not shown: this page was made from JSON reports, which hold no code.`;
    return make("p", { class: "dim" }, text);
  }

  function content({ files }) {
    const proofs = files.flatMap(({ proof }) =>
      proof ? [make("p", { class: `proof-${proof.kind}` }, proof.text)] : [],
    );
    return make(
      "div",
      { class: "content" },
      ...proofs,
      ...remarkList("What needs you", files, "reasons"),
      ...remarkList("Changes that your callers may notice", files, "differences"),
      ...remarkList("Before you deploy", files, "followUps"),
      ...files.filter(({ hunks }) => hunks !== undefined).map(diffTable),
      ...files.filter(({ isUnseen }) => isUnseen).map(unseen),
    );
  }

  /** One function; what it holds is built when it is opened, so that a thousand of them are there at once. */
  function card(view) {
    const status = make("span", { class: `status ${view.status.split(" ")[0]}` }, view.status);
    const reasons = view.files.reduce((sum, file) => sum + file.reasons.length, 0);
    const more = reasons > 0 ? `, ${countOf(reasons, "reason")}` : "";
    const label = make("span", { class: "dim" }, ` ${view.verdict}${more}`);
    const element = make("details", {}, make("summary", {}, status, make("span", { class: "name" }, view.name), label));
    element.addEventListener("toggle", () => {
      if (element.open && element.children.length === 1) element.append(content(view));
    });
    return element;
  }

  const ids = [
    ...new Set(data.functions.flatMap(({ files }) => files.flatMap(({ reasons }) => reasons.map(({ id }) => id)))),
  ].sort();
  const entries = data.functions.map((view) => {
    const item = make("li", {}, card(view));
    const remarks = view.files.flatMap((file) => [...file.reasons, ...file.differences, ...file.followUps]);
    const text = [view.name, view.path, ...remarks.flatMap(({ id, message }) => [id, message])]
      .join("\n")
      .toLowerCase();
    return { view, item, text, ids: new Set(view.files.flatMap(({ reasons }) => reasons.map(({ id }) => id))) };
  });
  const count = (status) => data.functions.filter((view) => view.status === status).length;

  const search = make("input", { type: "search", id: "search", autocomplete: "off" });
  const reason = make("select", { id: "reason" }, make("option", { value: "" }, "any"));
  reason.append(...ids.map((id) => make("option", { value: id }, id)));
  const statuses = [
    ["all", data.functions.length],
    ["needs you", count("needs you")],
    ["ready", count("ready")],
    ["unchanged", count("unchanged")],
    ...(count("accepted") > 0 ? [["accepted", count("accepted")]] : []),
  ];
  const radios = statuses.map(([status, number], index) => {
    const input = make("input", {
      type: "radio",
      name: "status",
      value: status,
      checked: index === 0 ? "" : undefined,
    });
    return make("label", {}, input, ` ${status} (${number})`);
  });
  const shown = make("p", { role: "status", class: "dim" });

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const status = document.querySelector("input[name=status]:checked").value;
    let visible = 0;
    for (const entry of entries) {
      const isShown =
        (status === "all" || entry.view.status === status) &&
        (reason.value === "" || entry.ids.has(reason.value)) &&
        words.every((word) => entry.text.includes(word));
      entry.item.hidden = !isShown;
      if (isShown) visible += 1;
    }
    shown.textContent = `${visible} of ${countOf(entries.length, "function")}`;
  }

  const ready = data.functions.length - count("needs you");
  const percent = data.functions.length === 0 ? 100 : Math.floor((100 * ready) / data.functions.length);
  const meterText = `${percent} % of the functions need nobody`;
  const facts = `faas-migrate ${data.version}, style ${data.style}${data.dryRun ? ", nothing was written" : ""}`;
  const main = make("main", {}, make("h1", {}, "Migration report"), make("p", { class: "dim" }, facts));
  main.append(
    make("meter", { min: "0", max: "100", value: String(percent), "aria-label": meterText }),
    make(
      "p",
      {},
      `${meterText}: ${statuses
        .slice(1)
        .map(([status, number]) => `${number} ${status === "needs you" && number !== 1 ? "need you" : status}`)
        .join(", ")}`,
    ),
    ...data.errors.map(({ path, message }) => make("p", { class: "error" }, `${path} ${message}`)),
  );
  if (data.checklist.length > 0) {
    main.append(
      make("h2", {}, `Before you deploy (${data.checklist.length})`),
      make(
        "ul",
        { class: "plain" },
        ...data.checklist.map(({ id, message, places, docs }) => {
          const box = make("input", { type: "checkbox" });
          const where = make(
            "span",
            { class: "code dim" },
            ` ${places.slice(0, 3).join(" ")}${places.length > 3 ? " …" : ""}`,
          );
          return make(
            "li",
            {},
            make("label", {}, box, " ", ...sentence(message)),
            " ",
            make("a", { href: docs }, id),
            where,
          );
        }),
      ),
    );
  }
  main.append(
    make("h2", {}, `Functions (${data.functions.length})`),
    make(
      "div",
      { class: "controls", role: "search" },
      make("div", {}, make("label", { for: "search" }, "Search (press /)"), search),
      make("div", {}, make("label", { for: "reason" }, "Reason"), reason),
      make("fieldset", {}, make("legend", {}, "Show"), ...radios),
    ),
    shown,
    make("ul", { class: "plain", id: "functions" }, ...entries.map(({ item }) => item)),
  );
  if (data.around.length > 0) {
    main.append(
      make("h2", {}, "Files around them"),
      make("ul", { class: "plain" }, ...data.around.map((view) => make("li", {}, card(view)))),
    );
  }
  if (data.repeated.length > 0) {
    const items = data.repeated.map(({ name, places }) =>
      make("li", {}, make("span", { class: "code" }, name), " ", make("span", { class: "code dim" }, places.join(" "))),
    );
    main.append(
      make("h2", {}, `Same code in several files (${data.repeated.length})`),
      make("p", { class: "dim" }, "Only a hint."),
      make("ul", { class: "plain" }, ...items),
    );
  }
  document.body.append(main);
  main.addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    const isTyping = ["INPUT", "SELECT", "TEXTAREA"].includes(document.activeElement?.tagName);
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === "Escape" && document.activeElement === search) {
      search.value = "";
      filter();
    }
  });
  filter();
})();
