import type { Page } from '../webviewPage';

/** The Ask panel's page. */
export const ASK_PAGE: Page = {
  title: 'Ask',
  script: 'panel.js',
  style: 'panel.css',
  body: `<form id="form">
      <label for="question" class="visually-hidden">Question for the model</label>
      <textarea id="question" rows="2" placeholder="Ask what you taught" maxlength="2000" aria-describedby="hint"></textarea>
      <span id="hint" class="visually-hidden">Enter asks, Shift+Enter makes a new line, Escape stops an answer.</span>
      <div class="row">
        <label class="switch"><input type="checkbox" role="switch" id="compare" /> Show what the untaught model says</label>
        <button type="submit" id="submit" class="action">Ask</button>
      </div>
    </form>
    <main id="entries" role="log" aria-label="Answers" aria-live="polite" aria-relevant="additions text"></main>
    <p id="empty">Highlight a fact in an editor, teach it, and ask for it here. The answer comes from the model's own weights; nothing is added to your question.</p>`,
};
