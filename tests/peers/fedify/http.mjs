// HTTP as Fedify wants it: Node's requests as Request and Response, and a look at what goes in and out.
import { createServer } from "node:http";

/** The standard by which a message with these headers is signed, "" when by none. */
export function standard(headers) {
  if (headers.has("signature-input")) return "rfc9421";
  return headers.has("signature") ? "draft-cavage" : "";
}

/** Serves `answer(Request) -> Response` at a loopback address; gives the port. */
export function listen(address, port, answer) {
  const server = createServer(async (incoming, outgoing) => {
    const parts = [];
    for await (const part of incoming) parts.push(part);
    const body = Buffer.concat(parts);
    const { method, headers, url } = incoming;
    const asked = new Request(`http://${headers.host}${url}`, { method, headers, body: body.length ? body : undefined });
    const answered = await answer(asked).catch((fault) => {
      console.error("unforeseen", fault);
      return new Response(`${fault}`, { status: 500 });
    });
    const said = Buffer.from(await answered.arrayBuffer());
    outgoing.writeHead(answered.status, { ...Object.fromEntries(answered.headers), "content-length": said.length });
    outgoing.end(said);
  });
  server.keepAliveTimeout = 60_000;
  return new Promise((ready) => server.listen(port, address, () => ready(server.address().port)));
}

/**
 * Writes down every request that goes out, with its standard and the answer's status.
 * Fedify asks WebFinger for `acct:` over https alone; on loopback there is no https, so such requests go out in plain.
 */
export function watchOutgoing(sent) {
  const really = globalThis.fetch;
  globalThis.fetch = async (what, options) => {
    const plain = new URL(what instanceof Request ? what.url : what);
    if (plain.protocol === "https:" && plain.hostname.startsWith("127.")) {
      plain.protocol = "http:";
      what = what instanceof Request ? new Request(plain, what) : plain;
    }
    const headers = new Headers(options?.headers ?? (what instanceof Request ? what.headers : {}));
    const row = { method: options?.method ?? what.method ?? "GET", url: plain.href, standard: standard(headers), status: 0 };
    sent.push(row);
    const answer = await really(what, options);
    row.status = answer.status;
    return answer;
  };
}
