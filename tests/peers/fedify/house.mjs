// The peer's house: a person, a group, what they wrote, who follows them; and Fedify around it.
import { createFederationBuilder, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import {
  Accept, Activity, Announce, Article, Create, Endpoints, Event, Follow, Group, Image, Join, Note, Person, Undo,
} from "@fedify/vocab";

const STANDARDS = { "draft-cavage": "draft-cavage-http-signatures-12", rfc9421: "rfc9421" };
const KINDS = { ana: Person, cercle: Group };

export class House {
  names = { ana: "Ana Álvarez", cercle: "Cercle de lecture" };
  things = new Map(); // path → what is served there
  said = []; // activities of ours, newest last
  followers = new Map(Object.keys(KINDS).map((name) => [name, new Map()]));
  answersAtOnce = true;
  heard = []; // activities that reached a listener
  keys = new Map();

  /** What is served at an address. */
  at(address) {
    return this.things.get(new URL(address).pathname);
  }
}

async function keyPairs(house, name) {
  if (!house.keys.has(name)) {
    house.keys.set(name, [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")]);
  }
  return house.keys.get(name);
}

async function actor(ctx, house, name) {
  const Kind = KINDS[name];
  if (Kind == null) return null;
  const keys = await ctx.getActorKeyPairs(name);
  return new Kind({
    id: ctx.getActorUri(name),
    preferredUsername: name,
    name: house.names[name],
    summary: "<p>Somebody of another make</p>",
    url: ctx.getActorUri(name),
    inbox: ctx.getInboxUri(name),
    outbox: ctx.getOutboxUri(name),
    followers: ctx.getFollowersUri(name),
    featured: ctx.getFeaturedUri(name),
    endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
    icon: new Image({ url: new URL("/icon.png", ctx.origin) }),
    publicKey: keys[0].cryptographicKey,
    assertionMethods: keys.map((pair) => pair.multikey),
  });
}

/** Accepts a Follow; `to` is who asked. */
export async function accept(ctx, house, follow) {
  const name = ctx.parseUri(follow.objectId).identifier;
  const to = await follow.getActor(ctx);
  house.followers.get(name).set(to.id.href, to);
  const answer = new Accept({ id: new URL(`/acts/${crypto.randomUUID()}`, ctx.origin), actor: follow.objectId, object: follow, to: to.id });
  await ctx.sendActivity({ identifier: name }, to, answer);
}

/** Lets somebody take part in an event of ours. */
async function welcome(ctx, house, join) {
  const event = house.at(join.objectId);
  const name = ctx.parseUri(event.attributionId).identifier;
  const to = await join.getActor(ctx);
  const id = new URL(`/acts/${crypto.randomUUID()}`, ctx.origin);
  await ctx.sendActivity({ identifier: name }, to, new Accept({ id, actor: event.attributionId, object: join, to: to.id }));
}

async function listen(ctx, house, activity) {
  house.heard.push(activity);
  if (activity instanceof Follow && house.answersAtOnce) await accept(ctx, house, activity);
  if (activity instanceof Join) await welcome(ctx, house, activity);
  if (activity instanceof Create && ctx.recipient === "cercle") {
    // What is sent to the group goes on to those who follow it as it came, with its author's proof.
    await ctx.forwardActivity({ identifier: "cercle" }, [...house.followers.get("cercle").values()], { skipIfUnsigned: true });
  }
  if (activity instanceof Undo) {
    const undone = await activity.getObject(ctx);
    if (!(undone instanceof Follow) || undone.actorId.href !== activity.actorId.href) return;
    house.followers.get(ctx.parseUri(undone.objectId).identifier).delete(activity.actorId.href);
  }
}

function plan(house) {
  const builder = createFederationBuilder();
  builder
    .setActorDispatcher("/users/{identifier}", (ctx, name) => actor(ctx, house, name))
    .setKeyPairsDispatcher((_, name) => (name in KINDS ? keyPairs(house, name) : []))
    .mapHandle((_, name) => (name in KINDS ? name : null));
  builder.setInboxListeners("/users/{identifier}/inbox", "/inbox").on(Activity, (ctx, activity) => listen(ctx, house, activity));
  builder.setFollowersDispatcher("/users/{identifier}/followers", (_, name) => ({ items: [...house.followers.get(name).values()] }));
  builder.setFeaturedDispatcher("/users/{identifier}/featured", () => ({ items: [] }));
  builder.setOutboxDispatcher("/users/{identifier}/outbox", (ctx, name) => ({
    items: house.said
      .filter((each) => (each instanceof Create || each instanceof Announce) && each.actorId.href === ctx.getActorUri(name).href)
      .reverse(),
  }));
  for (const [Kind, path] of [[Note, "/notes/{id}"], [Article, "/articles/{id}"], [Event, "/events/{id}"], [Activity, "/acts/{id}"]]) {
    builder.setObjectDispatcher(Kind, path, (ctx, { id }) => house.things.get(path.replace("{id}", id)) ?? null);
  }
  builder.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
    software: { name: "fedify-peer", version: { major: 1, minor: 0, patch: 0 } },
    protocols: ["activitypub"],
    usage: { users: { total: 1 }, localPosts: house.said.length, localComments: 0 },
  }));
  return builder;
}

/** Fedify for this house, that knocks by one standard first. */
export async function found(house, first) {
  return await plan(house).build({ kv: new MemoryKvStore(), allowPrivateAddress: true, firstKnock: STANDARDS[first] });
}
