import type * as z from 'zod';
import type { Notifications, Requests } from '../protocol';

export type RequestName = keyof typeof Requests;
export type Params<K extends RequestName> = z.output<(typeof Requests)[K]['params']>;
export type Result<K extends RequestName> = z.output<(typeof Requests)[K]['result']>;

/** One function for each request of the protocol. */
export type Handlers = {
  [K in RequestName]: (params: Params<K>, signal: AbortSignal) => Promise<Result<K>>;
};

type NotificationName = keyof typeof Notifications;

/** What a service tells about, apart from answers to requests. */
export interface Events {
  notify: <K extends NotificationName>(name: K, params: z.input<(typeof Notifications)[K]['params']>) => void;
  log: (message: string) => void;
}
