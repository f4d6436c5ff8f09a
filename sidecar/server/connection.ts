import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver/node';
import * as z from 'zod';
import { messageOf, ModelError } from '../engine/errors';
import { InitializationOptions, Notifications, Requests } from '../protocol';
import { RequestError } from './errors';
import type { Events, RequestName } from './handlers';
import { Service, type LoadModel } from './service';

/** Any request's handler, after its parameters were parsed by that request's schema. */
type Handler = (params: unknown, signal: AbortSignal) => Promise<unknown>;

/** Serves the protocol on a connection; the service starts with `initialize`. */
export function serve(connection: Connection, load: LoadModel): void {
  let service: Service | undefined;
  const log = (message: string): void => connection.console.warn(message);
  const events: Events = {
    notify: (name, params) =>
      void connection
        .sendNotification(Notifications[name].method, params)
        .catch((error: unknown) => log(messageOf(error))),
    log,
  };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const options = parse(InitializationOptions, params.initializationOptions, 'initializationOptions');
    service = new Service(options, load, events);
    return {
      capabilities: { textDocumentSync: TextDocumentSyncKind.None },
      serverInfo: { name: 'quickfire' },
    };
  });
  connection.onShutdown(() => service?.dispose());

  const register = (name: RequestName): void => {
    const { method, params: schema } = Requests[name];
    connection.onRequest(method, async (raw: unknown, token: CancellationToken) => {
      if (!service) throw new ResponseError(ErrorCodes.ServerNotInitialized, `${method}: not initialized`);
      const handler = service[name].bind(service) as Handler;
      const signal = signalOf(token);
      try {
        return await handler(parse(schema, raw, method), signal);
      } catch (error) {
        throw signal.aborted
          ? new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.')
          : responseOf(error, log);
      }
    });
  };
  for (const name of Object.keys(Requests) as RequestName[]) register(name);
}

function parse<T extends z.ZodType>(schema: T, raw: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const details = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
  throw new ResponseError(ErrorCodes.InvalidParams, `${what}: ${details}`);
}

/** An AbortSignal that follows a cancellation token. */
function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

function responseOf(error: unknown, log: (message: string) => void): Error {
  if (error instanceof ResponseError) return error;
  if (!(error instanceof RequestError) && !(error instanceof ModelError)) {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error));
}
