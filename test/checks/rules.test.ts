import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../src/checks/registry';
import { findingsOf } from './examples';

const folder = join(__dirname, '..', '..', 'src', 'checks', 'rules');

it('has one rule a file, called as the file is, by name', () => {
  const files = readdirSync(folder).map((name) => name.replace(/\.ts$/, ''));
  expect(RULES.map(({ id }) => id)).toEqual([...files].sort());
});

describe.each(RULES)('$id', (rule) => {
  it('finds its bad example, and nothing else of that weight', () => {
    const findings = findingsOf(rule, rule.bad);
    expect(findings.map(({ rule }) => rule)).toContain(rule.id);
    for (const finding of findings.filter((each) => each.rule === rule.id)) {
      expect(finding.message).not.toMatch(/undefined|\[object|\.$|\n/);
      expect(finding.fix).not.toMatch(/undefined|\[object|\.$|\n/);
      expect(finding.message.length).toBeLessThan(600);
    }
  });

  it('has a good example in which no rule finds anything', () => {
    expect(findingsOf(rule, rule.good)).toEqual([]);
  });

  it('says what, why and who says so', () => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(rule.summary).toMatch(/^[^A-Z].*[^.]$/);
    expect(rule.why.trim()).toMatch(/^[A-Z`].*\.$/s);
    expect(rule.source).not.toBe('');
  });
});
