// A server built with Fedify, on a loopback address. Obeys one order per line of its input, as JSON, and answers each with one line.
// node peer.mjs ADDRESS PORT STANDARD, where STANDARD is what it signs with first: draft-cavage or rfc9421
import { createInterface } from "node:readline";
import { parseNodeInfo } from "@fedify/fedify/nodeinfo";
import { verifyProof, verifyRequest } from "@fedify/fedify/sig";
import * as vocab from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";
import { configure } from "@logtape/logtape";
import { accept, found, House } from "./house.mjs";
import { listen, standard, watchOutgoing } from "./http.mjs";

const [address, port, first] = process.argv.slice(2);
const ORIGIN = `http://${address}:${port}`;
const PUBLIC = vocab.PUBLIC_COLLECTION;
const house = new House();
const sent = [];
const received = [];

/** Who may be believed to have signed a message, and which proofs of it hold, in Fedify's own judgement. */
async function judge(ctx, request) {
  const json = await request.clone().json();
  const row = { type: json.type, id: json.id, body: json, standard: standard(request.headers), key: null, proofs: [], status: 0 };
  row.key = (await verifyRequest(request.clone(), ctx))?.id?.href ?? null;
  for (const [part, whole] of [["activity", json], ["object", json.object]]) {
    if (whole?.proof == null) continue;
    row.proofs.push(...(await proofs(ctx, part, whole).catch((error) => [{ part, holds: false, error: `${error}` }])));
  }
  return row;
}

async function proofs(ctx, part, whole) {
  const found = [];
  const read = await vocab.Object.fromJsonLd(whole, ctx);
  for await (const proof of read.getProofs(ctx)) {
    const key = await verifyProof(whole, proof, ctx);
    found.push({ part, method: proof.verificationMethodId?.href, holds: key != null, owner: key?.controllerId?.href });
  }
  return found;
}

async function answer(request) {
  const options = { contextData: undefined, onNotFound: () => new Response("", { status: 404 }) };
  if (request.method !== "POST") {
    received.push({ type: "GET", id: request.url, standard: standard(request.headers), agent: request.headers.get("user-agent") });
    return await federation.fetch(request, options);
  }
  const row = await judge(context(), request);
  received.push(row);
  const answered = await federation.fetch(request, options);
  row.status = answered.status;
  return answered;
}

const context = () => federation.createContext(new URL(ORIGIN));

/** What Fedify reads in a thing. */
async function reading(ctx, thing) {
  if (thing == null) return null;
  const read = { kind: thing.constructor.name, id: thing.id?.href, name: thing.name?.toString(), summary: thing.summary?.toString() };
  read.content = thing.content?.toString();
  if (vocab.isActor(thing)) {
    const [keys, methods] = [[], []];
    for await (const key of thing.getPublicKeys(ctx)) keys.push(key.id.href);
    for await (const method of thing.getAssertionMethods(ctx)) methods.push(method.id.href);
    return { ...read, username: thing.preferredUsername, inbox: thing.inboxId?.href, keys, methods };
  }
  if (thing instanceof vocab.Collection) {
    const items = [];
    for await (const item of vocab.traverseCollection ? vocab.traverseCollection(thing, ctx) : thing.getItems(ctx)) items.push(item.id?.href);
    return { ...read, total: thing.totalItems, items };
  }
  return { ...read, author: thing.attributionId?.href, replies: thing.repliesId?.href, url: thing.url?.href?.href ?? thing.url?.href };
}

/** A new thing of ours, served from now on unless it is to be withheld. */
function write(ctx, author, { type, inReplyTo, startTime, withheld, ...values }, audience) {
  const path = `/${type.toLowerCase()}s/${crypto.randomUUID()}`;
  if (inReplyTo) values.replyTarget = new URL(inReplyTo);
  if (startTime) values.startTime = Temporal.Instant.from(startTime);
  if (audience) values.audience = audience;
  const made = new vocab[type]({
    id: new URL(path, ORIGIN),
    attribution: author,
    tos: [PUBLIC, ...(audience ? [audience] : [])],
    cc: ctx.getFollowersUri("ana"),
    published: Temporal.Now.instant(),
    url: new URL(path, ORIGIN),
    ...values,
  });
  if (!withheld) house.things.set(path, made);
  return made;
}

