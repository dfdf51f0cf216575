import { answers, deployment, node } from './workload-cluster';

function asking(requirement: object, where = 'matchExpressions') {
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ [where]: [requirement] }],
    },
  };
  return deployment(1, { affinity: { nodeAffinity } });
}

const big = node('n0', 'a', {}, { cores: '16', type: 'worker' });

describe('a required node affinity', () => {
  test.each([
    [{ key: 'type', operator: 'In', values: ['worker'] }, 'yes/yes'],
    [{ key: 'type', operator: 'In', values: ['master'] }, 'no/no'],
    [{ key: 'type', operator: 'NotIn', values: ['master'] }, 'yes/yes'],
    [{ key: 'type', operator: 'NotIn', values: ['worker'] }, 'no/no'],
    [{ key: 'disk', operator: 'NotIn', values: ['ssd'] }, 'yes/yes'],
    [{ key: 'type', operator: 'Exists' }, 'yes/yes'],
    [{ key: 'disk', operator: 'Exists' }, 'no/no'],
    [{ key: 'disk', operator: 'DoesNotExist' }, 'yes/yes'],
    [{ key: 'type', operator: 'DoesNotExist' }, 'no/no'],
    [{ key: 'cores', operator: 'Gt', values: ['8'] }, 'yes/yes'],
    [{ key: 'cores', operator: 'Gt', values: ['16'] }, 'no/no'],
    [{ key: 'cores', operator: 'Lt', values: ['17'] }, 'yes/yes'],
    [{ key: 'cores', operator: 'Lt', values: ['16'] }, 'no/no'],
    [{ key: 'type', operator: 'Gt', values: ['8'] }, 'no/no'],
    [{ key: 'constructor', operator: 'Exists' }, 'no/no'],
  ])('%j: %s', (requirement, expected) => {
    expect(answers(big, asking(requirement))).toBe(expected);
  });

  test("may ask for the node's name", () => {
    const named = (name: string) => ({ key: 'metadata.name', operator: 'In', values: [name] });
    expect(answers(big, asking(named('n0'), 'matchFields'))).toBe('yes/yes');
    expect(answers(big, asking(named('n1'), 'matchFields'))).toBe('no/no');
  });

  test('holds where one of its terms does, and a term without a condition never', () => {
    const terms = (...nodeSelectorTerms: object[]) =>
      deployment(1, {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms },
          },
        },
      });
    const holds = { matchExpressions: [{ key: 'type', operator: 'Exists' }] };
    expect(answers(big, terms({}, holds))).toBe('yes/yes');
    expect(answers(big, terms({}))).toBe('no/no');
  });
});

describe('a taint', () => {
  const tainted = (effect: string) =>
    node('n0', 'a', { taints: [{ key: 'gpu', value: 'yes', effect }] });
  const tolerating = (toleration: object) => deployment(1, { tolerations: [toleration] });

  test('of a hard effect keeps a pod off, another one does not', () => {
    expect(answers(tainted('NoSchedule'), deployment(1, {}))).toBe('no/no');
    expect(answers(tainted('NoExecute'), deployment(1, {}))).toBe('no/no');
    expect(answers(tainted('PreferNoSchedule'), deployment(1, {}))).toBe('yes/yes');
  });

  test.each([
    [{ key: 'gpu', operator: 'Exists' }, 'yes/yes'],
    [{ key: 'gpu', value: 'yes' }, 'yes/yes'],
    [{ key: 'gpu', value: 'no' }, 'no/no'],
    [{ key: 'cpu', operator: 'Exists' }, 'no/no'],
    [{ operator: 'Exists' }, 'yes/yes'],
    [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }, 'no/no'],
  ])('is tolerated by %j: %s', (toleration, expected) => {
    expect(answers(tainted('NoSchedule'), tolerating(toleration))).toBe(expected);
  });
});
