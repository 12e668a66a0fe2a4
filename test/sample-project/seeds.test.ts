// The facts the sample project promises, checked on its CSV files without a warehouse.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

type Row = Readonly<Record<string, string>>;

const project = fileURLToPath(new URL('../../sample-project/', import.meta.url));
const seeds = ['addresses', 'events', 'order_items', 'orders', 'products', 'promos', 'users'];

const addresses = readSeed('addresses');
const events = readSeed('events');
const orderItems = readSeed('order_items');
const orders = readSeed('orders');
const products = readSeed('products');
const promos = readSeed('promos');
const users = readSeed('users');

describe('the funnel', () => {
  test.each([
    ['page_view', 578],
    ['add_to_cart', 467],
    ['checkout', 361],
  ])('sessions with a %s: %i', (type, n) => {
    expect(sessionsWith(type).size).toBe(n);
  });

  test('a session that reaches a step has reached the step before', () => {
    expect(missing(sessionsWith('add_to_cart'), sessionsWith('page_view'))).toEqual([]);
    expect(missing(sessionsWith('checkout'), sessionsWith('add_to_cart'))).toEqual([]);
  });

  test('events have one of four types, and no session lacks a page view', () => {
    expect(new Set(values(events, 'event_type'))).toEqual(
      new Set(['page_view', 'add_to_cart', 'checkout', 'package_shipped']),
    );
    expect(missing(values(events, 'session_id'), sessionsWith('page_view'))).toEqual([]);
  });

  test('drop-off is a mix of products, users, pages and days, not a pattern of one', () => {
    const carts = events.filter(it => it['event_type'] === 'add_to_cart');
    expect(new Set(values(carts, 'product_id')).size).toBe(products.length);
    const lost = events.filter(it => !sessionsWith('checkout').has(field(it, 'session_id')));
    expect(new Set(values(lost, 'user_id')).size).toBeGreaterThan(50);
    expect(new Set(values(lost, 'page_url')).size).toBeGreaterThan(30);
    expect(new Set(values(lost, 'created_at').map(it => it.slice(0, 10))).size).toBeGreaterThanOrEqual(14);
  });
});

describe('references', () => {
  test.each([
    ['user_id', 'events', events, users],
    ['product_id', 'events', events, products],
    ['order_id', 'events', events, orders],
    ['address_id', 'users', users, addresses],
    ['user_id', 'orders', orders, users],
    ['address_id', 'orders', orders, addresses],
    ['promo_id', 'orders', orders, promos],
    ['order_id', 'order_items', orderItems, orders],
    ['product_id', 'order_items', orderItems, products],
  ] as const)('the %s of each row of %s is known', (column, _name, rows, target) => {
    const named = values(rows, column).filter(it => it !== '');
    expect(named.length).toBeGreaterThan(0);
    expect(missing(named, new Set(values(target, column)))).toEqual([]);
  });

  test.each([
    ['address_id', 'addresses', addresses],
    ['event_id', 'events', events],
    ['order_id product_id', 'order_items', orderItems],
    ['order_id', 'orders', orders],
    ['product_id', 'products', products],
    ['promo_id', 'promos', promos],
    ['user_id', 'users', users],
    ['email', 'users', users],
  ] as const)('%s is unique and never empty in %s', (key, _name, rows) => {
    const keys = rows.map(row => fields(row, key));
    expect(keys.filter(it => it === '')).toEqual([]);
    expect(new Set(keys).size).toBe(rows.length);
  });

  test('a session has one user', () => {
    const pairs = new Set(events.map(it => `${field(it, 'session_id')} ${field(it, 'user_id')}`));
    expect(pairs.size).toBe(new Set(values(events, 'session_id')).size);
  });
});

