import type { Finding, Severity } from '../planner/plan';
import type { Report } from './report';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/**
 * The findings as annotations of a GitHub Actions run.
 *
 * Source: GitHub's docs, "Workflow commands for GitHub Actions"; the escapes are those of
 * actions/toolkit, packages/core/src/command.ts.
 */
export function githubReport({ plan }: Report): string {
  return plan.findings.map((finding) => `${annotation(finding)}\n`).join('');
}

function annotation({ severity, file, line, rule, object, message, fix }: Finding): string {
  const properties = Object.entries({ file, line, title: `${rule}: ${object}` })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(`${message}; ${fix}`)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
