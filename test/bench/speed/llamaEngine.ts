import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promptOf, type Engine, type EngineOptions } from './engine';

/** The version that is measured; it is no dependency, since it is larger than all of Quickfire's tools need be. */
export const LLAMA_VERSION = '3.22.1';

/** The part of node-llama-cpp that is used here. */
interface NodeLlamaCpp {
  getLlama: (options: {
    gpu: false;
    build: 'never';
    skipDownload: true;
    progressLogs: false;
    logLevel: 'error';
    maxThreads: number;
  }) => Promise<{ loadModel(options: { modelPath: string }): Promise<LlamaModel> }>;
}

interface LlamaModel {
  createContext(options: { contextSize: number; threads: number }): Promise<{ getSequence(): LlamaSequence }>;
}

interface LlamaSequence {
  clearHistory(): Promise<void>;
  evaluate(
    tokens: readonly number[],
    options: { temperature: 0; yieldEogToken: true },
  ): AsyncGenerator<number, void, void>;
}

/** Whether node-llama-cpp is installed in a folder. */
export function hasLlama(folder: string): boolean {
  return existsSync(entry(folder));
}

/** llama.cpp by node-llama-cpp, with its defaults; on the CPU, like Quickfire. */
export async function loadLlama(options: EngineOptions): Promise<Engine> {
  const { model: modelPath, threads, context: contextSize, llamaFolder } = options;
  const { getLlama } = (await import(pathToFileURL(entry(llamaFolder)).href)) as NodeLlamaCpp;
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: 'error',
    maxThreads: threads,
  });
  const model = await llama.loadModel({ modelPath });
  const sequence = (await model.createContext({ contextSize, threads })).getSequence();
  return {
    run: async (context, count) => {
      await sequence.clearHistory();
      const tokens = sequence.evaluate(promptOf(context), { temperature: 0, yieldEogToken: true });
      const start = performance.now();
      await tokens.next();
      const first = performance.now();
      for (let n = 0; n < count; n++) await tokens.next();
      const end = performance.now();
      await tokens.return();
      return { prefillSeconds: (first - start) / 1000, decodeSeconds: (end - first) / 1000 };
    },
  };
}

function entry(folder: string): string {
  return join(folder, 'node_modules', 'node-llama-cpp', 'dist', 'index.js');
}