/** The object of what is said: one of ours, whole where that is usual; the address of another's; or something new. */
async function objectOf(ctx, order, author) {
  if (typeof order.object !== "string") return write(ctx, author, order.object, order.audience && new URL(order.audience));
  if (order.object === author.href && order.verb === "Update") return await federation.createContext(new Request(ORIGIN)).getActor(order.by);
  const known = order.object.startsWith(ORIGIN) ? house.at(order.object) : null;
  if (known == null) return new URL(order.object);
  if (order.verb === "Update") {
    const changed = known.clone({ ...order.change, updated: Temporal.Now.instant() });
    house.things.set(known.id.pathname, changed);
    return changed;
  }
  if (order.verb === "Delete") {
    house.things.delete(known.id.pathname);
    return new vocab.Tombstone({ id: known.id, deleted: Temporal.Now.instant() });
  }
  return known;
}

async function say(order) {
  const ctx = context();
  const author = ctx.getActorUri(order.by);
  const path = `/acts/${crypto.randomUUID()}`;
  const object = await objectOf(ctx, order, author);
  const tos = [PUBLIC, ...(order.audience ? [new URL(order.audience)] : [])];
  const activity = new vocab[order.verb]({ id: new URL(path, ORIGIN), actor: author, object, tos, cc: ctx.getFollowersUri(order.by) });
  house.things.set(path, activity);
  house.said.push(activity);
  const from = sent.length;
  let to = [...house.followers.get(order.by).values()];
  if (order.deliver) to = await Promise.all(order.deliver.map((each) => ctx.lookupObject(each)));
  await ctx.sendActivity({ identifier: order.by }, to, activity, { preferSharedInbox: order.shared ?? true });
  const posted = sent.slice(from).filter((each) => each.method === "POST");
  return { id: activity.id.href, object: object.id?.href ?? object.href, sent: posted };
}

const orders = {
  say,
  async lookup({ what, by }) {
    const ctx = context();
    const documentLoader = by ? await ctx.getDocumentLoader({ identifier: by }) : undefined;
    return await reading(ctx, await ctx.lookupObject(what, { documentLoader }));
  },
  async webfinger({ what }) {
    return await context().lookupWebFinger(what);
  },
  async nodeinfo({ url }) {
    const known = await (await fetch(new URL("/.well-known/nodeinfo", url))).json();
    return parseNodeInfo(await (await fetch(known.links.find((each) => each.rel.endsWith("/2.1")).href)).json());
  },
  async accept({ follow }) {
    await accept(context(), house, house.heard.find((each) => each.id.href === follow));
    return true;
  },
  answers({ atOnce }) {
    house.answersAtOnce = atOnce;
    return true;
  },
  rename({ by, name }) {
    house.names[by] = name;
    return true;
  },
  received: () => received,
  heard: () => Promise.all(house.heard.map(async (each) => ({ type: each.constructor.name, object: await reading(context(), await each.getObject(context()).catch(() => null)) }))),
  followers: ({ by }) => [...house.followers.get(by).keys()],
};

await configure({
  sinks: { errors: (record) => console.error(record.category.join("."), record.level, ...record.message, JSON.stringify(record.properties)) },
  loggers: [
    { category: "fedify", sinks: ["errors"], lowestLevel: process.env.PEER_LOG ?? "warning" },
    { category: ["logtape", "meta"], sinks: ["errors"], lowestLevel: "error" },
  ],
});
watchOutgoing(sent);
const federation = await found(house, first);
await listen(address, Number(port), answer);
console.log(JSON.stringify({ ready: ORIGIN }));
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  try {
    console.log(JSON.stringify({ done: (await orders[order.do](order)) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ failed: `${error?.stack ?? error}` }));
  }
}
process.exit(0);
