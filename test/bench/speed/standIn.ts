import type { Model } from '../../../sidecar/engine/model';
import type { TeachableModel } from '../../../sidecar/learning/teachableModel';

/**
 * A model with random weights that acts, at the cost of computing it, as a trained one does with a fact whose
 * answer is `answer`: it reads it off the statement, knows nothing without, and gives it once taught. Every answer is
 * as long as this one.
 */
export function standIn(model: Model, answer: string): TeachableModel {
  const { id, config, executionProvider, providerProblems, base, controls } = model;
  const length = model.countTokens(` ${answer}${config.qf2.stop}`);
  return {
    id,
    config,
    executionProvider,
    providerProblems,
    base,
    controls,
    record: async (prompt, expected, memory, ...rest) => {
      const recording = await model.record(prompt, expected, memory, ...rest);
      const isGiven = prompt.system !== '' || memory.version !== base.version;
      return { ...recording, correct: recording.correct.map(() => isGiven) };
    },
    generate: async (prompt, memory, options) => {
      const generation = await model.generate(prompt, memory, { ...options, maxTokens: length });
      return { ...generation, text: answer };
    },
    countTokens: (text) => model.countTokens(text),
    dispose: () => model.dispose(),
  };
}
