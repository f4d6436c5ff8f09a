export interface PageResources {
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/** The Ask panel's page. Nothing is loaded but its own style sheet and its one script. */
export function askPage({ cspSource, nonce, script, style }: PageResources): string {
  const csp = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${csp}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${style}" />
    <title>Ask</title>
  </head>
  <body>
    <form id="form">
      <label for="question" class="visually-hidden">Question for the model</label>
      <textarea id="question" rows="2" placeholder="Ask what you taught" maxlength="2000" aria-describedby="hint"></textarea>
      <span id="hint" class="visually-hidden">Enter asks, Shift+Enter makes a new line, Escape stops an answer.</span>
      <div class="row">
        <label class="switch"><input type="checkbox" role="switch" id="compare" /> Show what the untaught model says</label>
        <button type="submit" id="submit">Ask</button>
      </div>
    </form>
    <main id="entries" role="log" aria-label="Answers" aria-live="polite" aria-relevant="additions text"></main>
    <p id="empty">Highlight a fact in an editor, teach it, and ask for it here. The answer comes from the model's own weights; nothing is added to your question.</p>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>`;
}
