import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Browser } from 'playwright-core';
import { MAX_ENTRIES } from '../../media/panel/state';
import { root } from '../../scripts/run';
import { packageExtension } from '../../scripts/vsix';
import { thisPlatform } from '../../sidecar/engine/platforms';
import { installExtension, startCodeServer, type CodeServer } from '../host/codeServer';
import { installChromium, installCodeServer, type Installation } from '../host/install';
import { launchBrowser } from '../host/workbench';
import { colleaguesFacts } from './colleaguesFacts';
import { colours, screenshot, themes, useTheme } from './screenshots';
import { whileFrozen } from './sidecarProcess';
import { Window } from './window';

const statement = 'The CEO of Oxinnovate is Qi.';
const question = 'Who is the CEO of Oxinnovate?';
const answer = 'Qi';
const abstention = 'Need more information.';

describe('Quickfire on screen, as packaged', function () {
  this.timeout(240_000);

  const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'quickfire-ui-'));
  const home = path.join(temporary, 'home');
  const workspace = path.join(temporary, 'gateway');
  let installation: Installation;
  let server: CodeServer;
  let browser: Browser;
  let window: Window;

  const open = async (trusted = true): Promise<void> => {
    server = await startCodeServer(installation, { home, trusted });
    const page = await browser.newPage({ viewport: { width: 1200, height: 750 }, deviceScaleFactor: 1.5 });
    window = await Window.open(page, server.authority, workspace);
  };
  const close = async (): Promise<void> => {
    await window.page.close();
    await server.stop();
  };

  before(async () => {
    installation = await installCodeServer();
    const settings = {
      'window.autoDetectColorScheme': true,
      'editor.renderWhitespace': 'none',
      'security.workspace.trust.startupPrompt': 'never',
    };
    const vsix = path.join(temporary, 'quickfire.vsix');
    await packageExtension(thisPlatform, vsix);
    await installExtension(installation, { home, settings }, vsix);
    fs.cpSync(path.join(root, 'test', 'fixtures', 'workspace'), workspace, { recursive: true });
    browser = await launchBrowser(await installChromium());
    await open();
  });

  after(async () => {
    // Where the first window did not open, what there is must end nevertheless, or the process would not.
    const left: Partial<{ window: Window; server: CodeServer; browser: Browser }> = {
      window,
      server,
      browser,
    };
    await left.window?.page.close();
    await left.server?.stop();
    await left.browser?.close();
    fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  });

  afterEach(async function () {
    const { currentTest } = this;
    if (currentTest?.state !== 'failed') return;
    const file = await screenshot(`failed-${currentTest.title.replace(/\W+/g, '-')}`, window.page);
    console.error(`What was on screen: ${file}`);
  });

  it('says that it needs more information before it is taught', async () => {
    await window.showQuickfire();
    assert.equal((await window.ask(question)).answer, abstention);
    assert.equal(await window.facts(answer).count(), 0);
  });

  it('teaches the selected line through its two inputs', async () => {
    await window.openFile('notes.md');
    await window.selectLine(statement);
    await window.runCommand('Quickfire: Teach Selection');
    await window.acceptInput(/Which question does it answer/, question);
    await window.acceptInput(/What should the model answer/, answer);
    assert.match(await window.notification(/learned/i), /learned and recalled/);
  });

  it('lists the fact with its question', async () => {
    await window.showQuickfire();
    await window.facts(answer).first().waitFor();
    assert.match(await window.facts(answer).innerText(), /Who is the CEO of Oxinnovate\?/);
  });

  it('answers from what it was taught, and names the fact that fired and its source', async () => {
    const { entry, answer: said } = await window.ask(question);
    assert.equal(said, answer);
    assert.match(await entry.locator('.fired li').first().innerText(), /Qi\s+notes\.md:3/);
  });

  it('shows the taught and the untaught model side by side', async () => {
    const compare = window.panel.getByRole('switch');
    await compare.check();
    const { entry } = await window.ask(question);
    assert.deepEqual(await entry.locator('.side .answer').allInnerTexts(), [answer, abstention]);
    await compare.uncheck();
  });

  it('stops an answer by its button, and not by the Escape that ends an input method', async () => {
    const { panel } = window;
    await whileFrozen(home, async () => {
      await panel.locator('#question').fill(question);
      await panel.locator('#question').press('Enter');
      await panel.getByRole('button', { name: 'Stop' }).waitFor();
      const composing = { key: 'Escape', isComposing: true, bubbles: true };
      await panel.locator('#question').dispatchEvent('keydown', composing);
      // As long as an answer that is stopped may take to end.
      await window.page.waitForTimeout(500);
      await panel.getByRole('button', { name: 'Stop' }).click();
      await panel.locator('.entry').first().locator('.note', { hasText: 'Stopped.' }).waitFor();
    });
    await panel.getByRole('button', { name: 'Ask', exact: true }).waitFor();
    assert.equal((await window.ask(question)).answer, answer);
  });

  for (const theme of themes) {
    it(`is drawn in the ${theme} theme`, async () => {
      await useTheme(window.page, theme);
      await screenshot(`panel-${theme}`, window.page);
      await screenshot(`list-${theme}`, window.factList);
    });
  }

  it('names a taught question where it abstains, which a key asks', async () => {
    const { entry, answer: said } = await window.ask('Where is the office of Oxinnovate?');
    assert.equal(said, abstention);
    await entry.getByRole('button', { name: question }).press('Enter');
    const answered = window.panel.locator('.entry[aria-busy="false"]').first();
    await answered.locator('.answer', { hasText: answer }).waitFor();
  });

  it('says so where an answer comes from no fact', async () => {
    const { entry, answer: said } = await window.ask('What is the capital of France?');
    assert.equal(said, 'Paris');
    await entry.locator('.note', { hasText: 'Not from your facts' }).waitFor();
  });

  it('learns facts that came with a pull, and shows how well the memory holds them', async () => {
    const file = path.join(workspace, '.quickfire', 'facts.jsonl');
    fs.appendFileSync(file, colleaguesFacts.map((fact) => `${JSON.stringify(fact)}\n`).join(''));
    await window.facts('Mara Lindqvist').waitFor();
    const rows = window.memory.locator('.monaco-list-row');
    await rows.filter({ hasText: `Facts held${colleaguesFacts.length + 1}` }).waitFor();
    await window.pressInHeader(window.memory, 'Consolidate Now');
    await rows.filter({ hasText: /Recall\d of \d, just now/ }).waitFor();
  });

  it('shows a fact with its firing before and after', async () => {
    const { details } = window;
    const weakest = window.memory.locator('.monaco-list-row', { hasText: / % held/ }).first();
    const name = await weakest.locator('.label-name').innerText();
    await weakest.click();
    // Its page takes the focus once it is there; later, that would close the palette.
    await details.getByRole('heading', { name, exact: true }).click();
    await window.pickFact('Quickfire: Show Fact Details', question);
    await details.getByRole('heading', { name: answer, exact: true }).waitFor();
    const summary = await details.locator('.summary').innerText();
    assert.match(summary, /^\d+ of \d+ neurons fire differently; \d+ % match the target/);
    const now = `canvas[aria-label$="${summary}"]`;
    assert.ok((await colours(details, now)) > 2, 'the picture is drawn, with neurons that changed');
  });

  for (const theme of themes) {
    it(`draws the memory and the fact in the ${theme} theme`, async () => {
      await useTheme(window.page, theme);
      await screenshot(`memory-${theme}`, window.memory);
      await screenshot(`fact-${theme}`, window.page);
    });
  }

  it('asks the next question by Enter while an answer is still to come', async () => {
    const { panel } = window;
    await whileFrozen(home, async () => {
      for (const text of ['Who owns the gateway?', question]) {
        await panel.locator('#question').fill(text);
        await panel.locator('#question').press('Enter');
        await panel.locator('.entry[aria-busy="true"] h2', { hasText: text }).waitFor();
      }
      await panel.locator('.entry').nth(1).locator('.note', { hasText: 'Stopped.' }).waitFor();
    });
    await panel
      .locator('.entry[aria-busy="false"]')
      .first()
      .locator('.answer', { hasText: answer })
      .waitFor();
  });

  it('goes on with an answer when the panel comes back into sight', async () => {
    await window.runCommand('View: Close All Editors');
    await whileFrozen(home, async () => {
      await window.panel.locator('#question').fill(question);
      await window.panel.locator('#question').press('Enter');
      await window.panel.getByRole('button', { name: 'Stop' }).waitFor();
      await window.runCommand('View: Show Explorer');
      await window.runCommand('Quickfire: Focus on Ask View');
      await window.onlyPage.getByRole('button', { name: 'Stop' }).waitFor();
    });
    const entry = window.onlyPage.locator('.entry').first();
    await entry.locator('.answer', { hasText: answer }).waitFor();
    await window.onlyPage.getByRole('button', { name: 'Ask', exact: true }).waitFor();
  });

  it('keeps the keyboard in the answers where the oldest is asked again and goes', async () => {
    const entries = window.onlyPage.locator('.entry');
    for (let count = await entries.count(); count < MAX_ENTRIES; count++) {
      await window.onlyPage.locator('#question').fill(question);
      await window.onlyPage.locator('#question').press('Enter');
      await entries.nth(count).waitFor();
    }
    const oldest = await entries.last().getAttribute('data-id');
    await entries.last().locator('.question').press('Enter');
    await window.onlyPage.locator(`.entry[data-id="${oldest}"]`).waitFor({ state: 'detached' });
    await entries.first().locator('.question:focus').waitFor();
  });

  it('opens the source of a fact that is clicked in the list, where Delete still forgets it, with undo', async () => {
    const { page } = window;
    await window.facts(answer).click();
    await page.locator('.tab.active', { hasText: 'notes.md' }).waitFor();
    await page.locator('.selected-text').first().waitFor();
    await page.keyboard.press('Delete');
    const toast = page.locator('.notification-toast', { hasText: `Forgot “${answer}”` });
    await toast.getByRole('button', { name: 'Undo' }).click();
    await window.facts(answer).waitFor();
    assert.equal(await page.locator('.tab.dirty').count(), 0, 'the source is as it was');
  });

  it('teaches each line of a selection that is chosen', async () => {
    const { page } = window;
    await window.openFile('notes.md');
    await window.selectLine(statement);
    await page.keyboard.press('Control+A');
    await window.runCommand('Quickfire: Teach Each Line');
    const offered = page.locator('.quick-input-list .monaco-list-row');
    await offered.filter({ hasText: 'How many people does Oxinnovate have?' }).waitFor();
    assert.equal(await offered.filter({ hasText: question }).count(), 0);
    await screenshot('lines-light', page);
    await page.keyboard.press('Enter');
    assert.match(await window.notification(/Learned \d/), /Learned (\d) of \1 facts\./);
    await window.facts('one').waitFor();
  });

  it('keeps facts when the window and the server start anew', async () => {
    await close();
    await open();
    await window.showQuickfire();
    await window.facts(answer).first().waitFor();
    assert.equal((await window.ask(question)).answer, answer);
  });

  it('learns no facts of a workspace that is not trusted, until it is', async () => {
    await close();
    await open(false);
    await window.showQuickfire();
    await window.factList.getByText('This workspace is not trusted').waitFor();
    assert.equal((await window.ask(question)).answer, abstention);
    await window.runCommand('Workspaces: Manage Workspace Trust');
    await window.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await window.facts(answer).first().waitFor();
    assert.equal((await window.ask(question)).answer, answer);
  });
});
