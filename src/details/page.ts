import type { Page } from '../webviewPage';

/** The page of a fact's details; its script fills in the fact. */
export const DETAILS_PAGE: Page = {
  title: 'Fact',
  script: 'details.js',
  style: 'details.css',
  body: `<main id="fact"></main>`,
};
