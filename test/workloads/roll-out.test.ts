import { Claim } from '../../src/claims/claim';
import type { AccessMode } from '../../src/kube/access-mode';
import { specOf } from './upload-app';

type Props = Parameters<typeof specOf>[1];

const NEW_FIRST = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
};
const OLD_FIRST = {
  type: 'RollingUpdate',
  rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
};

function strategyOf(props: Props): unknown {
  return (specOf('Deployment', props) as { readonly strategy: unknown }).strategy;
}

function withClaim(accessMode: AccessMode): Props {
  return (chart) => ({
    replicas: 1,
    volumes: [
      {
        storage: Claim.fromClaimName(chart, 'cache', 'cache', { accessMode }),
        mountPath: '/cache',
      },
    ],
  });
}

describe('a roll-out', () => {
  test.each([['preferred'], ['none'], [undefined]] as const)(
    'starts new pods first where they find room beside the old ones: %s',
    (spread) => {
      expect(strategyOf(spread === undefined ? {} : { spread })).toEqual(NEW_FIRST);
    },
  );

  test('stops an old pod first where each needs a node of its own', () => {
    expect(strategyOf({ spread: 'required' })).toEqual(OLD_FIRST);
  });

  test.each(['ReadWriteOnce', 'ReadWriteOncePod'] as const)(
    'stops an old pod first where the pods hold a claim alone: %s',
    (accessMode) => {
      expect(strategyOf(withClaim(accessMode))).toEqual(OLD_FIRST);
    },
  );

  test.each(['ReadWriteMany', 'ReadOnlyMany'] as const)(
    'starts new pods first where they share their claims: %s',
    (accessMode) => {
      expect(strategyOf(withClaim(accessMode))).toEqual(NEW_FIRST);
    },
  );
});
