import { everyPlace } from '../support/json';
import { podOf, refusedApp } from './upload-app';

const TERM = {
  labelSelector: {
    matchLabels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' },
  },
  topologyKey: 'kubernetes.io/hostname',
};

describe('the pods of an app', () => {
  test('prefer nodes of their own', () => {
    const expected = {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: TERM }],
      },
    };
    expect(podOf()).toHaveProperty('affinity', expected);
    expect(podOf({ spread: 'preferred' })).toHaveProperty('affinity', expected);
  });

  test('require nodes of their own where they are told to', () => {
    expect(podOf({ spread: 'required' })).toHaveProperty('affinity', {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [TERM] },
    });
  });

  test('may share a node where they are told so', () => {
    expect(podOf({ spread: 'none' })).not.toHaveProperty('affinity');
  });

  test.each(['preferred', 'required'] as const)(
    'count pods of their own namespace, which a list of namespaces would replace: %s',
    (spread) => {
      const fields = [...everyPlace(podOf({ spread }))].map(({ path }) => path);
      expect(fields.filter((path) => /namespaces|namespaceSelector/.test(path))).toEqual([]);
    },
  );

  test('are counted by the labels that select them', () => {
    expect(podOf({ spread: 'required', selectorLabels: { role: 'upload' } })).toHaveProperty(
      'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector',
      { matchLabels: { role: 'upload' } },
    );
  });

  test('run on nodes with all of the labels', () => {
    expect(podOf({ nodeLabels: { type: 'worker', zone: 'a' } })).toHaveProperty(
      'affinity.nodeAffinity',
      {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'type', operator: 'In', values: ['worker'] },
                { key: 'zone', operator: 'In', values: ['a'] },
              ],
            },
          ],
        },
      },
    );
  });

  test('run on any node by no labels', () => {
    expect(podOf({ nodeLabels: {} })).not.toHaveProperty('affinity.nodeAffinity');
  });

  test.each([
    [
      { spread: 'require' },
      "'spread' must be 'preferred', 'required' or 'none', got 'require'; did you mean 'required'?",
    ],
    [{ spread: true }, "'spread' must be 'preferred', 'required' or 'none', got true"],
    [
      { nodeLabels: ['worker'] },
      `'nodeLabels' must be labels: an object of strings by key, each at most 63 of letters, digits, '-', '_', '.', got ["worker"]`,
    ],
  ])('fail with %j', (props, problem) => {
    expect(refusedApp(props)).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: `shop/web: ${problem}`,
    });
  });
});
