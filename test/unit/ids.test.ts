import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Commands, ContextKeys, SETTINGS_SECTION, Settings, VIEW_CONTAINER, Views } from '../../src/ids';

const WithWhen = z.looseObject({ command: z.string().optional(), when: z.string().optional() });
const Manifest = z.object({
  contributes: z.object({
    commands: z.array(
      z.looseObject({ command: z.string(), category: z.string(), enablement: z.string().optional() }),
    ),
    viewsContainers: z.record(z.string(), z.array(z.object({ id: z.string() }))),
    views: z.record(z.string(), z.array(z.object({ id: z.string() }))),
    viewsWelcome: z.array(WithWhen.extend({ view: z.string(), contents: z.string() })),
    menus: z.record(z.string(), z.array(WithWhen)),
    keybindings: z.array(WithWhen),
    configuration: z.object({ properties: z.record(z.string(), z.unknown()) }),
  }),
});

const file = path.join(__dirname, '../../package.json');
const { contributes } = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
const sorted = (values: Iterable<string>): string[] => [...values].sort();

describe('ids', () => {
  const commands = new Set<string>(Object.values(Commands));
  const views = new Set<string>(Object.values(Views));

  it('are the commands of the manifest, each with the category Quickfire', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(commands));
    assert.ok(contributes.commands.every(({ category }) => category === 'Quickfire'));
  });

  it('are the view container and the views of the manifest', () => {
    assert.deepEqual(
      Object.values(contributes.viewsContainers)
        .flat()
        .map(({ id }) => id),
      [VIEW_CONTAINER],
    );
    assert.deepEqual(Object.keys(contributes.views), [VIEW_CONTAINER]);
    assert.deepEqual(
      sorted(
        Object.values(contributes.views)
          .flat()
          .map(({ id }) => id),
      ),
      sorted(views),
    );
    assert.ok(contributes.viewsWelcome.every(({ view }) => views.has(view)));
  });

  it('are the settings of the manifest', () => {
    const settings = Object.values(Settings).map((name) => `${SETTINGS_SECTION}.${name}`);
    assert.deepEqual(sorted(Object.keys(contributes.configuration.properties)), sorted(settings));
  });

  it('are all that menus, keybindings, clauses and welcome links name', () => {
    const places = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    for (const { command } of places) assert.ok(command !== undefined && commands.has(command), command);
    const links = contributes.viewsWelcome.flatMap(({ contents }) => [
      ...contents.matchAll(/command:(quickfire[\w.]+)/g),
    ]);
    for (const [, command] of links) assert.ok(command !== undefined && commands.has(command), command);
    const clauses = [...places, ...contributes.viewsWelcome].map(({ when }) => when ?? '');
    clauses.push(...contributes.commands.map(({ enablement }) => enablement ?? ''));
    const known = new Set<string>([...Object.values(ContextKeys), ...views]);
    const named = clauses.flatMap((clause) => clause.match(/quickfire\.\w+/g) ?? []);
    assert.deepEqual(
      named.filter((key) => !known.has(key)),
      [],
    );
    for (const key of Object.values(ContextKeys))
      assert.ok(named.includes(key), `${key} is set but never tested for`);
  });
});
