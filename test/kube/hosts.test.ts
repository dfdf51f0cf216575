import { hostProblem } from '../../src/kube/hosts';

test.each([
  '172.26.1.10',
  'fd00::1',
  '::ffff:172.26.1.10',
  'nas',
  'NAS.example.com',
  'nfs.storage.svc.cluster.local',
])('%s is a host', (host) => {
  expect(hostProblem(host)).toBeUndefined();
});

test.each([
  '',
  '1.2.3',
  '999.1.1.1',
  '[fd00::1]',
  'fe80::1%eth0',
  'nas:2049',
  'nas/a',
  'a b',
  '-a',
])('%j fails as a host', (host) => {
  expect(hostProblem(host)).toBe(
    `must be an IPv4 or IPv6 address or a DNS name, without port and path, got '${host}'`,
  );
});
