import { messageOf } from '../../../sidecar/engine/errors';
import { allowedUrl } from './address';
import { AccessError, ConnectionError, HubError } from './errors';
import { isToken } from './token';

/** A server that speaks the Hugging Face hub's protocol. */
export interface Hub {
  /** Its address, as `endpointOf` gives it. */
  readonly endpoint: string;
  /** Access token. Defaults to none. */
  readonly token?: string | undefined;
}

const MAX_REDIRECTS = 5;

/**
 * Sends a GET request and follows redirects, each to an allowed address; the token goes to the hub alone.
 * It uses the global `fetch`, since VS Code puts its own in that place in the extension host, which honours
 * the user's proxy settings and certificates; the sidecar and other child processes have no such thing.
 * Redirects are followed here because `fetch` would follow them to any address.
 * @returns the response, of any status but a redirect
 * @throws HubError if an address is refused; AccessError if the token is none; ConnectionError if there is no response; the signal's reason.
 */
export async function get(
  hub: Hub,
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  // Said here, since `fetch` would say it with the token's own text.
  if (hub.token !== undefined && !isToken(hub.token)) {
    throw new AccessError(
      'The stored Hugging Face token contains invalid characters. Enter it again, or leave empty to remove it.',
    );
  }
  const home = new URL(hub.endpoint).origin;
  let url = allowedUrl(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const authorization: Record<string, string> =
      hub.token !== undefined && url.origin === home ? { authorization: `Bearer ${hub.token}` } : {};
    const response = await send(url, { ...headers, ...authorization }, signal);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    url = allowedUrl(location, url.href);
  }
  throw new HubError(`${address} redirects too many times.`);
}

async function send(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers, redirect: 'manual', signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new ConnectionError(`${url.host} cannot be reached (${reasonOf(error)}).`);
  }
}

/** The bytes of a response as they come. @throws ConnectionError if they stop coming; the signal's reason. */
export async function* bodyOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of response.body ?? []) yield chunk as Uint8Array;
  } catch (error) {
    signal.throwIfAborted();
    throw new ConnectionError(`Lost the connection to the hub (${reasonOf(error)}).`);
  }
}

/** What went wrong on the wire; `fetch` itself only says that it failed. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return messageOf(cause instanceof Error ? cause : error);
}

/**
 * @param hub the one that was asked
 * @param what names what was asked for, in messages
 * @throws HubError, of the kind that fits, unless the response is a success.
 */
export async function expectSuccess({ token }: Hub, response: Response, what: string): Promise<void> {
  const { ok, status } = response;
  if (ok) return;
  await response.body?.cancel();
  switch (status) {
    case 401:
      throw new AccessError(
        token === undefined
          ? `${what} does not exist, or requires a Hugging Face token (401).`
          : `${what} does not exist, or the stored Hugging Face token is wrong or has expired (401). ` +
              'Enter another token, or leave empty to remove it.',
      );
    case 403:
      throw new AccessError(
        `Access to ${what} was denied (403). You may need to accept its terms on the hub or use another Hugging Face token.`,
      );
    case 404:
      throw new HubError(`${what} does not exist on this hub (404).`);
    default:
      if (status === 429 || status >= 500)
        throw new ConnectionError(`The hub is busy or unavailable (${status}).`);
      throw new HubError(`The hub refused the request for ${what} (${status}).`);
  }
}
