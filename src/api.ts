import type { FactState, MemoryState } from '../sidecar/protocol';

/** What the extension gives to other extensions and to its own tests. */
export interface QuickfireApi {
  /** The facts as the list shows them, newest first. */
  facts(): readonly FactState[];
  /** What the memory holds, as the memory view shows it; undefined while the sidecar is not running. */
  memory(): MemoryState | undefined;
  /** Settles when the facts are learned and listed, or the model cannot be used; rejects without a sidecar. */
  ready(): Promise<void>;
  /** Process id of the sidecar, while it runs. */
  sidecarPid(): number | undefined;
}
