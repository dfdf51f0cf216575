import { App, Chart } from 'cdk8s';
import { EbsSnapshotClass, type EbsSnapshotClassProps } from '../../src/ebs/ebs-snapshot-class';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

function rendered(props?: EbsSnapshotClassProps): RenderedObject {
  const objects = chartObjects((chart) => {
    new EbsSnapshotClass(chart, 'kept', props);
  });
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'VolumeSnapshotClass');
}

function refused(props: object): string {
  const chart = new Chart(new App(), 'shop');
  const { code, message } = refusal(() => new EbsSnapshotClass(chart, 'kept', props));
  return `${code} ${message}`;
}

describe('an EbsSnapshotClass', () => {
  test('renders a class without a namespace that keeps what it takes', () => {
    expect(rendered()).toEqual({
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshotClass',
      metadata: {
        name: 'shop-shop-kept',
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s',
          'app.kubernetes.io/name': 'kept',
          'app.kubernetes.io/part-of': 'shop',
        },
      },
      driver: 'ebs.csi.aws.com',
      deletionPolicy: 'Retain',
    });
  });

  test('renders tags and zones as parameters', () => {
    const { parameters } = rendered({
      tags: { team: 'shop', from: '{{ .VolumeSnapshotName }}' },
      fastSnapshotRestoreAvailabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
    });
    expect(parameters).toEqual({
      tagSpecification_1: 'team=shop',
      tagSpecification_2: 'from={{ .VolumeSnapshotName }}',
      fastSnapshotRestoreAvailabilityZones: 'ap-northeast-1a,ap-northeast-1c',
    });
  });

  test.each([
    [{ deletionPolicy: 'Delete' }, { deletionPolicy: 'Delete' }],
    [{ deletionPolicy: 'Retain' }, { deletionPolicy: 'Retain' }],
    [{ name: 'nightly' }, { metadata: { name: 'nightly' } }],
    [{ labels: { tier: 'db' } }, { metadata: { labels: { tier: 'db' } } }],
    [
      { isDefault: true },
      {
        metadata: {
          annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' },
        },
      },
    ],
  ] as const)('renders %j', (props, fields) => {
    expect(rendered(props)).toMatchObject(fields);
  });

  test('leaves out what is empty', () => {
    expect(rendered({ tags: {}, isDefault: false })).toEqual(rendered());
  });

  test('knows its name and its driver', () => {
    chartObjects((chart) => {
      const kept = new EbsSnapshotClass(chart, 'kept');
      expect(kept.snapshotClassName).toBe('shop-shop-kept');
      expect(kept.driver).toBe('ebs.csi.aws.com');
    });
  });

  test.each([
    [
      { deletionPolicy: 'Keep' },
      "PropType shop/kept: 'deletionPolicy' must be 'Retain' or 'Delete', got 'Keep'",
    ],
    [
      { tags: { CSIVolumeSnapshotName: 'x' } },
      "EbsTags shop/kept: 'tags' must not have the key 'CSIVolumeSnapshotName': the driver sets it",
    ],
    [
      { fastSnapshotRestoreAvailabilityZones: ['apne1-az4'] },
      "EbsZone shop/kept: 'fastSnapshotRestoreAvailabilityZones[0]' must be the name of a zone, such as 'ap-northeast-1a', got 'apne1-az4'; that is the id of a zone",
    ],
    [
      { fastSnapshotRestoreAvailabilityZones: [] },
      "EbsZone shop/kept: 'fastSnapshotRestoreAvailabilityZones' must have one zone at least, got none; leave it out for any",
    ],
    [
      { driver: 'ebs.csi.aws.com' },
      "PropUnknown shop/kept: 'driver' is no prop of EbsSnapshotClass; it takes 'deletionPolicy', 'tags', 'fastSnapshotRestoreAvailabilityZones', 'isDefault', 'name' or 'labels'",
    ],
  ])('fails with %j', (props, message) => {
    expect(refused(props)).toBe(message);
  });
});
