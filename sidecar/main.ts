/** The sidecar: a language server over the transport that its arguments name (--node-ipc, --stdio, …). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { Model } from './engine/model';
import { serve } from './server/connection';

const connection = createConnection(ProposedFeatures.all);
serve(connection, (modelDir, options) => Model.load(modelDir, options));
connection.listen();
