import fc from 'fast-check';
import { type LabelSelector, type Labels, selects } from '../../src/kube/label-selector';
import { LABEL_SELECTOR } from '../../src/kube/label-selector-props';
import { checkProps } from '../../src/kube/props';
import { refusal } from '../support/refusal';

const LABELS: Labels = { app: 'web', tier: '' };

/** A selector, and whether it matches LABELS. */
const MATCHES: readonly (readonly [LabelSelector, boolean])[] = [
  [{}, true],
  [{ matchLabels: {}, matchExpressions: [] }, true],
  [{ matchLabels: { app: 'web' } }, true],
  [{ matchLabels: { tier: '' } }, true],
  [{ matchLabels: { app: 'api' } }, false],
  [{ matchLabels: { app: 'web', zone: 'a' } }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] }, true],
  [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }] }, false],
  [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'In' }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['api'] }] }, true],
  [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
  [{ matchExpressions: [{ key: 'zone', operator: 'DoesNotExist' }] }, true],
  [{ matchLabels: { app: 'web' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
  // What every object inherits is no label.
  [{ matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: 'toString', operator: 'DoesNotExist' }] }, true],
];

describe('a selector over the labels of an object', () => {
  test.each(MATCHES)('%j matches: %s', (selector, matches) => {
    expect(selects(selector, LABELS)).toBe(matches);
  });

  test('matches what it lists, and no longer when one value differs', () => {
    const labels = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.stringMatching(/^[a-z]*$/), {
      minKeys: 1,
      maxKeys: 5,
    });
    fc.assert(
      fc.property(labels, fc.nat(), (given, pick) => {
        const keys = Object.keys(given);
        const key = keys[pick % keys.length] as string;
        expect(selects({ matchLabels: given }, given)).toBe(true);
        expect(selects({ matchLabels: given }, { ...given, [key]: `${given[key]}x` })).toBe(false);
      }),
    );
  });
});

/** What a selector as a prop is refused with. */
function refused(selector: unknown): { readonly code: unknown; readonly message: string } {
  const { code, message } = refusal(() =>
    checkProps('shop/data', 'Claim', { selector }, { selector: LABEL_SELECTOR }),
  );
  return { code, message };
}

describe('a selector as a prop', () => {
  test.each(MATCHES.filter(([{ matchExpressions = [] }]) => matchExpressions.every(complete)))(
    '%j is taken',
    (selector) => {
      expect(() =>
        checkProps('shop/data', 'Claim', { selector }, { selector: LABEL_SELECTOR }),
      ).not.toThrow();
    },
  );

  test.each([
    [
      { matchLabel: { app: 'web' } },
      'PropUnknown',
      "shop/data: 'selector.matchLabel' is no prop of Claim; did you mean 'matchLabels'?",
    ],
    [
      { matchLabels: { app: 5 } },
      'PropType',
      `shop/data: 'selector.matchLabels' must be labels: an object of strings by key, each at most 63 of letters, digits, '-', '_', '.', got {"app":5}`,
    ],
    [
      { matchExpressions: { key: 'app', operator: 'Exists' } },
      'PropType',
      `shop/data: 'selector.matchExpressions' must be a list, each an object with 'key', 'operator' and, for In and NotIn alone, 'values', got {"key":"app","operator":"Exists"}`,
    ],
    [
      {
        matchExpressions: [
          { key: 'app', operator: 'Exists' },
          { key: 'app', operator: 'In' },
        ],
      },
      'PropType',
      `shop/data: 'selector.matchExpressions[1]' must be an object with 'key', 'operator' and, for In and NotIn alone, 'values', got {"key":"app","operator":"In"}`,
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'NotIn', values: [] }] },
      'PropType',
      `shop/data: 'selector.matchExpressions[0]' must be an object with 'key', 'operator' and, for In and NotIn alone, 'values', got {"key":"app","operator":"NotIn","values":[]}`,
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'DoesNotExist', values: ['web'] }] },
      'PropType',
      `shop/data: 'selector.matchExpressions[0]' must be an object with 'key', 'operator' and, for In and NotIn alone, 'values', got {"key":"app","operator":"DoesNotExist","values":["web"]}`,
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'Exist' }] },
      'PropType',
      "shop/data: 'selector.matchExpressions[0].operator' must be 'In', 'NotIn', 'Exists' or 'DoesNotExist', got 'Exist'; did you mean 'Exists'?",
    ],
    [
      { matchExpressions: [{ key: 'a b', operator: 'Exists' }] },
      'PropType',
      "shop/data: 'selector.matchExpressions[0].key' must be the key of a label, got 'a b'",
    ],
    [
      { matchExpressions: [{ operator: 'Exists' }] },
      'PropMissing',
      "shop/data: 'selector.matchExpressions[0].key' must be the key of a label, got undefined",
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'In', values: ['a', 'b c'] }] },
      'PropType',
      "shop/data: 'selector.matchExpressions[0].values[1]' must be the value of a label, got 'b c'",
    ],
    [
      { matchExpressions: [null] },
      'PropType',
      "shop/data: 'selector.matchExpressions[0]' must be an object with 'key', 'operator' and, for In and NotIn alone, 'values', got null",
    ],
    ['app=web', 'PropType', "shop/data: 'selector' must be an object, got 'app=web'"],
  ])('%j is refused', (selector, code, message) => {
    expect(refused(selector)).toEqual({ code, message });
  });
});

function complete({ operator, values = [] }: { operator: string; values?: readonly string[] }) {
  return values.length > 0 === (operator === 'In' || operator === 'NotIn');
}
