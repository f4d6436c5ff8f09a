import * as fs from 'node:fs';
import * as path from 'node:path';
import * as z from 'zod';
import { root } from './run';

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  repository: z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]).optional(),
});

const LICENCE = /^(licen[cs]e|notice|third-?party-?notices)(\.(md|txt))?$/i;

/** Licences of packages that bring none, named after these or after what they have in common before a hyphen. */
const OWN = path.join(root, 'scripts', 'licences');

const LINE = `\n\n${'-'.repeat(80)}\n\n`;

/**
 * The licences of all packages that files of a bundle come from.
 * @param files paths, in node_modules or not
 * @throws Error that names a package without one
 */
export function thirdPartyNotices(files: readonly string[]): string {
  const folders = new Set(files.map(packageOf).filter((folder) => folder !== undefined));
  const notices = new Set([...folders].map(noticeOf));
  return ['Quickfire is made of these packages too.', ...[...notices].sort()].join(LINE);
}

/** Folder of the package that a file belongs to. */
function packageOf(file: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path.resolve(file))?.[0];
}

function noticeOf(folder: string): string {
  const json = fs.readFileSync(path.join(folder, 'package.json'), 'utf8');
  const { name, version, license, repository } = Manifest.parse(JSON.parse(json));
  const texts = fs
    .readdirSync(folder)
    .filter((file) => LICENCE.test(file))
    .map((file) => path.join(folder, file));
  const own = [name, name.replace(/-.*/, '')].map((each) => path.join(OWN, `${each}.txt`));
  const found = texts.length > 0 ? texts : own.filter((file) => fs.existsSync(file)).slice(0, 1);
  if (found.length === 0) throw new Error(`${name} brings no licence: add it as ${own[0]}.`);
  const from = repository === undefined ? '' : ` (${repository})`;
  const contents = found.map((file) => fs.readFileSync(file, 'utf8').trim());
  return [`${name} ${version}${from}, licence ${license}`, ...contents].join('\n\n');
}
