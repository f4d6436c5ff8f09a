import type { Format } from '../../../sidecar/convert/precision';
import type { Accuracy } from './accuracy';
import type { Measured } from './compare';
import type { ConversionCost } from './conversion';
import type { LearningCost } from './learning';
import type { ShapeName } from './shapes';

/** All that a run of the bench has measured. */
export interface SpeedResults {
  readonly machine: Machine;
  /** Bytes a second that so many processes together read from memory. */
  bandwidth: { processes: number; bytesPerSecond: number }[];
  models: ModelResult[];
  accuracy?: readonly Accuracy[];
  /** Figures of the shipped model by their names. */
  shipped?: Record<string, number>;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly node: string;
  readonly onnxRuntime: string;
  /** Undefined where node-llama-cpp is not installed. */
  readonly nodeLlamaCpp: string | undefined;
}

/** A model with random weights. */
export interface ModelResult {
  readonly shape: ShapeName;
  readonly layers: number;
  readonly format: Format;
  readonly conversion: ConversionCost;
  measured: readonly Measured[];
  learning?: LearningCost;
}
