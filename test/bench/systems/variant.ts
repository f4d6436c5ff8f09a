import type { TeachableModel } from '../../../sidecar/learning/teachableModel';

/** A model with other settings, on the same session and weights. */
function variant(model: TeachableModel, changes: Partial<TeachableModel>): TeachableModel {
  return Object.assign(Object.create(model) as TeachableModel, changes);
}

/** A model whose replay keeps no controls. */
export function withoutControls(model: TeachableModel): TeachableModel {
  return variant(model, { controls: [] });
}

/** A model whose rule hebbian has another rate. */
export function withHebbianRate(model: TeachableModel, rate: number): TeachableModel {
  const { qf2 } = model.config;
  const rule = { ...qf2.rule, hebbian: { rate } };
  return variant(model, { config: { ...model.config, qf2: { ...qf2, rule } } });
}
