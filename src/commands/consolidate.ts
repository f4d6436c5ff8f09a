import * as vscode from 'vscode';
import type { ConsolidationReport } from '../../sidecar/protocol';
import type { SidecarClient } from '../client';
import type { Messages } from '../errors';

const TOLD_MS = 8000;

/** Replays all facts; views and status bar show how far it is, and only a result that was not kept interrupts. */
export function consolidate(client: SidecarClient, messages: Messages) {
  return async (): Promise<ConsolidationReport> => {
    const report = await client.request('consolidate', {});
    const { outcome, recalledBefore = 0, recalledAfter = 0, asked } = report;
    if (outcome === 'kept') {
      const text = `$(check) Consolidated: ${recalledAfter} of ${asked} facts recalled`;
      vscode.window.setStatusBarMessage(text, TOLD_MS);
    } else if (outcome === 'rolledBack') {
      messages.show(
        'information',
        `Consolidation was rolled back: it recalled ${recalledAfter} of ${asked} facts, ` +
          `down from ${recalledBefore}. Nothing was lost.`,
      );
    }
    return report;
  };
}

/** Stops a consolidation, also one that the sidecar began by itself; it can be done later. */
export function stopConsolidation(client: SidecarClient) {
  return async (): Promise<void> => {
    await client.request('stopConsolidation', {});
  };
}
