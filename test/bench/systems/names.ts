/** Names of the systems, as tables and plots show them. */
export const AT_ONCE = 'margin, at once';
export const CONSOLIDATED = 'margin, consolidated';
export const WITHOUT_CONTROLS = 'consolidated without controls';
export const WITHOUT_QFT_T = 'consolidated without QFt-T';
export const HEBBIAN = 'hebbian, best rate';
export const NOTHING = 'nothing taught';
export const IN_PROMPT = 'statement in the prompt';
export const RETRIEVAL = 'top-3 retrieval';
export const WHOLE_PROMPT = 'all in the prompt';

/** All systems; the last one needs a model of its own. */
export const SYSTEMS = [
  NOTHING,
  IN_PROMPT,
  RETRIEVAL,
  WHOLE_PROMPT,
  AT_ONCE,
  CONSOLIDATED,
  WITHOUT_CONTROLS,
  HEBBIAN,
  WITHOUT_QFT_T,
] as const;
