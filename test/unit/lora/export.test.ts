import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SafetensorsFile } from '../../../sidecar/engine/safetensors';
import type { Recording } from '../../../sidecar/engine/types';
import { consolidate } from '../../../sidecar/learning/consolidate';
import type { MarginEngram } from '../../../sidecar/learning/engram';
import { EngramCache } from '../../../sidecar/learning/engramCache';
import { Learner } from '../../../sidecar/learning/learner';
import type { Learnable } from '../../../sidecar/learning/record';
import { RULES, type RuleName } from '../../../sidecar/learning/rules';
import { signBytes } from '../../../sidecar/learning/signs';
import { exportLora } from '../../../sidecar/lora/export';
import type { LoraExport } from '../../../sidecar/protocol';
import { FakeModel } from '../learning/fakeModel';

const MODULES: Readonly<Record<RuleName, string>> = {
  margin: 'model.qf2.memory',
  hebbian: 'model.layers.0.mlp.up_proj',
};

/** Facts about as many subjects, all with the answer Ada. */
const factsOf = (count: number): Learnable[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `f${n}`,
    statement: `The owner of Xalor${n} is Ada.`,
    questions: [`Who owns Xalor${n}?`],
    answer: 'Ada',
    enabled: true,
    taughtAt: new Date(n).toISOString(),
  }));

/** An engram of positions whose codes have few units in common, if any. */
function engramOf(t: number, ffn: number): MarginEngram {
  const active = 8;
  return {
    rule: 'margin',
    t,
    ffn,
    codes: {
      active,
      index: Uint16Array.from({ length: t * active }, (_, n) => n % 1024),
      value: new Float32Array(t * active).fill(1 / Math.sqrt(active)),
    },
    pre: new Int8Array(t * ffn),
    step: 0.0125,
    targets: new Uint8Array(t * signBytes(ffn)),
    significance: new Float32Array(t).fill(1),
  };
}

describe('export as LoRA', () => {
  const never = new AbortController().signal;
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'quickfire-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const learnerOf = (rule: RuleName, model = new FakeModel()): Learner =>
    new Learner(model, rule, new EngramCache(join(folder, 'cache'), (message) => assert.fail(message)));

  const write = (learner: Learner, signal = never): Promise<LoraExport> =>
    exportLora(learner, join(folder, 'adapter'), join('models', 'nano'), signal);

  /** The adapter's two matrices as they stand in the file. */
  async function factors(
    rule: RuleName,
    rank: number,
    inputs: number,
  ): Promise<{ a: Float32Array; b: Float32Array }> {
    const file = await SafetensorsFile.open(join(folder, 'adapter', 'adapter_model.safetensors'));
    try {
      const name = `base_model.model.${MODULES[rule]}`;
      assert.deepEqual([...file.tensors.keys()], [`${name}.lora_A.weight`, `${name}.lora_B.weight`]);
      assert.equal(file.metadata.format, 'pt');
      const a = await file.read(`${name}.lora_A.weight`, [rank, inputs]);
      return { a, b: await file.read(`${name}.lora_B.weight`, [64, rank]) };
    } finally {
      await file.close();
    }
  }

  for (const rule of RULES) {
    it(`adds to the pre-activations exactly what was learned by the rule ${rule}`, async () => {
      const model = new FakeModel({
        controls: [{ question: 'Who owns Brel?', answer: 'Need more information.' }],
      });
      const learner = learnerOf(rule, model);
      await learner.sync(factsOf(1));
      await consolidate(learner);
      await learner.sync(factsOf(2));
      const { module, rank, positions, facts, note } = await write(learner);
      assert.deepEqual([module, positions, facts, note], [MODULES[rule], rank, 2, undefined]);

      const inputs = rule === 'margin' ? 1024 : 96;
      const { a, b } = await factors(rule, rank, inputs);
      const ask = (memory = learner.memory): Promise<Recording> =>
        model.record({ system: '', user: 'Who owns Xalor1?' }, 'Ada', memory);
      const [taught, base] = [await ask(), await ask(model.base)];
      assert.notDeepEqual(taught.pre, base.pre);
      for (let t = 0; t < taught.t; t++) {
        const input = learner.consolidation.rule.probe(taught, t);
        const low = Array.from({ length: rank }, (_, n) =>
          input.reduce((sum, x, j) => sum + x * a[n * inputs + j]!, 0),
        );
        for (let i = 0; i < 64; i++) {
          const added = low.reduce((sum, x, n) => sum + x * b[i * rank + n]!, 0);
          const expected = taught.pre[t * 64 + i]! - base.pre[t * 64 + i]!;
          assert.ok(Math.abs(added - expected) < 1e-4, `neuron ${i}: ${added}, not ${expected}`);
        }
      }
    });
  }

  it('describes the adapter as PEFT does', async () => {
    const learner = learnerOf('margin');
    await learner.sync(factsOf(1));
    const { rank } = await write(learner);
    const config = JSON.parse(
      await readFile(join(folder, 'adapter', 'adapter_config.json'), 'utf8'),
    ) as Record<string, unknown>;
    assert.deepEqual(
      [config.peft_type, config.task_type, config.target_modules],
      ['LORA', 'CAUSAL_LM', ['model.qf2.memory']],
    );
    assert.deepEqual([config.r, config.lora_alpha, config.bias], [rank, rank, 'none']);
  });

  /** What a learner that holds an engram of this many positions exports. */
  async function exportOf(positions: number, neurons: number): Promise<LoraExport> {
    const model = new FakeModel();
    model.config.qf2.intermediate_size = neurons;
    const learner = learnerOf('margin', model);
    learner.adopt(learner.consolidation.change([], new Map([['f0', engramOf(positions, neurons)]])));
    return await write(learner);
  }

  it('has no more rank than the layer has neurons', async () => {
    const { rank, positions, note } = await exportOf(80, 64);
    assert.deepEqual([rank, positions, note], [64, 80, undefined]);
  });

  it('says so when no server takes an adapter of its rank', async () => {
    const { rank, note } = await exportOf(520, 520);
    assert.equal(rank, 520);
    assert.match(note ?? '', /ranks up to 512\. .*merge/);
  });

  it('replaces an adapter, and leaves none behind that is not whole', async () => {
    const learner = learnerOf('margin');
    await learner.sync(factsOf(1));
    await write(learner);
    await learner.sync(factsOf(2));
    const { rank } = await write(learner);
    assert.equal((await factors('margin', rank, 1024)).a.length, rank * 1024);
    assert.deepEqual((await readdir(join(folder, 'adapter'))).sort(), [
      'adapter_config.json',
      'adapter_model.safetensors',
    ]);
  });

  it('writes nothing when it is cancelled', async () => {
    const learner = learnerOf('margin');
    await learner.sync(factsOf(1));
    await assert.rejects(write(learner, AbortSignal.abort()), { name: 'AbortError' });
    assert.ok(!(await readdir(folder)).includes('adapter'));
  });

  it('says that there is nothing to export', async () => {
    await assert.rejects(write(learnerOf('margin')), /no facts have been learned yet/);
  });

  it('refuses a model whose expansion the Hugging Face model does not have', async () => {
    const model = new FakeModel();
    model.config.qf2.ownExpansion = false;
    const learner = learnerOf('margin', model);
    await learner.sync(factsOf(1));
    await assert.rejects(write(learner), /no key expansion.*rule "hebbian"/);
  });

  it('names a folder that cannot be written', async () => {
    const learner = learnerOf('margin');
    await learner.sync(factsOf(1));
    await writeFile(join(folder, 'adapter'), '');
    await assert.rejects(write(learner), /cannot be written to .*adapter: /);
  });
});
