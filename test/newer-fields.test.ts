import { goldenFiles, withInner } from './support/golden';
import { newerThings } from './support/newer';

test.each(goldenFiles())('$file has what every version planned for has', ({ objects }) => {
  expect(newerThings(objects.flatMap(withInner))).toEqual([]);
});

test('fails on what is newer', () => {
  const metadata = { name: 'a' };
  expect(
    newerThings([
      { apiVersion: 'v1', kind: 'Pod', metadata, spec: { hostUsers: true } },
      { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttributesClass', metadata },
      { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [] } },
    ]),
  ).toEqual(['Pod spec.hostUsers', 'storage.k8s.io/v1 VolumeAttributesClass']);
});
