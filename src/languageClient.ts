import path from 'node:path';
import type * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { Notifications, type InitializationOptions } from '../sidecar/protocol';

export interface LanguageClientParts {
  /** Absolute path of the bundled sidecar. */
  readonly module: string;
  readonly log: vscode.LogOutputChannel;
  readonly initializationOptions: InitializationOptions;
  /** The connection ended, asked for or not. */
  onClosed(): void;
  /** A notification arrived and was readable. */
  onNotification(name: string, params: unknown): void;
}

/** Makes a client that is not started yet. It never restarts by itself and shows no messages of its own. */
export function createLanguageClient(parts: LanguageClientParts): LanguageClient {
  const { module, log, initializationOptions } = parts;
  const options = {
    // By default it would be the workspace's, which may not be trusted.
    cwd: path.dirname(module),
    // Without this variable the inference runtime writes its maker's telemetry.
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
  };
  const run = { module, transport: TransportKind.ipc, options };
  const client = new LanguageClient(
    'quickfire',
    'Quickfire',
    { run, debug: run },
    {
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions,
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          parts.onClosed();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    },
  );
  for (const [name, { method, params }] of Object.entries(Notifications)) {
    client.onNotification(method, (raw: unknown) => {
      const parsed = params.safeParse(raw);
      if (parsed.success) parts.onNotification(name, parsed.data);
      else log.error(`Unreadable ${method}: ${parsed.error.message}`);
    });
  }
  return client;
}
