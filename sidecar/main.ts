/** The sidecar: a language server over the transport that its arguments name (--node-ipc, --stdio, …). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { Model } from './engine/model';
import { serve } from './server/connection';

const connection = createConnection(ProposedFeatures.all);
serve(connection, (modelDir, options) => Model.load(modelDir, options));
// Ended by process.exit, so that what is to be done at the end is done.
process.once('SIGTERM', () => process.exit(143));
connection.listen();
