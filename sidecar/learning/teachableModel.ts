import type { Model } from '../engine/model';

/**
 * What learning needs of a model. The engine's Model has it all; tests stand in a deterministic one
 * that needs no ONNX Runtime.
 */
export type TeachableModel = Pick<
  Model,
  | 'id'
  | 'config'
  | 'executionProvider'
  | 'providerProblems'
  | 'base'
  | 'controls'
  | 'record'
  | 'generate'
  | 'countTokens'
  | 'dispose'
>;
