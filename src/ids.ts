/** Every id that package.json contributes and the code uses; a unit test holds the two together. */

export const Commands = {
  teachSelection: 'quickfire.teachSelection',
  teachLines: 'quickfire.teachLines',
  askQuestion: 'quickfire.askQuestion',
  openSource: 'quickfire.openSource',
  showFact: 'quickfire.showFact',
  askFact: 'quickfire.askFact',
  editFact: 'quickfire.editFact',
  enableFact: 'quickfire.enableFact',
  disableFact: 'quickfire.disableFact',
  forgetFact: 'quickfire.forgetFact',
  forgetAllFacts: 'quickfire.forgetAllFacts',
  copyFact: 'quickfire.copyFact',
  openFactsFile: 'quickfire.openFactsFile',
  consolidate: 'quickfire.consolidate',
  stopConsolidation: 'quickfire.stopConsolidation',
  exportLora: 'quickfire.exportLora',
  selectModel: 'quickfire.selectModel',
  removeModel: 'quickfire.removeModel',
  setHuggingFaceToken: 'quickfire.setHuggingFaceToken',
  restartSidecar: 'quickfire.restartSidecar',
  showLog: 'quickfire.showLog',
  showActions: 'quickfire.showActions',
} as const;
export type CommandId = (typeof Commands)[keyof typeof Commands];

export const Views = { ask: 'quickfire.ask', facts: 'quickfire.facts', memory: 'quickfire.memory' } as const;

/** Kinds of webview editors. */
export const WebviewTypes = { fact: 'quickfire.fact' } as const;

export const VIEW_CONTAINER = 'quickfire';

/** Settings, without the section's name. */
export const SETTINGS_SECTION = 'quickfire';
export const Settings = {
  rule: 'rule',
  model: 'model',
  executionProvider: 'executionProvider',
  hubEndpoint: 'hub.endpoint',
} as const;

export const ContextKeys = {
  /** 'starting', 'running' or 'stopped': whether the sidecar can be asked. */
  sidecar: 'quickfire.sidecar',
  hasFacts: 'quickfire.hasFacts',
  /** 'none', 'due', 'running', 'done' or 'undone', as the memory's state has it, or 'unknown' without one. */
  consolidation: 'quickfire.consolidation',
} as const;

/** First argument of a command that a key calls on what is chosen in the list of facts. */
export const SELECTION = 'selection';

/** Second argument of a command that a click in the list of facts calls: keys go on meaning the list. */
export const FROM_LIST = 'fromList';

/** Words in a tree item's contextValue that the menus test for. */
export const FactContext = {
  fact: 'fact',
  enabled: 'enabled',
  disabled: 'disabled',
  source: 'source',
} as const;
