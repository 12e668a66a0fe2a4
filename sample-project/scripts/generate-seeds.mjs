// Writes the seeds of this project: the shop's users, catalogue, orders and web events of two weeks.
//
//   node scripts/generate-seeds.mjs [folder]        (the folder defaults to ../seeds)
//
// The shop is invented. Every run writes the same bytes: the random numbers come from a fixed start value and no
// clock is read. The numbers the documentation promises (sessions per funnel step) are constants below, and the
// rest is drawn around them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { carriers, categories, firstNames, lastNames, places, products, promos, streets } from './catalogue.mjs';

const sessionsByStep = { page_view: 578, add_to_cart: 467, checkout: 361 };
const nUsers = 124;
const nAddresses = 112;
const site = 'https://steep.example';
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const firstDay = Date.UTC(2026, 1, 2) / 1000;
const lastMoment = Date.UTC(2026, 1, 16) / 1000;

const random = randomNumbers(20260202);

const addresses = makeAddresses();
const users = makeUsers();
const sessions = makeSessions();
const orders = sessions.filter(session => session.step === 'checkout').map(makeOrder);
for (const session of sessions) session.events = sessionEvents(session);
numberOrders();
const events = sessions.flatMap(session => session.events).concat(orders.flatMap(shippingEvents));

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'seeds');
mkdirSync(folder, { recursive: true });
writeCsv('addresses', ['address_id', 'street', 'zipcode', 'state', 'country'], addresses);
writeCsv(
  'users',
  ['user_id', 'first_name', 'last_name', 'email', 'phone_number', 'created_at', 'updated_at', 'address_id'],
  users.map(user => ({ ...user, created_at: timestamp(user.created_at), updated_at: timestamp(user.updated_at) })),
);
writeCsv(
  'products',
  ['product_id', 'name', 'category', 'price', 'inventory', 'updated_at'],
  products.map(product => ({ ...product, price: dollars(product.price), updated_at: timestamp(firstDay - day) })),
);
writeCsv('promos', ['promo_id', 'discount', 'status'], promos);
writeCsv('orders', orderColumns(), orders.map(orderRow));
writeCsv('order_items', ['order_id', 'product_id', 'quantity'], orders.flatMap(orderItems));
writeCsv(
  'events',
  ['event_id', 'session_id', 'user_id', 'page_url', 'created_at', 'event_type', 'order_id', 'product_id'],
  numberedEvents(),
);

function makeAddresses() {
  return times(nAddresses, index => {
    const [state, zipStart] = pick(places);
    return {
      address_id: id('adr', index + 1, 3),
      street: `${between(1, 980)} ${pick(streets)}`,
      zipcode: `${zipStart}${String(between(1, 99)).padStart(2, '0')}`,
      state,
      country: 'United States',
    };
  });
}

function makeUsers() {
  const taken = new Set();
  return times(nUsers, index => {
    const [first, last] = freshName(taken);
    const createdAt = firstDay - between(2 * day, 400 * day);
    return {
      user_id: id('usr', index + 1, 3),
      first_name: first,
      last_name: last,
      email: `${first}.${last}@mail.example`.toLowerCase(),
      phone_number: `555-${between(200, 999)}-${String(between(0, 9999)).padStart(4, '0')}`,
      created_at: createdAt,
      updated_at: chance(0.4) ? createdAt + between(hour, firstDay - createdAt) : createdAt,
      // The users past the last address share one with an earlier user: a household.
      address_id: addresses[index % nAddresses].address_id,
    };
  });
}

function freshName(taken) {
  const name = [pick(firstNames), pick(lastNames)];
  const key = name.join(' ');
  if (taken.has(key)) return freshName(taken);
  taken.add(key);
  return name;
}

