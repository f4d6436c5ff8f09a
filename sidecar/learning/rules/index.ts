import type { TeachableModel } from '../model';
import { HebbianRule } from './hebbian';
import { MarginRule } from './margin';
import type { Rule, RuleName } from './rule';

export { RULES, type Rule, type RuleName } from './rule';

/** An empty rule over a model's base weight, with the model's own settings. */
export function createRule(name: RuleName, model: TeachableModel): Rule {
  const { base, mu, config } = model;
  const ffn = base.bias.length;
  if (name === 'hebbian') return new HebbianRule(base.weight, ffn, config.qf2.rule.hebbian.rate);
  return new MarginRule(base.weight, mu, ffn, {
    margin: config.qf2.margin,
    sweeps: config.qf2.rule.margin.replay_sweeps,
  });
}
