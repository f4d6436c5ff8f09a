import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** One of the extension's pages. */
export interface Page {
  readonly title: string;
  /** Its script, in dist/. */
  readonly script: string;
  /** Its style sheet, in media/, beside the one that all pages share. */
  readonly style: string;
  /** What is inside the body element. */
  readonly body: string;
}

/** Puts a page into a webview. Nothing is loaded but its own style sheets and its one script. */
export function showPage(webview: vscode.Webview, extensionUri: vscode.Uri, page: Page): void {
  const media = vscode.Uri.joinPath(extensionUri, 'media');
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const uri = (folder: vscode.Uri, name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const csp = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  webview.options = { enableScripts: true, localResourceRoots: [media, dist] };
  webview.html = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${csp}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${uri(media, 'page.css')}" />
    <link rel="stylesheet" href="${uri(media, page.style)}" />
    <title>${page.title}</title>
  </head>
  <body>
    ${page.body}
    <script nonce="${nonce}" src="${uri(dist, page.script)}"></script>
  </body>
</html>`;
}
