// Reads an event stream to its end with ldes-client; a line of JSON for each member: its IRI, its type, what its graph says.
import { intoConfig, replicateLDES } from "ldes-client";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const OBJECT = "https://www.w3.org/ns/activitystreams#object";

const [url] = process.argv.slice(2);
const client = replicateLDES(intoConfig({ url, noShape: true }), "ascending");
const reader = client.stream({ highWaterMark: 10 }).getReader();
for (let read = await reader.read(); read.value; read = await reader.read()) {
  const { id, quads } = read.value;
  const said = (predicate) =>
    quads.filter((q) => q.subject.equals(id) && q.predicate.value === predicate).map((q) => q.object.value);
  const graph = quads.filter((q) => q.graph.equals(id));
  const triples = graph.map((q) => [q.subject.value, q.predicate.value, q.object.value]);
  console.log(JSON.stringify({ id: id.value, type: said(RDF_TYPE), object: said(OBJECT), graph: triples }));
  if (read.done) break;
}
process.exit(0);
