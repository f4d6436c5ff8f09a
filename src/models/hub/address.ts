import { HubError } from './errors';

/** Owner or name of a repository as the hub allows them; such a part is safe as a folder's name. */
const PART = /^\w([\w.-]{0,94}\w)?$/;

/** Whether `text` is the id of a repository, "owner/name". */
export function isRepositoryId(text: string): boolean {
  const parts = text.split('/');
  return parts.length === 2 && parts.every((part) => PART.test(part) && !part.includes('..'));
}

/**
 * Where a hub is reached, without a slash at the end.
 * @throws HubError unless `text` is the address of a https server, or of a http server on this machine.
 */
export function endpointOf(text: string): string {
  const { origin, pathname } = allowedUrl(text.trim());
  return `${origin}${pathname}`.replace(/\/+$/, '');
}

/**
 * Reads an address that may be asked: https, so that nobody on the way reads the token or changes the model.
 * @param base what a relative address is relative to
 * @throws HubError if it is none, or is neither https nor on this machine.
 */
export function allowedUrl(text: string, base?: string): URL {
  if (!URL.canParse(text, base)) throw new HubError(`“${text}” is not a valid URL.`);
  const url = new URL(text, base);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new HubError(
    `${url.protocol}//${url.host} is not allowed: models are downloaded over https only, or over http from this machine.`,
  );
}

/** URL has put every notation of an IPv4 address into dotted form by then. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
