import path from 'node:path';
import * as vscode from 'vscode';
import type { Qf2Facts } from '../../sidecar/convert/sourceConfig';
import { ModelError } from '../../sidecar/engine/errors';
import { isCancellation, UserError } from '../errors';
import { convertModel } from './conversion';
import { downloadModel } from './hub/download';
import { AccessError, HubError } from './hub/errors';
import type { HubAccess } from './hubAccess';
import { askQf2Facts } from './qf2Facts';
import { isConverted, type ModelStore } from './store';
import { Transfer } from './transfer';

/** Part of the progress that a download takes, before the conversion. */
const DOWNLOAD_SHARE = 0.8;

/** A progress message is not replaced more often. */
const REPORT_MS = 250;

type Report = (share: number, message: string) => void;

/** Brings models into the store, one at a time, with progress that can be cancelled. */
export class ModelPreparation {
  private busy = false;

  /** @param converter absolute path of the bundled converter */
  constructor(
    private readonly store: ModelStore,
    private readonly access: HubAccess,
    private readonly converter: string,
  ) {}

  /**
   * Downloads and converts a repository, asking for a token where the hub wants one.
   * Rejects with CancellationError when the user cancels: a later call goes on from there.
   * @param tryAgain what a failure's button does
   * @returns the model's folder
   */
  async fromHub(repository: string, tryAgain: () => unknown): Promise<string> {
    for (;;) {
      try {
        return await this.run(repository, (report, signal) => this.download(repository, report, signal));
      } catch (error) {
        if (!(error instanceof HubError)) throw error;
        if (!(error instanceof AccessError)) {
          throw new UserError(error.message, [{ title: 'Try Again', run: tryAgain }]);
        }
        await this.access.askToken(error.message);
      }
    }
  }

  /** Converts a Hugging Face directory. @returns the model's folder */
  async fromFolder(source: string): Promise<string> {
    return await this.run(path.basename(source), async (report, signal) => {
      const target = this.store.localFolder(source);
      await this.convert(source, target, await askQf2Facts(source), signal, report);
      return target;
    });
  }

  private async download(repository: string, report: Report, signal: AbortSignal): Promise<string> {
    const folder = this.store.downloadFolder(repository);
    const transfer = new Transfer();
    let last = -Infinity;
    const onProgress = (done: number, total: number): void => {
      if (performance.now() - last < REPORT_MS) return;
      last = performance.now();
      report((DOWNLOAD_SHARE * done) / total, `Downloading, ${transfer.describe(done, total)}`);
    };
    report(0, 'Fetching file list');
    let given: Qf2Facts = {};
    const onConfig = async (): Promise<void> => void (given = await askQf2Facts(folder));
    const target = this.store.hubFolder(repository);
    const wasThere = isConverted(target);
    const isDone = (): boolean => !wasThere && isConverted(target);
    const options = { signal, onProgress, onConfig, isDone };
    await downloadModel(await this.access.hub(), repository, folder, options, async () => {
      await this.convert(folder, target, given, signal, (share, message) =>
        report(DOWNLOAD_SHARE + (1 - DOWNLOAD_SHARE) * share, message),
      );
      await this.store.remove(folder);
    });
    return target;
  }

  private async convert(
    source: string,
    target: string,
    given: Qf2Facts,
    signal: AbortSignal,
    report: Report,
  ): Promise<void> {
    const onProgress = (share: number): void => report(share, `Converting, ${Math.floor(100 * share)} %`);
    onProgress(0);
    await convertModel({ module: this.converter, source, target, given, signal, onProgress });
  }

  private async run(
    name: string,
    work: (report: Report, signal: AbortSignal) => Promise<string>,
  ): Promise<string> {
    if (this.busy)
      throw new UserError(
        'Another model is being downloaded or converted. Wait for it to finish, or cancel it first.',
      );
    this.busy = true;
    try {
      return await withProgress(`Quickfire: ${name}`, async (report, signal) => {
        await this.store.sweep();
        return await work(report, signal);
      });
    } finally {
      this.busy = false;
    }
  }
}

/** Runs `work` under a notification. Rejects with UserError where the model is to blame. */
async function withProgress<T>(
  title: string,
  work: (report: Report, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const controller = new AbortController();
  return await vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => controller.abort());
    let shown = 0;
    const report: Report = (share, message) => {
      const percent = Math.max(shown, Math.round(100 * share));
      progress.report({ message, increment: percent - shown });
      shown = percent;
    };
    try {
      return await work(report, controller.signal);
    } catch (error) {
      if (controller.signal.aborted || isCancellation(error)) throw new vscode.CancellationError();
      throw error instanceof ModelError ? new UserError(error.message) : error;
    }
  });
}
