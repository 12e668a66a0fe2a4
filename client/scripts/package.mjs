/**
 * `npm run package`: the `.vsix` for this platform. DuckDB's binding is native, so every platform has its own package;
 * the size is written into README.md, between the markers that keep it there.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildProduct } from './build.mjs';
import { run } from './child-process.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { repository } from './repository.mjs';

const target = `${process.platform}-${process.arch}`;
const { name, version } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
const file = path.join(repository, `${name}-${target}-${version}.vsix`);

async function main() {
  await ensureDependencies();
  await buildProduct();
  rmSync(file, { force: true });
  // Without a public repository there is no address that the README's pictures could be linked to.
  const links = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  const options = ['--no-dependencies', '--target', target, '--out', file, ...links];
  const code = await run('npx', ['vsce', 'package', ...options], { cwd: repository });
  if (code !== 0) throw new Error(`vsce ended with exit code ${code}`);
  const size = `${(statSync(file).size / 1e6).toFixed(1)} MB`;
  console.log(`${path.basename(file)}: ${size}`);
  writeSize(size);
}

/** Replaces what stands between the markers of the README. @param {string} size */
function writeSize(size) {
  const readme = path.join(repository, 'README.md');
  const text = readFileSync(readme, 'utf8');
  const markers = /(<!-- package-size -->).*?(<!-- \/package-size -->)/s;
  if (!markers.test(text)) throw new Error('README.md has no <!-- package-size --> markers');
  writeFileSync(readme, text.replace(markers, `$1${size} (${target})$2`));
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
