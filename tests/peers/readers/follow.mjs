// Reads an event stream to its end with ldes-client; one line of JSON for each member: its IRI, its type and what its graph says.
import { intoConfig, replicateLDES } from "ldes-client";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const OBJECT = "https://www.w3.org/ns/activitystreams#object";

const [url, ordered, after] = process.argv.slice(2);
const client = replicateLDES(
  intoConfig({ url, noShape: true, ...(after ? { after: new Date(after) } : {}) }),
  ordered ?? "none",
);
const reader = client.stream({ highWaterMark: 10 }).getReader();
for (let read = await reader.read(); read.value; read = await reader.read()) {
  const { id, quads } = read.value;
  const said = (predicate) =>
    quads.filter((q) => q.subject.equals(id) && q.predicate.value === predicate).map((q) => q.object.value);
  const graph = quads.filter((q) => q.graph.equals(id));
  const line = { id: id.value, type: said(RDF_TYPE), object: said(OBJECT), graph: graph.map((q) => [q.subject.value, q.predicate.value, q.object.value]) };
  console.log(JSON.stringify(line));
  if (read.done) break;
}
process.exit(0);
