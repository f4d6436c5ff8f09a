import type { TeachableModel } from '../teachableModel';
import { HebbianRule } from './hebbian';
import { MarginRule } from './margin';
import type { Rule, RuleName } from './rule';

export { RULES, type Rule, type RuleName, type Seen, type Since, type Trace } from './rule';

/** A rule over a model's base weight, with the model's own settings. */
export function createRule(name: RuleName, model: TeachableModel): Rule {
  return name === 'hebbian' ? new HebbianRule(model) : new MarginRule(model);
}
