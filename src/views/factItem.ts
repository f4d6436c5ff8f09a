import * as vscode from 'vscode';
import type { FactState } from '../../sidecar/protocol';
import { Commands, FactContext, FROM_LIST } from '../ids';
import { locationOf } from '../source/selection';
import { conditionOf, conditionText, scopeText, type Condition } from './factCondition';

const WARNING = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));

const ICONS: Record<Condition, vscode.ThemeIcon> = {
  learned: new vscode.ThemeIcon('zap', new vscode.ThemeColor('charts.yellow')),
  forgotten: WARNING,
  problem: WARNING,
  waiting: new vscode.ThemeIcon('circle-outline'),
  disabled: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground')),
};

/** How a fact looks in the list. */
export function factItem(fact: FactState): vscode.TreeItem {
  const condition = conditionOf(fact);
  const item = new vscode.TreeItem(fact.answer);
  const state = conditionText(fact);
  item.id = fact.id;
  item.description = fact.questions.join(' ');
  item.iconPath = ICONS[condition];
  item.contextValue = [
    FactContext.fact,
    fact.enabled ? FactContext.enabled : FactContext.disabled,
    ...(fact.source ? [FactContext.source] : []),
  ].join(' ');
  item.tooltip = tooltip(fact, ICONS[condition].id, state);
  item.accessibilityInformation = { label: `${fact.questions.join(' ')} ${fact.answer}. ${state}` };
  item.command = fact.source
    ? { command: Commands.openSource, title: 'Go to Source', arguments: [fact, FROM_LIST] }
    : { command: Commands.showFact, title: 'Show', arguments: [fact, FROM_LIST] };
  return item;
}

function tooltip(fact: FactState, icon: string, state: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString('', true);
  markdown.appendText(fact.statement);
  markdown.appendMarkdown('\n\n---\n\n');
  for (const question of fact.questions) {
    markdown.appendMarkdown('- ').appendText(question).appendMarkdown('\n');
  }
  markdown.appendMarkdown('\n**').appendText(fact.answer).appendMarkdown('**\n\n---\n\n');
  const location = locationOf(fact);
  if (location !== undefined) markdown.appendMarkdown('$(file) ').appendText(location).appendMarkdown('  \n');
  markdown.appendMarkdown('$(calendar) ').appendText(new Date(fact.taughtAt).toLocaleString());
  markdown.appendMarkdown(`  \n$(${fact.scope === 'workspace' ? 'folder' : 'account'}) `);
  markdown.appendText(scopeText(fact));
  markdown.appendMarkdown(`  \n$(${icon}) `).appendText(state);
  return markdown;
}
