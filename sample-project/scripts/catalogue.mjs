// What the invented shop sells, to whom and where: the lists `generate-seeds.mjs` draws from.

/** Prices are in cents; popularity is a weight: 4 is viewed four times as often as 1. */
export const products = [
  ['Jasmine Pearls', 'green-tea', 1850, 62, 4],
  ['Dragon Well', 'green-tea', 2100, 35, 3],
  ['Morning Sencha', 'green-tea', 1400, 88, 5],
  ['Roasted Hojicha', 'green-tea', 1250, 71, 3],
  ['Stone Ground Matcha', 'green-tea', 2900, 24, 5],
  ['Garden Assam', 'black-tea', 1150, 96, 3],
  ['First Flush Darjeeling', 'black-tea', 2450, 18, 3],
  ['Smoky Lapsang', 'black-tea', 1300, 40, 1],
  ['Bergamot Grey', 'black-tea', 1200, 120, 5],
  ['Breakfast Blend', 'black-tea', 950, 150, 4],
  ['Golden Yunnan', 'black-tea', 1975, 33, 2],
  ['Iron Goddess', 'oolong', 2300, 27, 3],
  ['High Mountain Oolong', 'oolong', 2650, 21, 2],
  ['Amber Oolong', 'oolong', 1700, 44, 2],
  ['Silver Needle', 'white-tea', 3200, 15, 2],
  ['White Peony', 'white-tea', 2050, 30, 2],
  ['Mint Garden', 'herbal-tea', 890, 130, 4],
  ['Chamomile Night', 'herbal-tea', 990, 115, 3],
  ['Ginger Lemongrass', 'herbal-tea', 925, 104, 3],
  ['Hibiscus Cooler', 'herbal-tea', 875, 92, 2],
  ['Red Rooibos', 'herbal-tea', 1050, 80, 2],
  ['Glass Teapot', 'teaware', 3400, 26, 4],
  ['Cast Iron Kettle', 'teaware', 6800, 9, 3],
  ['Bamboo Whisk', 'teaware', 1600, 48, 2],
  ['Porcelain Cup Pair', 'teaware', 2600, 37, 3],
  ['Gooseneck Kettle', 'teaware', 7900, 12, 3],
  ['Paper Filters', 'teaware', 450, 210, 2],
  ['Travel Infuser', 'teaware', 2200, 58, 3],
  ['Taster Box', 'gifts', 2500, 64, 5],
  ['Winter Gift Tin', 'gifts', 3900, 31, 3],
].map(([name, category, price, inventory, popularity], index) => ({
  product_id: `prd-${String(index + 1).padStart(2, '0')}`,
  name,
  category,
  price,
  inventory,
  popularity,
}));

export const categories = [...new Set(products.map(product => product.category))];

/** A discount is an amount in dollars. */
export const promos = [
  { promo_id: 'first-cup', discount: 4, status: 'active' },
  { promo_id: 'lunar-new-year', discount: 8, status: 'active' },
  { promo_id: 'valentine', discount: 5, status: 'active' },
  { promo_id: 'winter-sale', discount: 10, status: 'inactive' },
  { promo_id: 'friends-of-steep', discount: 6, status: 'active' },
];

export const carriers = ['Blue Parcel', 'Northline', 'Quickcrate'];

/** States with the first three digits of their zip codes; several start with a zero. */
export const places = [
  ['Massachusetts', '021'],
  ['New Jersey', '071'],
  ['Maine', '041'],
  ['New York', '100'],
  ['Pennsylvania', '191'],
  ['Georgia', '303'],
  ['Florida', '331'],
  ['Ohio', '441'],
  ['Illinois', '606'],
  ['Texas', '787'],
  ['Colorado', '802'],
  ['California', '941'],
  ['Oregon', '972'],
  ['Washington', '981'],
];

export const streets = [
  ...['Alder Street', 'Birch Lane', 'Cedar Avenue', 'Dogwood Court', 'Elm Street', 'Foundry Road', 'Garden Way'],
  ...['Harbor Drive', 'Juniper Lane', 'Kiln Street', 'Linden Avenue', 'Mill Road', 'Orchard Street', 'Quarry Hill'],
];

export const firstNames = [
  ...['Ada', 'Amir', 'Bela', 'Carla', 'Chen', 'Dario', 'Edith', 'Elif', 'Femi', 'Greta', 'Hana', 'Ivo', 'Jonas'],
  ...['Kavya', 'Lena', 'Luis', 'Maya', 'Miro', 'Nadia', 'Noor', 'Olga', 'Pablo', 'Priya', 'Quinn', 'Rosa', 'Samir'],
  ...['Tessa', 'Theo', 'Uma', 'Vera', 'Wen', 'Yara', 'Zoe'],
];

export const lastNames = [
  ...['Abbott', 'Baker', 'Castillo', 'Dahl', 'Eriksen', 'Farouk', 'Gupta', 'Horvat', 'Ito', 'Jansen', 'Keller'],
  ...['Lopez', 'Moreau', 'Nakamura', 'Okafor', 'Petrov', 'Quist', 'Rossi', 'Silva', 'Tanaka', 'Ueda', 'Varga'],
  ...['Weber', 'Xu', 'Yilmaz', 'Zhang'],
];
