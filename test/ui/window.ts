/** Drives VS Code's workbench as a user would: keys, clicks, and the words on screen. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { workbenchUrl } from '../host/workbench';

export class Window {
  private constructor(readonly page: Page) {}

  /** Opens a workbench on a folder and waits until the extension is part of it. */
  static async open(page: Page, authority: string, folder: string): Promise<Window> {
    page.setDefaultTimeout(60_000);
    await page.goto(workbenchUrl(authority, folder));
    const window = new Window(page);
    await page.locator('.monaco-workbench').waitFor();
    await page.locator('.activitybar .action-item a[aria-label^="Quickfire"]').waitFor();
    return window;
  }

  /** Runs a command from the palette. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.input.fill(`>${title}`);
    const entries = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title });
    await entries.first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Runs a command that asks for a fact, and picks the one with this question. */
  async pickFact(command: string, question: string): Promise<void> {
    await this.runCommand(command);
    const facts = this.page.locator('.quick-input-list .monaco-list-row');
    await facts.filter({ hasText: question }).waitFor();
    await this.input.fill(question);
    await facts.first().filter({ hasText: question }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.input.fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Selects the whole line of the open file that has these words. */
  async selectLine(words: string): Promise<void> {
    const line = this.page.locator('.editor-instance .view-line', { hasText: words });
    await line.click({ position: { x: 4, y: 8 } });
    await this.page.keyboard.press('Home');
    await this.page.keyboard.press('Shift+End');
  }

  /** Accepts an input box once it proposes exactly these words. */
  async acceptInput(prompt: RegExp, proposal: string): Promise<void> {
    await this.page.locator('.quick-input-widget', { hasText: prompt }).waitFor();
    await this.page.waitForFunction(
      `document.querySelector('.quick-input-widget input').value === ${JSON.stringify(proposal)}`,
    );
    await this.page.keyboard.press('Enter');
  }

  /** Waits for a notification with these words, and closes it. */
  async notification(words: RegExp): Promise<string> {
    const toast = this.page.locator('.notification-toast', { hasText: words }).first();
    await toast.waitFor();
    const text = await toast.innerText();
    await this.runCommand('Notifications: Clear All Notifications');
    return text;
  }

  /** Shows Quickfire's views in the side bar. */
  async showQuickfire(): Promise<void> {
    await this.runCommand('Quickfire: Focus on Ask View');
    await this.panel.locator('#form[data-ready] #question').waitFor();
  }

  /** The Ask panel's page. */
  get panel(): FrameLocator {
    return this.frame('[src*="purpose=webviewView"]');
  }

  /** The page of a fact's details, in the editor area. */
  get details(): FrameLocator {
    return this.frame(':not([src*="purpose=webviewView"])');
  }

  /** The one page there is: the panel that was out of sight, of which VS Code no longer tells what it is. */
  get onlyPage(): FrameLocator {
    return this.frame('');
  }

  /** Asks in the panel, whose newest entry is its first. @returns that entry, its answer complete */
  async ask(question: string): Promise<{ entry: Locator; answer: string }> {
    const before = await this.panel.locator('.entry').count();
    await this.panel.locator('#question').fill(question);
    await this.panel.locator('#question').press('Enter');
    await this.panel.locator('.entry').nth(before).waitFor();
    const entry = this.panel.locator('.entry').first();
    await this.panel.locator('.entry[aria-busy="false"]').nth(before).waitFor();
    return { entry, answer: await entry.locator('.answer').first().innerText() };
  }

  /** The rows of the Learned Facts list that have these words. */
  facts(words: string | RegExp): Locator {
    return this.factList.locator('.monaco-list-row', { hasText: words });
  }

  /** The Learned Facts view, header included. */
  get factList(): Locator {
    return this.view('Learned Facts');
  }

  /** The Memory view, header included. */
  get memory(): Locator {
    return this.view('Memory');
  }

  /** Presses a button in the header of a view, where it shows while the pointer is over the view. */
  async pressInHeader(view: Locator, title: string): Promise<void> {
    await view.hover();
    await view.getByRole('button', { name: title }).click();
  }

  private view(title: string): Locator {
    const header = this.page.locator('.pane-header', { hasText: title });
    return this.page.locator('.split-view-view .pane', { has: header });
  }

  private frame(which: string): FrameLocator {
    return this.page.frameLocator(`iframe.webview.ready${which}`).frameLocator('iframe#active-frame');
  }

  private get input(): Locator {
    return this.page.locator('.quick-input-widget input[type="text"]');
  }
}
