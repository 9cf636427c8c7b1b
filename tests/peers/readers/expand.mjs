// Turns the JSON-LD on its input into N-Quads with jsonld.js, which may fetch nothing.
import jsonld from "jsonld";

const refuse = async (url) => {
  throw new Error(`a context would have to be fetched: ${url}`);
};
let text = "";
for await (const part of process.stdin) text += part;
const options = { documentLoader: refuse, format: "application/n-quads", base: "https://nowhere.invalid/" };
process.stdout.write(await jsonld.toRDF(JSON.parse(text), options));
