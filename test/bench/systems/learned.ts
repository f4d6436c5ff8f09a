import { consolidate } from '../../../sidecar/learning/consolidate';
import type { EngramCache } from '../../../sidecar/learning/engramCache';
import { Learner } from '../../../sidecar/learning/learner';
import type { RuleName } from '../../../sidecar/learning/rules';
import type { TeachableModel } from '../../../sidecar/learning/teachableModel';
import { learnable } from '../data';
import type { Untaught } from '../untaught';
import type { System } from './system';

export interface LearnedOptions {
  name: string;
  rule: RuleName;
  /** Whether all that was taught is replayed before it is asked. */
  replay: boolean;
  /** The model that learns, a variant of the untaught one. Defaults to the untaught one itself. */
  model?: TeachableModel;
}

/** A model that learns the facts as those of a pull, with its default settings, and is asked without any statement. */
export function learned(
  { name, rule, replay, model }: LearnedOptions,
  untaught: Untaught,
  cache: EngramCache,
): System {
  return {
    name,
    untaught,
    hold: async (facts) => {
      const learner = new Learner(model ?? untaught.model, rule, cache);
      await learner.sync(facts.map(learnable));
      if (replay) await consolidate(learner);
      return {
        ask: async (question) => {
          const { answer, fired } = await learner.ask(question);
          return { answer, named: fired.map(({ factId }) => factId) };
        },
      };
    },
  };
}