describe('orders', () => {
  const byOrder = groupedBy(orderItems, 'order_id');
  const eventsOf = (type: string): Map<string, Row> =>
    new Map(events.filter(it => it['event_type'] === type).map(it => [field(it, 'order_id'), it]));
  const checkouts = eventsOf('checkout');
  const shipments = eventsOf('package_shipped');

  test('each order comes from one checkout, of the same user at the same moment', () => {
    expect(events.filter(it => it['event_type'] === 'checkout')).toHaveLength(orders.length);
    for (const order of orders) {
      expect(checkouts.get(field(order, 'order_id'))).toMatchObject({
        user_id: order['user_id'],
        created_at: order['created_at'],
      });
    }
  });

  test('an order holds what its session put in the cart', () => {
    const carts = groupedBy(
      events.filter(it => it['event_type'] === 'add_to_cart'),
      'session_id',
    );
    for (const [orderId, checkout] of checkouts) {
      const cart = values(carts.get(field(checkout, 'session_id')) ?? [], 'product_id');
      expect(values(byOrder.get(orderId) ?? [], 'product_id').toSorted()).toEqual(cart.toSorted());
    }
  });

  test('a package is shipped after its checkout in the same session, and only when the order says so', () => {
    const sent = orders.filter(it => it['status'] !== 'preparing');
    expect([...shipments.keys()].toSorted()).toEqual(values(sent, 'order_id').toSorted());
    for (const [orderId, shipment] of shipments) {
      const checkout = checkouts.get(orderId)!;
      expect(shipment['session_id']).toBe(checkout['session_id']);
      expect(field(shipment, 'created_at') > field(checkout, 'created_at')).toBe(true);
    }
  });

  test('costs are the sum of the items, and totals add up to the cent', () => {
    const price = new Map(products.map(it => [field(it, 'product_id'), cents(it, 'price')]));
    const discount = new Map(promos.map(it => [field(it, 'promo_id'), cents(it, 'discount')]));
    for (const order of orders) {
      const items = byOrder.get(field(order, 'order_id')) ?? [];
      const cost = items.reduce((sum, it) => sum + price.get(field(it, 'product_id'))! * Number(it['quantity']), 0);
      expect(cents(order, 'order_cost')).toBe(cost);
      const taken = discount.get(field(order, 'promo_id')) ?? 0;
      expect(cents(order, 'order_total')).toBe(cost + cents(order, 'shipping_cost') - taken);
    }
  });
});

test('some zip codes start with a zero, which is why the seed declares their type', () => {
  const zipCodes = values(addresses, 'zipcode');
  expect(zipCodes.every(it => /^\d{5}$/.test(it))).toBe(true);
  expect(zipCodes.some(it => it.startsWith('0'))).toBe(true);
});

test('the generator writes the committed files, byte for byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seeds-'));
  try {
    execFileSync(process.execPath, [join(project, 'scripts', 'generate-seeds.mjs'), folder]);
    expect(readdirSync(folder).toSorted()).toEqual(seeds.map(it => `${it}.csv`));
    for (const name of seeds) {
      const written = readFileSync(join(folder, `${name}.csv`));
      expect(written.equals(readFileSync(seedPath(name))), `${name}.csv differs`).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The seeds avoid quoted fields, so a line splits at its commas. */
function readSeed(name: string): readonly Row[] {
  const [head = '', ...lines] = readFileSync(seedPath(name), 'utf8').trimEnd().split('\n');
  const columns = head.split(',');
  return lines.map(line => {
    const fields = line.split(',');
    expect(fields, `${name}.csv: ${line}`).toHaveLength(columns.length);
    return Object.fromEntries(columns.map((column, index) => [column, fields[index]!]));
  });
}

function seedPath(name: string): string {
  return join(project, 'seeds', `${name}.csv`);
}

function sessionsWith(type: string): ReadonlySet<string> {
  return new Set(
    values(
      events.filter(it => it['event_type'] === type),
      'session_id',
    ),
  );
}

function field(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`no column ${column}`);
  return value;
}

/** The values of the columns named in `key`, which are separated by blanks. */
function fields(row: Row, key: string): string {
  return key
    .split(' ')
    .map(it => field(row, it))
    .join(' ');
}

function values(rows: readonly Row[], column: string): string[] {
  return rows.map(row => field(row, column));
}

function groupedBy(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(field(row, column), [...(groups.get(field(row, column)) ?? []), row]);
  return groups;
}

function cents(row: Row, column: string): number {
  return Math.round(Number(field(row, column)) * 100);
}

function missing(from: Iterable<string>, known: ReadonlySet<string>): string[] {
  return [...from].filter(it => !known.has(it));
}
