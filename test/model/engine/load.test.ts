import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convert } from '../../../sidecar/convert/convert';
import { ModelError } from '../../../sidecar/engine/errors';
import { files } from '../../../sidecar/engine/layout';
import { Model } from '../../../sidecar/engine/model';
import { configOf, tiny, writeRandomModel } from './randomModel';

describe('loading a model', () => {
  /** Wide enough for weights outside of the graph file. */
  const shape = { ...tiny, hidden: 128 };
  let dir: string;
  let intact: string;
  let copy: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'quickfire-load-'));
    intact = join(dir, 'intact');
    await writeRandomModel(join(dir, 'source'), shape);
    await convert(join(dir, 'source'), intact);
  });
  beforeEach(async () => {
    copy = join(dir, 'copy');
    await rm(copy, { recursive: true, force: true });
    await cp(intact, copy, { recursive: true });
  });
  after(() => rm(dir, { recursive: true }));

  const refuses = (pattern: RegExp): Promise<void> =>
    assert.rejects(Model.load(copy), (error) => error instanceof ModelError && pattern.test(error.message));

  it('gives W0, and nothing learned', async () => {
    const model = await Model.load(copy);
    assert.equal(model.base.weight.length, shape.qf2Ffn * shape.hidden);
    const { rows, places } = model.base.learned;
    assert.deepEqual([rows.length, places.length], [shape.qf2Ffn, shape.units]);
    assert.ok([...rows, ...places].every((value) => value === 0));
    assert.deepEqual(model.controls, []);
    await model.dispose();
    await assert.rejects(model.record({ system: '', user: 'x' }, 'y', model.base), /closed/);
  });

  it('falls back to the CPU, and keeps telemetry off', async () => {
    delete process.env.ORT_DISABLE_TELEMETRY;
    // No platform's ONNX Runtime has both.
    const executionProvider = process.platform === 'darwin' ? 'dml' : 'coreml';
    const logged: string[] = [];
    const model = await Model.load(copy, { executionProvider, log: (message) => logged.push(message) });
    assert.equal(model.executionProvider, 'cpu');
    assert.match(model.providerProblems.join(), new RegExp(`^${executionProvider} is not available: .+`));
    assert.deepEqual(logged, model.providerProblems);
    assert.equal(process.env.ORT_DISABLE_TELEMETRY, '1');
    await model.dispose();
  });

  it('gives the controls, and refuses damaged ones', async () => {
    const controls = [{ question: 'Who?', answer: 'Qi' }];
    await writeFile(join(copy, files.controls), JSON.stringify(controls));
    const model = await Model.load(copy);
    assert.deepEqual(model.controls, controls);
    await model.dispose();
    await writeFile(join(copy, files.controls), '{}');
    await refuses(/controls\.json/);
  });

  /** What the CPU does without. */
  const others: string[] = [files.controls, files.deviceGraph];
  for (const name of Object.values(files).filter((file) => !others.includes(file))) {
    it(`names a missing ${name}`, async () => {
      await rm(join(copy, name));
      await refuses(new RegExp(`${name.replaceAll('.', '\\.')} cannot be (read|loaded)`));
    });
  }

  it('refuses truncated weights, graph and side file', async () => {
    const { length } = await readFile(join(copy, files.weights));
    await truncate(join(copy, files.weights), length - 1);
    await refuses(/model\.onnx\.data is damaged/);
    await cp(join(intact, files.weights), join(copy, files.weights));
    await truncate(join(copy, files.graph), 1000);
    await refuses(/model\.onnx cannot be loaded; it may be damaged/);
    await truncate(join(copy, files.qf2), 5000);
    await refuses(/qf2\.safetensors is truncated/);
  });

  it('refuses files of another model', async () => {
    await writeFile(join(copy, files.config), JSON.stringify(configOf({ ...shape, qf2Ffn: 63 })));
    await refuses(/"qf2\.weight" has shape \[64, 128\], expected \[63, 128\]/);
    await writeFile(join(copy, files.config), JSON.stringify(configOf({ ...shape, layers: 4 })));
    await refuses(/"past_key\.3" has shape \[\]/);
  });

  it('refuses a tokenizer with more tokens than the model knows', async () => {
    const tokenizer = await readFile(join(copy, files.tokenizer), 'utf8');
    await writeFile(join(copy, files.tokenizer), tokenizer.replace('"id":258', '"id":900'));
    const model = await Model.load(copy);
    const asked = model.generate({ system: '', user: 'x' }, model.base);
    await assert.rejects(asked, /does not match the model: it has token 900/);
    await model.dispose();
  });
});
