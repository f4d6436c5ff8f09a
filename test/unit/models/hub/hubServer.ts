/** A server on loopback that speaks the Hugging Face hub's protocol, with faults on request. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const COMMIT = 'a'.repeat(40);

/** How the server treats the next request for a file; each fault is used up by one request. */
export type Fault =
  | { readonly kind: 'drop'; readonly after: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'redirect'; readonly to: string }
  /** Sends this in place of the content. */
  | { readonly kind: 'content'; readonly content: Buffer }
  /** Sends so much, then nothing more, with the connection open. */
  | { readonly kind: 'stall'; readonly after: number }
  | { readonly kind: 'ignoreRange' };

export interface HubRequest {
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

export class HubServer {
  readonly requests: HubRequest[] = [];
  /** Faults of each file's next requests, in order. */
  readonly faults = new Map<string, Fault[]>();
  /** Token without which everything is refused; undefined asks for none. */
  token: string | undefined;
  /** Status of a refusal. */
  refusal = 401;
  /** Whether weights are told with their sha256, all else with git's id; else nothing but sizes is told. */
  tellsDigests = true;
  private readonly server: Server;

  private constructor(
    private readonly repository: string,
    readonly files: Map<string, Buffer>,
  ) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  static async start(repository: string, files: Record<string, Buffer>): Promise<HubServer> {
    const hub = new HubServer(repository, new Map(Object.entries(files)));
    await new Promise<void>((resolve) => hub.server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The requests for a file, in order. */
  requestsFor(name: string): HubRequest[] {
    return this.requests.filter(({ path }) => path.endsWith(`/${name}`));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const { range, authorization } = headers;
    this.requests.push({ path: url, range, authorization });
    if (this.token !== undefined && authorization !== `Bearer ${this.token}`) {
      response.writeHead(this.refusal).end();
      return;
    }
    if (url === `/api/models/${this.repository}/revision/main?blobs=true`) {
      response.end(JSON.stringify(this.listing()));
      return;
    }
    const prefix = `/${this.repository}/resolve/${COMMIT}/`;
    const name = url.startsWith(prefix) ? url.slice(prefix.length) : '';
    const content = this.files.get(name);
    if (content) this.send(response, content, range, this.faults.get(name)?.shift());
    else response.writeHead(404).end();
  }

  private listing(): unknown {
    const siblings = [...this.files].map(([rfilename, content]) => {
      const size = content.length;
      if (!this.tellsDigests) return { rfilename, size };
      if (!rfilename.endsWith('.safetensors')) return { rfilename, size, blobId: gitId(content) };
      return { rfilename, size, blobId: '0'.repeat(40), lfs: { sha256: sha256(content), size } };
    });
    return { id: this.repository, sha: COMMIT, siblings };
  }

  private send(response: ServerResponse, content: Buffer, range: string | undefined, fault?: Fault): void {
    if (fault?.kind === 'status') {
      response.writeHead(fault.status).end();
      return;
    }
    if (fault?.kind === 'redirect') {
      response.writeHead(302, { location: fault.to }).end();
      return;
    }
    const start = fault?.kind === 'ignoreRange' ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const sent = (fault?.kind === 'content' ? fault.content : content).subarray(start);
    const last = content.length - 1;
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': sent.length,
      ...(start > 0 && { 'content-range': `bytes ${start}-${last}/${content.length}` }),
    });
    if (fault?.kind !== 'drop' && fault?.kind !== 'stall') {
      response.end(sent);
      return;
    }
    response.write(sent.subarray(0, fault.after), () => {
      // Lets what was written arrive first.
      if (fault.kind === 'drop') setTimeout(() => response.destroy(), 20);
    });
  }
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function gitId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
