import { planStorage } from '../../src/checks/plan-storage';
import type { VolumeVerdict } from '../../src/planner/plan';
import { claimRef, MANUAL, pv, pvc } from './objects';

function verdictOf(volume: unknown, ...claims: readonly unknown[]): VolumeVerdict {
  const objects = [volume, ...claims];
  return planStorage(objects, { existing: [MANUAL], defaultClass: null })
    .volumes[0] as VolumeVerdict;
}

test('a volume that a claim can take says which', () => {
  expect(verdictOf(pv('v'), pvc('c'), pvc('d'))).toMatchObject({
    outcomes: ['bound', 'available'],
    claims: ['shop/c', 'shop/d'],
  });
});

test('a volume that no claim can take stays idle', () => {
  expect(verdictOf(pv('v'), pvc('c', { size: '100Gi' }))).toMatchObject({
    outcomes: ['available'],
    claims: [],
    message: 'no claim can bind to it',
  });
});

test('a reserved volume goes to its claim', () => {
  expect(verdictOf(pv('v', { claimRef: claimRef('c') }), pvc('c'))).toMatchObject({
    outcomes: ['bound'],
    claims: ['shop/c'],
    deterministic: true,
  });
});

test('a volume reserved for a claim that is not there stays idle', () => {
  expect(verdictOf(pv('v', { claimRef: claimRef('c') })).message).toBe(
    'reserved for claim shop/c, which is not there',
  );
});

test('a volume of a claim that was made anew is Released, and says what frees it', () => {
  const released = pv('v', { claimRef: claimRef('c', 'old') });
  expect(verdictOf(released, pvc('c', { metadata: { uid: 'new' } }))).toMatchObject({
    outcomes: ['released'],
    message:
      'its claim shop/c is gone, and a new one of that name has another uid; remove spec.claimRef to make it Available again',
  });
});

test('a volume of a bound claim is bound', () => {
  const bound = pvc('c', { volumeName: 'v', metadata: { uid: 'u' }, status: { phase: 'Bound' } });
  expect(verdictOf(pv('v', { claimRef: claimRef('c', 'u') }), bound)).toMatchObject({
    outcomes: ['bound'],
    claims: ['shop/c'],
  });
});

test('a volume that the API server refuses takes no part', () => {
  const verdict = verdictOf(pv('v', { nfs: undefined }), pvc('c'));
  expect(verdict).toMatchObject({
    outcomes: ['refused'],
    message: 'spec: Required value: must specify a volume type',
  });
});
