import type { Page } from '../webviewPage';

/** The Ask panel's page. */
export const ASK_PAGE: Page = {
  title: 'Ask',
  script: 'panel.js',
  style: 'panel.css',
  body: `<form id="form">
      <label for="question" class="visually-hidden">Question for the model</label>
      <textarea id="question" rows="2" placeholder="Ask about something you taught" aria-describedby="hint"></textarea>
      <span id="hint" class="visually-hidden">Press Enter to ask, Shift+Enter for a new line, Escape to stop the answer.</span>
      <div class="row">
        <label class="switch"><input type="checkbox" role="switch" id="compare" /> Show the untaught model's answer too</label>
        <button type="submit" id="submit" class="action">Ask</button>
      </div>
    </form>
    <main id="entries" role="log" aria-label="Answers" aria-live="polite" aria-relevant="additions text"></main>
    <p id="empty">Select a fact in an editor, teach it, and ask about it here. Answers come from the model's weights; nothing is added to your question.</p>`,
};
