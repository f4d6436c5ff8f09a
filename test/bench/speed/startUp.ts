import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { root } from '../../../scripts/run';
import { withTemporary } from '../../../scripts/temporary';
import { Notifications } from '../../../sidecar/protocol';

/**
 * Starts the built sidecar as the editor does, with nothing taught and nothing cached, and ends it.
 * @param modelDir folder of a converted model
 * @returns milliseconds from the process's start until the model can be asked
 * @throws Error with the sidecar's message where the model does not load
 */
export async function sidecarStartUp(modelDir: string): Promise<number> {
  return withTemporary(async (folder) => {
    const start = performance.now();
    // Without the loader of TypeScript that this process has, and would hand down.
    const child = fork(path.join(root, 'dist', 'sidecar.js'), ['--node-ipc'], { execArgv: [] });
    const ended = once(child, 'exit');
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    const ready = new Promise<number>((resolve, reject) => {
      connection.onNotification(Notifications.statusChanged.method, (raw: unknown) => {
        const { health, message } = Notifications.statusChanged.params.parse(raw);
        if (health === 'error') reject(new Error(message));
        else if (health !== 'starting') resolve(performance.now() - start);
      });
    });
    connection.listen();
    const options = {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      initializationOptions: { modelDir, cacheDir: folder },
    };
    try {
      const [ms] = await Promise.all([ready, connection.sendRequest('initialize', options)]);
      return ms;
    } finally {
      connection.dispose();
      child.kill();
      await ended;
    }
  });
}
