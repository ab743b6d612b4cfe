import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";
import { wrapRequests } from "../../../src/edits/http/wrap-requests.ts";
import { EditList } from "../../../src/edits/text/edit-list.ts";

function wrapped(text: string, ownLines: readonly string[] = []): string {
  const edits = new EditList();
  wrapRequests(createModel(parseSource(text)), edits, new Set(ownLines));
  return edits.applyTo(text).text;
}

/** Lines that are parts of functions, each longer than a line may be, and what becomes of them. */
describe("wrapRequests", () => {
  it("leaves alone: another function", () => {
    const text = `const send = (url, options) => [url, options];

async function lambda(input) {
  return send(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, { method: "PATCH", headers: { Accept: "application/json" } });
}
`;
    expect(wrapped(text)).toBe(text);
  });

  it("leaves alone: a line that the user wrote", () => {
    const line =
      'const response = await fetch("https://desk.example.com/tickets/closed", { method: "PATCH", headers: { Accept: "application/json" } });';
    const text = `async function lambda(input) {\n  ${line}\n  return response.json();\n}\n`;
    expect(wrapped(text, [line])).toBe(text);
    expect(wrapped(text)).not.toBe(text);
  });

  it("breaks the last literal, and another one where the line is still too long", () => {
    const call = (options: string): string =>
      `async function lambda(input) {\n  const response = await fetch(withQuery("https://desk.example.com/tickets", ${options});\n}\n`;
    const long = '{ customer: input.payload.customer, state: "open", agent: input.payload.agent }';
    expect(wrapped(call('{ state: "open" }), { method: "PATCH", headers: { Accept: "application/json" } }'))).toBe(
      call('{ state: "open" }), {\n    method: "PATCH",\n    headers: { Accept: "application/json" },\n  }'),
    );
    expect(wrapped(call(`${long}), { method: "PATCH" }`))).toBe(
      call(
        '{\n    customer: input.payload.customer,\n    state: "open",\n    agent: input.payload.agent,\n  }), {\n    method: "PATCH",\n  }',
      ),
    );
  });

  it("leaves alone: comment in options", () => {
    const text = `async function lambda(input) {
  const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, { method: "PATCH", /* as the desk wants it */ body: "{}" });
  return response.json();
}
`;
    expect(wrapped(text)).toBe(text);
  });

  it("breaks: crlf line endings", () => {
    expect(
      wrapped(`async function lambda(input) {\r
  const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, { method: "PATCH", headers: { Accept: "application/json" } });\r
  return response.json();\r
}\r
`),
    ).toBe(`async function lambda(input) {\r
  const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, {\r
    method: "PATCH",\r
    headers: { Accept: "application/json" },\r
  });\r
  return response.json();\r
}\r
`);
  });

  it("breaks: in a then", () => {
    expect(
      wrapped(`async function lambda(input) {
  return fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, { headers: { Accept: "application/json" } }).then((response) => response.json());
}
`),
    ).toBe(`async function lambda(input) {
  return fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, {
    headers: { Accept: "application/json" },
  }).then((response) => response.json());
}
`);
  });

  it("breaks: long headers", () => {
    expect(
      wrapped(`async function lambda(input) {
	const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, { headers: { Accept: "application/json", "Content-Type": "application/json", "X-Desk": input.payload.desk, "X-Agent": input.payload.agent }, method: "PUT" });
	const second = await fetch("https://desk.example.com/agents", {
		headers: new Headers({ Accept: "application/json", "Content-Type": "application/json", "X-Desk": input.payload.desk, "X-Agent": input.payload.agent }),
	});
	return [await response.json(), await second.json()];
}
`),
    ).toBe(`async function lambda(input) {
	const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, {
		headers: {
			Accept: "application/json",
			"Content-Type": "application/json",
			"X-Desk": input.payload.desk,
			"X-Agent": input.payload.agent,
		},
		method: "PUT",
	});
	const second = await fetch("https://desk.example.com/agents", {
		headers: new Headers({
			Accept: "application/json",
			"Content-Type": "application/json",
			"X-Desk": input.payload.desk,
			"X-Agent": input.payload.agent,
		}),
	});
	return [await response.json(), await second.json()];
}
`);
  });

  it("leaves alone: no options", () => {
    const text = `async function lambda(input) {
  return fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}/\${input.payload.part}/\${input.payload.page}/\${input.payload.line}\`, {});
}
`;
    expect(wrapped(text)).toBe(text);
  });

  it("breaks: one line", () => {
    expect(
      wrapped(`async function lambda(input) {
  const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, { method: "PATCH", headers: { Accept: "application/json" } });
  return response.json();
}
`),
    ).toBe(`async function lambda(input) {
  const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, {
    method: "PATCH",
    headers: { Accept: "application/json" },
  });
  return response.json();
}
`);
  });

  it("leaves alone: options in a constant", () => {
    const text = `async function lambda(input) {
  const options = { method: "PATCH", headers: { Accept: "application/json", "X-Desk": input.payload.desk, "X-Agent": "7" } };
  const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, options);
  return response.json();
}
`;
    expect(wrapped(text)).toBe(text);
  });

  it("leaves alone: short line", () => {
    const text = `async function lambda(input) {
  const response = await fetch(\`https://desk.example.com/\${input.payload.ticket}\`, { method: "PATCH" });
  return response.json();
}
`;
    expect(wrapped(text)).toBe(text);
  });

  it("leaves alone: text of several lines", () => {
    const text = `async function lambda(input) {
  const response = await fetch("https://desk.example.com/tickets", {
    method: "POST",
    body: \`first line of a text that is long enough to be too long for one line of code, which it has to be for this case
second line\`,
  });
  return response.json();
}
`;
    expect(wrapped(text)).toBe(text);
  });

  it("breaks: trailing comma and spread", () => {
    expect(
      wrapped(`async function lambda(input) {
  const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, {...input.options, method: "PATCH", body: input.text,});
  return response.json();
}
`),
    ).toBe(`async function lambda(input) {
  const response = await fetch(\`https://desk.example.com/tickets/\${input.payload.ticket}\`, {
    ...input.options,
    method: "PATCH",
    body: input.text,
  });
  return response.json();
}
`);
  });

  it("breaks: two requests of one line", () => {
    expect(
      wrapped(`async function lambda(input) {
  return Promise.all([fetch("https://desk.example.com/1", { headers: { Accept: "application/json" } }), fetch("https://desk.example.com/2", { headers: { Accept: "application/json" } })]);
}
`),
    ).toBe(`async function lambda(input) {
  return Promise.all([fetch("https://desk.example.com/1", {
    headers: { Accept: "application/json" },
  }), fetch("https://desk.example.com/2", { headers: { Accept: "application/json" } })]);
}
`);
  });
});
