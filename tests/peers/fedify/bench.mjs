// Fedify's inbox at its least: actors that are known, a store in memory, and a listener that does nothing.
// node bench.mjs ADDRESS PORT ACTORS, where ACTORS is a file with the documents of all who will write
// Says "ready"; to each line of input it says how many messages the listener got.
import { readFileSync } from "node:fs";
import { createFederation, MemoryKvStore } from "@fedify/fedify";
import { Create } from "@fedify/vocab";
import { getDocumentLoader } from "@fedify/vocab-runtime";
import { configure } from "@logtape/logtape";
import { listen } from "./http.mjs";

const [address, port, actors] = process.argv.slice(2);
const documents = new Map(JSON.parse(readFileSync(actors)).map((each) => [each.id, each]));

/** Who writes is known: nothing is fetched. */
async function load(url) {
  const document = documents.get(url.split("#")[0]);
  if (document == null) throw new Error(`nobody at ${url}`);
  return { document, documentUrl: url, contextUrl: null };
}

await configure({
  sinks: { errors: (record) => console.error(record.level, ...record.message, JSON.stringify(record.properties)) },
  loggers: [{ category: "fedify", sinks: ["errors"], lowestLevel: "error" }, { category: ["logtape", "meta"], sinks: [] }],
});
let heard = 0;
const federation = createFederation({
  kv: new MemoryKvStore(),
  documentLoaderFactory: () => load,
  contextLoaderFactory: () => getDocumentLoader(),
});
federation.setActorDispatcher("/users/{identifier}", () => null);
federation.setInboxListeners("/users/{identifier}/inbox", "/inbox").on(Create, () => void heard++);
const options = { contextData: undefined, onNotFound: () => new Response("", { status: 404 }) };
await listen(address, Number(port), (request) => federation.fetch(request, options));
console.log("ready");
process.stdin.on("data", () => console.log(heard));
