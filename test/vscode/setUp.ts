import type { QuickfireApi } from '../../src/api';
import { forgetAll, quickfire } from './support';
import { UserInterface } from './userInterface';

/** In the suite that calls this, Quickfire runs, has forgotten everything, and its messages are watched. */
export function useQuickfire(): { readonly ui: UserInterface; readonly api: QuickfireApi } {
  const ui = new UserInterface();
  let started: QuickfireApi | undefined;
  const running = (): QuickfireApi => {
    if (!started) throw new Error('Quickfire runs from the first hook on');
    return started;
  };

  before(async () => {
    started = await quickfire();
    ui.install();
    await forgetAll(started);
  });
  beforeEach(() => ui.messages.splice(0));
  after(() => ui.restore());

  const api: QuickfireApi = {
    facts: () => running().facts(),
    memory: () => running().memory(),
    ready: () => running().ready(),
    sidecarPid: () => running().sidecarPid(),
  };
  return { ui, api };
}
