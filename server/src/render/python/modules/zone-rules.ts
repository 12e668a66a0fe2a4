import { spend } from '../meter.ts';

/** What holds in a time zone at a moment; offsets in seconds. */
export interface ZoneRule {
  readonly offset: number;
  /** The part of the offset that is summer time. */
  readonly summer: number;
  readonly abbreviation: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** The offset of a zone at a moment, in seconds east of UTC, rounded to minutes as pytz does. */
export function offsetAt(zone: string, epochMilliseconds: number): number {
  spend(150);
  const whole = Math.floor(epochMilliseconds / 1000) * 1000;
  const parts = new Map(
    formatOf(zone)
      .formatToParts(whole)
      .map(it => [it.type, it.value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return Math.floor(((wall - whole) / 1000 + 30) / 60) * 60;
}

/** The rule of a zone at a moment. Summer time is what exceeds the smaller offset of the seasons around it. */
export function ruleAt(zone: string, epochMilliseconds: number): ZoneRule {
  const offset = offsetAt(zone, epochMilliseconds);
  const year = new Date(epochMilliseconds).getUTCFullYear();
  const january = offsetAt(zone, Date.UTC(year, 0, 1));
  const july = offsetAt(zone, Date.UTC(year, 6, 1));
  const standard = Math.min(january, july);
  const summer = january !== july && offset > standard ? offset - standard : 0;
  const isHistoric = year < 1880;
  return { offset, summer, abbreviation: isHistoric ? 'LMT' : abbreviationOf(zone, offset, summer) };
}

/** Abbreviations of the zones that have letters: the standard one, that of summer time, and the standard offset in hours. */
const abbreviations: readonly (readonly [RegExp, string, string, number])[] = [
  [
    /^(America\/(New_York|Detroit|Toronto|Montreal|Nassau|Indiana\/.*|Kentucky\/.*)|US\/(Eastern|Michigan|East-Indiana)|Canada\/Eastern|EST5EDT)$/,
    'EST',
    'EDT',
    -5,
  ],
  [/^(America\/(Jamaica|Panama|Cancun)|EST)$/, 'EST', 'EDT', -5],
  [
    /^(America\/(Chicago|Winnipeg|Menominee|Mexico_City|Costa_Rica|Guatemala|Regina)|US\/Central|Canada\/Central|CST6CDT|America\/Indiana\/(Knox|Tell_City))$/,
    'CST',
    'CDT',
    -6,
  ],
  [
    /^(America\/(Denver|Boise|Edmonton|Phoenix)|US\/(Mountain|Arizona)|Canada\/Mountain|MST7MDT|MST)$/,
    'MST',
    'MDT',
    -7,
  ],
  [/^(America\/(Los_Angeles|Vancouver|Tijuana)|US\/Pacific|Canada\/Pacific|PST8PDT)$/, 'PST', 'PDT', -8],
  [/^(America\/(Anchorage|Juneau|Nome|Sitka)|US\/Alaska)$/, 'AKST', 'AKDT', -9],
  [/^(Pacific\/Honolulu|US\/Hawaii|HST)$/, 'HST', 'HDT', -10],
  [/^(America\/(Halifax|Puerto_Rico|Bermuda)|Atlantic\/Bermuda|Canada\/Atlantic)$/, 'AST', 'ADT', -4],
  [/^(America\/St_Johns|Canada\/Newfoundland)$/, 'NST', 'NDT', -3.5],
  [/^(Europe\/(London|Belfast|Jersey|Guernsey|Isle_of_Man)|GB|GB-Eire)$/, 'GMT', 'BST', 0],
  [/^(Europe\/Dublin|Eire)$/, 'GMT', 'IST', 0],
  [/^(Europe\/Lisbon|Atlantic\/(Madeira|Canary|Faroe)|Portugal|WET)$/, 'WET', 'WEST', 0],
  [
    /^(Africa\/(Abidjan|Accra|Dakar|Monrovia)|Atlantic\/Reykjavik|Iceland|GMT|Etc\/(GMT|Greenwich)|Greenwich)$/,
    'GMT',
    'GMT',
    0,
  ],
  [/^(Etc\/(UTC|UCT|Universal|Zulu)|UCT|Universal|Zulu)$/, 'UTC', 'UTC', 0],
  [
    /^(Europe\/(Athens|Bucharest|Chisinau|Helsinki|Kiev|Kyiv|Mariehamn|Riga|Sofia|Tallinn|Vilnius)|Asia\/(Beirut|Nicosia)|Africa\/Cairo|EET)$/,
    'EET',
    'EEST',
    2,
  ],
  [/^(Europe\/(Moscow|Simferopol|Kirov)|W-SU)$/, 'MSK', 'MSD', 3],
  [/^(Europe\/(Istanbul|Minsk|Samara|Saratov|Ulyanovsk|Volgograd|Astrakhan)|Turkey)$/, '', '', 0],
  [
    /^(Europe\/.*|Africa\/(Algiers|Tunis|Ceuta)|Arctic\/Longyearbyen|Atlantic\/Jan_Mayen|CET|MET|Poland)$/,
    'CET',
    'CEST',
    1,
  ],
  [/^Africa\/(Lagos|Kinshasa|Luanda|Douala)$/, 'WAT', 'WAST', 1],
  [/^Africa\/(Johannesburg|Maseru|Mbabane)$/, 'SAST', 'SAST', 2],
  [/^Africa\/(Harare|Khartoum|Lusaka|Maputo|Kigali|Windhoek)$/, 'CAT', 'CAST', 2],
  [/^Africa\/(Nairobi|Addis_Ababa|Kampala|Dar_es_Salaam|Mogadishu)$/, 'EAT', 'EAT', 3],
  [/^(Asia\/(Jerusalem|Tel_Aviv)|Israel)$/, 'IST', 'IDT', 2],
  [/^Asia\/(Kolkata|Calcutta)$/, 'IST', 'IST', 5.5],
  [/^Asia\/Karachi$/, 'PKT', 'PKST', 5],
  [/^Asia\/Jakarta$/, 'WIB', 'WIB', 7],
  [/^(Asia\/(Shanghai|Chongqing|Harbin|Macau|Taipei)|PRC|ROC)$/, 'CST', 'CDT', 8],
  [/^(Asia\/Hong_Kong|Hongkong)$/, 'HKT', 'HKST', 8],
  [/^Asia\/Manila$/, 'PST', 'PDT', 8],
  [/^(Asia\/Tokyo|Japan)$/, 'JST', 'JDT', 9],
  [/^(Asia\/Seoul|ROK)$/, 'KST', 'KDT', 9],
  [/^(Australia\/(Perth|West))$/, 'AWST', 'AWDT', 8],
  [/^(Australia\/(Adelaide|Darwin|Broken_Hill|North|South))$/, 'ACST', 'ACDT', 9.5],
  [
    /^(Australia\/(Sydney|Melbourne|Brisbane|Hobart|Canberra|Lindeman|NSW|Victoria|Queensland|Tasmania|ACT))$/,
    'AEST',
    'AEDT',
    10,
  ],
  [/^(Pacific\/Auckland|NZ|Antarctica\/McMurdo)$/, 'NZST', 'NZDT', 12],
];

/** The letters of a zone where it has some, and its offset in digits elsewhere, as in the time zone database. */
function abbreviationOf(zone: string, offset: number, summer: number): string {
  const known = abbreviations.find(([pattern]) => pattern.test(zone));
  if (known !== undefined && known[1] !== '' && known[3] * 3600 === offset - summer) {
    return summer === 0 ? known[1] : known[2];
  }
  const size = Math.abs(offset);
  const minutes = Math.floor(size / 60) % 60;
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}${minutes === 0 ? '' : two(minutes)}`;
}

/** Names that the database has as links or outside the regions, which `Intl` accepts without listing them. */
const furtherNames = (
  'GMT EST MST HST EST5EDT CST6CDT MST7MDT PST8PDT CET EET MET WET UCT Universal Zulu Greenwich GB Eire Iceland Israel ' +
  'Japan Jamaica NZ PRC ROC ROK Singapore Hongkong Turkey Portugal Poland Egypt Cuba Iran Libya Navajo W-SU Etc/UTC ' +
  'Etc/GMT Etc/UCT Etc/Universal Etc/Zulu Etc/Greenwich US/Eastern US/Central US/Mountain US/Pacific US/Alaska ' +
  'US/Hawaii US/Arizona US/Michigan US/East-Indiana Canada/Eastern Canada/Central Canada/Mountain Canada/Pacific ' +
  'Canada/Atlantic Canada/Newfoundland Brazil/East Brazil/West Chile/Continental Mexico/General Asia/Kolkata ' +
  'Asia/Kathmandu Asia/Ho_Chi_Minh Asia/Yangon America/Argentina/Buenos_Aires Europe/Kyiv Europe/Kiev Asia/Calcutta ' +
  'Australia/ACT Australia/NSW Australia/Victoria Australia/Queensland Australia/North Australia/South Australia/West ' +
  'Australia/Tasmania America/Indianapolis America/Nuuk Pacific/Kanton Atlantic/Faroe Asia/Saigon Asia/Katmandu'
).split(' ');

const fixedNames = Array.from({ length: 27 }, (_, index) => index - 14)
  .filter(hours => hours !== 0)
  .map(hours => `Etc/GMT${hours < 0 ? '' : '+'}${hours}`)
  .filter(name => !/\+1[345]$/.test(name));

let names: ReadonlyMap<string, string> | undefined;

/** The zones there are, by their name in lower case. */
export function zoneNames(): ReadonlyMap<string, string> {
  names ??= new Map(
    ['UTC', ...Intl.supportedValuesOf('timeZone'), ...furtherNames, ...fixedNames].map(name => [
      name.toLowerCase(),
      name,
    ]),
  );
  return names;
}
