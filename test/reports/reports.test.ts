import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { Log } from 'sarif';
import { planStorage } from '../../src/checks/plan-storage';
import { RULES } from '../../src/checks/registry';
import type { Finding, StoragePlan } from '../../src/planner/plan';
import { githubReport } from '../../src/reports/github';
import { jsonReport } from '../../src/reports/json';
import { sarifReport } from '../../src/reports/sarif';
import { textReport } from '../../src/reports/text';
import { pv, pvc } from '../planner/objects';

const error: Finding = {
  rule: 'wffc-nodename',
  severity: 'error',
  object: 'Pod shop/writer',
  file: 'a dir/pods.yaml',
  line: 12,
  message: 'the pod names node "node-1", 100% past, the scheduler',
  fix: 'drop nodeName',
};
const warning: Finding = {
  ...error,
  rule: 'local-immediate-binding',
  severity: 'warning',
  line: 14,
};
const info: Finding = {
  rule: 'wffc-never-consumed',
  severity: 'info',
  object: 'PersistentVolumeClaim shop/scratch',
  message: 'no workload uses it',
  fix: 'drop it',
};

const plan: StoragePlan = {
  ...planStorage([pv('data'), pvc('data'), pvc('other'), pvc('left', { size: '1Ti' })]),
  findings: [error, warning, info],
};

function report(changes: object = {}) {
  return { plan, version: '1.2.3', colour: false, ...changes };
}

describe('text', () => {
  it('groups findings by object, with file and line, and counts them', () => {
    expect(textReport(report())).toBe(`a dir/pods.yaml:12: Pod shop/writer
  error wffc-nodename: the pod names node "node-1", 100% past, the scheduler
    fix: drop nodeName
  warning local-immediate-binding: the pod names node "node-1", 100% past, the scheduler
    fix: drop nodeName
PersistentVolumeClaim shop/scratch
  info wffc-never-consumed: no workload uses it
    fix: drop it

1 error, 1 warning, 1 info; 3 claims: 1 unknown, 2 that depend on the order
`);
  });

  it('says in one line that nothing is wrong', () => {
    const clean = planStorage([pv('data'), pvc('data')]);
    expect(textReport(report({ plan: { ...clean, findings: [] } }))).toBe(
      '0 errors, 0 warnings, 0 info; 1 claim: 1 bound\n',
    );
  });

  it('has colours on a terminal only', () => {
    expect(textReport(report())).not.toContain('\u001b[');
    expect(textReport(report({ colour: true }))).toContain('\u001b[31m');
  });

  it('names the construct where there is no file', () => {
    const findings = [{ ...info, construct: 'shop/scratch' }];
    expect(textReport(report({ plan: { ...plan, findings } }))).toMatch(
      /^shop\/scratch: PersistentVolumeClaim shop\/scratch\n/,
    );
  });
});

describe('github', () => {
  it('writes a command a finding, with what commands have to escape', () => {
    expect(githubReport(report())).toBe(
      `::error file=a dir/pods.yaml,line=12,title=wffc-nodename%3A Pod shop/writer::the pod names node "node-1", 100%25 past, the scheduler; drop nodeName
::warning file=a dir/pods.yaml,line=14,title=local-immediate-binding%3A Pod shop/writer::the pod names node "node-1", 100%25 past, the scheduler; drop nodeName
::notice title=wffc-never-consumed%3A PersistentVolumeClaim shop/scratch::no workload uses it; drop it
`,
    );
  });
});

describe('json', () => {
  it('holds findings and verdicts, without the lists of volumes', () => {
    const told = JSON.parse(jsonReport(report()));
    expect(told.version).toBe('1.2.3');
    expect(told.findings).toEqual([error, warning, info]);
    expect(told.claims[0]).toEqual({
      claim: 'shop/data',
      outcomes: plan.claims[0]?.outcomes,
      deterministic: false,
    });
    expect(told.volumes.map(({ volume }: { volume: string }) => volume)).toEqual(['data']);
    expect(told.workloads).toEqual([]);
  });
});

describe('sarif', () => {
  const schema = JSON.parse(
    readFileSync(join(__dirname, '../fixtures/sarif/sarif-schema-2.1.0.json'), 'utf8'),
  );
  const ajv = new AjvDraft04({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv as never);
  const isValid = ajv.compile(schema);

  it.each([
    ['findings', plan],
    ['no findings', { ...plan, findings: [] }],
    [
      'a finding of every rule',
      { ...plan, findings: RULES.map(({ id }) => ({ ...error, rule: id })) },
    ],
    ['a file with an absolute path', { ...plan, findings: [{ ...error, file: '/tmp/ä b.yaml' }] }],
  ])('is valid SARIF 2.1.0 of %s', (_, each) => {
    const log = JSON.parse(sarifReport(report({ plan: each })));
    isValid(log);
    expect(isValid.errors).toBeNull();
  });

  it('is held against a schema that refuses what is wrong', () => {
    const log = JSON.parse(sarifReport(report()));
    expect(isValid({ ...log, version: '2.0.0' })).toBe(false);
    log.runs[0].results[0].level = 'fatal';
    expect(isValid(log)).toBe(false);
  });

  it('points to file and line, and to the rule', () => {
    const { runs }: Log = JSON.parse(sarifReport(report()));
    const [first, , third] = runs[0]?.results ?? [];
    expect(first).toEqual({
      ruleId: 'wffc-nodename',
      ruleIndex: 2,
      level: 'error',
      message: {
        text: 'Pod shop/writer: the pod names node "node-1", 100% past, the scheduler; drop nodeName',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20dir/pods.yaml' },
            region: { startLine: 12 },
          },
          logicalLocations: [{ fullyQualifiedName: 'Pod shop/writer', kind: 'resource' }],
        },
      ],
    });
    expect(third?.level).toBe('note');
    expect(runs[0]?.tool.driver.rules?.[first?.ruleIndex ?? -1]?.id).toBe('wffc-nodename');
  });
});
