import { pathToFileURL } from 'node:url';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { RULES } from '../checks/registry';
import type { Rule } from '../checks/rule';
import type { Finding, Severity } from '../planner/plan';
import type { Report } from './report';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** The findings as SARIF 2.1.0, which code scanning reads. */
export function sarifReport({ plan, version }: Report): string {
  const found = new Set(plan.findings.map(({ rule }) => rule));
  const rules = RULES.filter(({ id }) => found.has(id));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-storage',
            semanticVersion: version,
            rules: rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: plan.findings.map((finding) => result(finding, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor({ id, severity, summary, why, source }: Rule): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why.trim() },
    help: { text: `${why.trim()} Source: ${source}` },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result(
  { rule, severity, object, file, line, message, fix }: Finding,
  rules: readonly Rule[],
): Result {
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: LEVELS[severity],
    message: { text: `${object}: ${message}; ${fix}` },
    locations: [
      {
        ...(file === undefined
          ? {}
          : {
              physicalLocation: {
                artifactLocation: { uri: uriOf(file) },
                ...(line === undefined ? {} : { region: { startLine: line } }),
              },
            }),
        logicalLocations: [{ fullyQualifiedName: object, kind: 'resource' }],
      },
    ],
  };
}

// A relative path stays relative: code scanning takes it from the root of the checkout.
function uriOf(file: string): string {
  const isAbsolute = /^([A-Za-z]:)?[\\/]/.test(file);
  return isAbsolute
    ? pathToFileURL(file).href
    : file.split(/[\\/]/).map(encodeURIComponent).join('/');
}