/** All sessions in order of their start, each with the last funnel step it reaches. */
function makeSessions() {
  const drafts = times(sessionsByStep.page_view, () => ({
    user: users[Math.floor(nUsers * random() ** 1.6)],
    start: sessionStart(),
    viewed: sample(products, between(1, 4), product => product.popularity),
    step: 'page_view',
  }));
  // The step is given to the sessions that like it most, so the counts are exact and still differ by product.
  const withCart = mostEager(drafts, sessionsByStep.add_to_cart, session => -session.viewed[0].price / 4000);
  for (const session of withCart) {
    session.step = 'add_to_cart';
    session.cart = session.viewed
      .filter((_, index) => index === 0 || chance(0.45))
      .map(product => [product, quantity()]);
  }
  const withOrder = mostEager(withCart, sessionsByStep.checkout, session => 0.6 - cartCost(session.cart) / 20000);
  for (const session of withOrder) session.step = 'checkout';
  drafts.sort((a, b) => a.start - b.start);
  return drafts.map((session, index) => ({ ...session, session_id: id('ses', index + 1, 4) }));
}

function sessionStart() {
  const weekend = chance(0.45);
  const weekday = weekend ? between(5, 6) : between(0, 4);
  const hourOfDay = pick([7, 8, 9, 10, 11, 12, 12, 13, 14, 16, 17, 18, 19, 19, 20, 20, 20, 21, 21, 22]);
  return firstDay + (weekday + 7 * between(0, 1)) * day + hourOfDay * hour + between(0, hour - 1);
}

function mostEager(candidates, n, leaning) {
  const scored = candidates.map(session => ({ session, score: random() + leaning(session) }));
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, n).map(({ session }) => session);
}

function quantity() {
  return pick([1, 1, 1, 1, 2, 2, 3]);
}

function cartCost(cart) {
  return cart.reduce((sum, [product, n]) => sum + product.price * n, 0);
}

function sessionEvents(session) {
  let at = session.start;
  const next = (low, high) => (at += between(low, high));
  const event = fields => ({ session_id: session.session_id, user_id: session.user.user_id, at, ...fields });
  const viewOf = product => event({ event_type: 'page_view', product, page_url: productUrl(product) });

  const events = [];
  if (chance(0.35)) {
    events.push(event({ event_type: 'page_view', page_url: landingPage() }));
    next(8, 90);
  }
  for (const product of session.viewed) {
    events.push(viewOf(product));
    next(15, 4 * minute);
    if (!session.cart?.some(([inCart]) => inCart === product)) continue;
    events.push(event({ event_type: 'add_to_cart', product, page_url: productUrl(product) }));
    next(5, 2 * minute);
  }
  if (session.order) {
    session.order.created_at = at;
    events.push(event({ event_type: 'checkout', order: session.order, page_url: `${site}/checkout` }));
  }
  return events;
}

function landingPage() {
  return chance(0.4) ? `${site}/` : `${site}/collections/${pick(categories)}`;
}

