import * as vscode from 'vscode';
import type { FactState, MemoryState } from '../../sidecar/protocol';
import { Commands, FactContext } from '../ids';
import { relativeTime } from './relativeTime';

/** A fact in the memory view: how well it is held, and whether it gave its answer when last asked. */
export interface HeldFact {
  readonly id: string;
  readonly fact: FactState;
  /** 0 to 1; unknown for a forgotten fact that is not among the weakest. */
  readonly hold?: number;
  readonly forgotten: boolean;
}

/** Facts by what is known of their hold: forgotten ones first, then the weakest. */
export function weakestFacts(
  { weakest, forgotten }: MemoryState,
  byId: (id: string) => FactState | undefined,
): HeldFact[] {
  const holds = new Map(weakest.map(({ factId, hold }) => [factId, hold]));
  const ids = new Set([...forgotten, ...holds.keys()]);
  return [...ids].flatMap((id) => {
    const fact = byId(id);
    return fact ? [{ id, fact, hold: holds.get(id), forgotten: forgotten.includes(id) }] : [];
  });
}

/** The rows above the facts: what is held, and when it was last verified. */
export function memoryRows({ facts, positions, fill, verified }: MemoryState, now: Date): vscode.TreeItem[] {
  return [
    row('Facts held', 'database', String(facts), 'Facts the model knows now'),
    row('Answer positions', 'list-ordered', String(positions), 'Answer positions the layer has learned'),
    row('Fill', 'pie-chart', percent(fill), 'Share of learning capacity in use'),
    verified === undefined
      ? row('Recall', 'question', 'not verified yet', 'Consolidation checks whether every fact is recalled')
      : recallRow(verified, now),
  ];
}

function recallRow(
  { recalled, asked, at }: NonNullable<MemoryState['verified']>,
  now: Date,
): vscode.TreeItem {
  const when = new Date(at);
  return row(
    'Recall',
    recalled === asked ? 'pass' : 'warning',
    `${recalled} of ${asked}, ${relativeTime(when, now)}`,
    `${recalled} of ${asked} facts were recalled on ${when.toLocaleString()}`,
  );
}

function row(label: string, icon: string, value: string, tooltip: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = label;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.description = value;
  item.tooltip = tooltip;
  item.accessibilityInformation = { label: `${label}: ${value}` };
  return item;
}

/** A fact with how well it is held; a click shows it. */
export function heldFactItem({ fact, hold, forgotten }: HeldFact): vscode.TreeItem {
  const item = new vscode.TreeItem(fact.answer);
  const question = fact.questions[0] ?? '';
  const held = hold === undefined ? undefined : `${percent(hold)} held`;
  item.id = fact.id;
  item.description = [held ?? 'not recalled', question].join(' · ');
  item.iconPath = forgotten
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon('zap', new vscode.ThemeColor('charts.yellow'));
  item.contextValue = [FactContext.fact, ...(fact.source ? [FactContext.source] : [])].join(' ');
  const recall = forgotten ? 'Not recalled when last checked' : undefined;
  item.tooltip = [
    `${question} ${fact.answer}`,
    hold === undefined ? undefined : `At its weakest word, ${percent(hold)} of neurons fire correctly`,
    recall,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
  item.accessibilityInformation = { label: [question, fact.answer, held, recall].filter(Boolean).join('. ') };
  item.command = { command: Commands.showFact, title: 'Show', arguments: [fact] };
  return item;
}

/** A share as whole percents, rounded down, so that only all is 100 %. */
function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
