import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/checks/registry';
import type { Rule } from '../../src/checks/rule';
import { findingsOf } from './examples';

const folder = join(__dirname, '..', '..', 'docs', 'rules');

const pages = new Map([
  ['README.md', index()],
  ...RULES.map((rule): [string, string] => [`${rule.id}.md`, page(rule)]),
]);

if (process.env.UPDATE_GOLDEN === 'true') {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) {
    writeFileSync(join(folder, name), text);
  }
}

it.each([...pages])(
  'keeps docs/rules/%s as the rules say; npm run golden mends it',
  (name, text) => {
    const path = join(folder, name);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(text);
  },
);

it('has no page of a rule that is gone', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});

function index(): string {
  const rows = RULES.map(
    (rule) => `| [${rule.id}](${rule.id}.md) | ${severityOf(rule)} | ${rule.summary} |`,
  );
  return `# Rules

What \`cdk8s-storage check\` looks for. A finding is one rule on one object. Each rule can be left
out with \`--ignore <rule>\`, or on one object by its annotation
\`cdk8s-storage/ignore: <rule>,<rule>\`. A rule marked *closed* holds only if what the input lacks is
not in the cluster either: it is told as info unless \`--existing\` says what the cluster has.

| rule | severity | finds |
|---|---|---|
${rows.join('\n')}
`;
}

function page(rule: Rule): string {
  const found = findingsOf(rule, rule.bad).filter((finding) => finding.rule === rule.id);
  const told = found.map(
    ({ object, severity, message, fix }) => `${object}: ${severity}: ${message}; ${fix}`,
  );
  return `# ${rule.id}

**${severityOf(rule)}**: ${rule.summary}.

${rule.why.trim()}

## Found in

\`\`\`yaml
${rule.bad.trim()}
\`\`\`

\`\`\`text
${told.join('\n')}
\`\`\`

## Not found in

\`\`\`yaml
${rule.good.trim()}
\`\`\`

Source: ${rule.source}. All rules: [index](README.md).
`;
}

function severityOf({ severity, closed }: Rule): string {
  return closed === true ? `${severity}, closed` : severity;
}