function productUrl(product) {
  return `${site}/products/${product.name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
}

/** The order of a session. It is placed at the moment of the checkout event, which `sessionEvents` sets. */
function makeOrder(session) {
  const cost = cartCost(session.cart);
  const promo = cost > 2000 && chance(0.18) ? pick(promos.filter(({ status }) => status === 'active')) : undefined;
  const shipping = cost >= 6000 ? 0 : pick([495, 495, 695]);
  session.order = {
    session,
    promo,
    address_id: chance(0.92) ? session.user.address_id : pick(addresses).address_id,
    cost,
    shipping,
    total: cost + shipping - (promo === undefined ? 0 : promo.discount * 100),
    packing: between(5 * hour, 50 * hour),
    travel: between(1 * day, 4 * day),
    carrier: pick(carriers),
    tracking: `1Z${between(10 ** 8, 10 ** 9 - 1)}`,
  };
  return session.order;
}

/** Orders are numbered as they are placed, which needs the moment of each checkout. */
function numberOrders() {
  orders.sort((a, b) => a.created_at - b.created_at);
  orders.forEach((order, index) => {
    order.order_id = id('ord', index + 1, 4);
    order.shipped_at = order.created_at + order.packing;
    order.delivered_at = order.shipped_at + order.travel;
    order.status = orderStatus(order);
  });
}

function orderStatus(order) {
  if (order.shipped_at >= lastMoment) return 'preparing';
  return order.delivered_at >= lastMoment ? 'shipped' : 'delivered';
}

function shippingEvents(order) {
  if (order.status === 'preparing') return [];
  const { session } = order;
  return [
    {
      session_id: session.session_id,
      user_id: session.user.user_id,
      at: order.shipped_at,
      event_type: 'package_shipped',
      order,
      page_url: `${site}/shipping`,
    },
  ];
}

function orderColumns() {
  return [
    ...['order_id', 'user_id', 'promo_id', 'address_id', 'created_at', 'order_cost', 'shipping_cost', 'order_total'],
    ...['tracking_id', 'shipping_service', 'estimated_delivery_at', 'delivered_at', 'status'],
  ];
}

function orderRow(order) {
  const isSent = order.status !== 'preparing';
  return {
    order_id: order.order_id,
    user_id: order.session.user.user_id,
    promo_id: order.promo?.promo_id,
    address_id: order.address_id,
    created_at: timestamp(order.created_at),
    order_cost: dollars(order.cost),
    shipping_cost: dollars(order.shipping),
    order_total: dollars(order.total),
    tracking_id: isSent ? order.tracking : undefined,
    shipping_service: isSent ? order.carrier : undefined,
    estimated_delivery_at: isSent ? timestamp(order.shipped_at + 3 * day) : undefined,
    delivered_at: order.status === 'delivered' ? timestamp(order.delivered_at) : undefined,
    status: order.status,
  };
}

function orderItems(order) {
  return order.session.cart.map(([product, n]) => ({
    order_id: order.order_id,
    product_id: product.product_id,
    quantity: n,
  }));
}

function numberedEvents() {
  events.sort((a, b) => a.at - b.at || compare(a.session_id, b.session_id));
  return events.map(({ order, product, at, ...event }, index) => ({
    ...event,
    event_id: id('evt', index + 1, 5),
    page_url: order === undefined ? event.page_url : `${event.page_url}/${order.order_id}`,
    created_at: timestamp(at),
    order_id: order?.order_id,
    product_id: product?.product_id,
  }));
}

/** Mulberry32: a small generator of numbers in [0, 1), good enough for invented visitors. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function chance(probability) {
  return random() < probability;
}

/** A whole number from low to high, both included. */
function between(low, high) {
  return low + Math.floor(random() * (high - low + 1));
}

function pick(list) {
  return list[between(0, list.length - 1)];
}

/** n different entries, each drawn in proportion to its weight. */
function sample(list, n, weight) {
  const rest = [...list];
  return times(n, () => {
    let left = random() * rest.reduce((sum, entry) => sum + weight(entry), 0);
    const index = rest.findIndex(entry => (left -= weight(entry)) < 0);
    return rest.splice(index === -1 ? rest.length - 1 : index, 1)[0];
  });
}

function times(n, make) {
  return Array.from({ length: n }, (_, index) => make(index));
}

function id(prefix, number, digits) {
  return `${prefix}-${String(number).padStart(digits, '0')}`;
}

function dollars(cents) {
  return (cents / 100).toFixed(2);
}

function timestamp(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

function writeCsv(name, columns, rows) {
  const lines = rows.map(row => columns.map(column => csvField(row[column])).join(','));
  writeFileSync(join(folder, `${name}.csv`), [columns.join(','), ...lines].join('\n') + '\n');
}

function csvField(value) {
  const text = value === undefined ? '' : String(value);
  if (/[",\n]/.test(text)) throw new Error(`a seed value needs quoting, which this project avoids: ${text}`);
  return text;
}
