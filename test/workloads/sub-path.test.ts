import { App, Chart } from 'cdk8s';
import type { NfsVolume } from '../../src/nfs/nfs-volume';
import { NfsServer } from '../../src/nfs/server/nfs-server';
import type { NfsServerProps } from '../../src/nfs/server/nfs-server-props';
import { HarborOnStorage } from '../../src/workloads/harbor/harbor-on-storage';
import { ShareCheck } from '../../src/workloads/share-check';
import { SharedUploadApp } from '../../src/workloads/shared-upload-app';
import { StatefulApp } from '../../src/workloads/stateful-app';
import { refusal } from '../support/refusal';

const IMAGE = 'registry.example.com/shop:1.4.2';

/** A claim over an export, and the chart that it is in. */
function claimOn(users: object): { readonly chart: Chart; readonly claim: NfsVolume } {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const server = new NfsServer(chart, 'files', {
    host: '172.26.1.10',
    exports: { uploads: { path: '/srv/nfs/uploads', clients: ['172.26.0.0/16'], ...users } },
  } as NfsServerProps);
  const claim = server.export('uploads').volume(chart, 'uploads', { capacity: '1Gi' });
  return { chart, claim: claim as NfsVolume };
}

/** What takes a part of a claim, and what it calls it. */
const PARTS: readonly (readonly [string, string, (chart: Chart, claim: NfsVolume) => unknown])[] = [
  [
    'a SharedUploadApp',
    'uploads.subPath',
    (chart, claim) =>
      new SharedUploadApp(chart, 'web', {
        image: IMAGE,
        port: 8080,
        uploads: { claim, mountPath: '/data', subPath: 'a' },
      }),
  ],
  [
    'further storage',
    'volumes[0].subPath',
    (chart, claim) =>
      new StatefulApp(chart, 'web', {
        image: IMAGE,
        ports: { db: 5432 },
        storage: [],
        volumes: [{ storage: claim, mountPath: '/data', subPath: 'a' }],
      }),
  ],
  [
    'a ShareCheck',
    'subPath',
    (chart, claim) => new ShareCheck(chart, 'web', { claim, subPath: 'a' }),
  ],
  [
    'a part of Harbor',
    'registry.subPath',
    (chart, claim) =>
      new HarborOnStorage(chart, 'web', {
        registry: { claim, subPath: 'a' },
        jobLog: 'database',
        database: 'external',
        redis: 'external',
        trivy: 'disabled',
        values: {
          database: { external: { host: 'db', existingSecret: 'db' } },
          redis: { external: { addr: 'redis:6379' } },
        },
      }),
  ],
];

describe.each(PARTS)('a subPath of %s', (_, prop, make) => {
  const owner = { uid: 10000, gid: 10000 };

  test('fails where the kubelet, as root, cannot open the folder', () => {
    const { chart, claim } = claimOn({ owner });
    expect(refusal(() => make(chart, claim))).toEqual({
      code: 'SubPath',
      path: 'shop/web',
      message: `shop/web: '${prop}' must be left out on an export that squashes root, got 'a': the kubelet opens it as root, whom the server takes for nobody, so that no container starts; squash 'all', or mount the whole volume`,
    });
  });

  test.each([
    ['everybody is one user', { squash: 'all', anonUid: 10000, anonGid: 10000 }],
    ['root stays root', { squash: 'none', trustClientRoot: true, owner }],
    ['the folder is of the group of nobody', { owner: { uid: 10000, gid: 65534 } }],
  ])('is taken where %s', (__, users) => {
    const { chart, claim } = claimOn(users);
    expect(() => make(chart, claim)).not.toThrow();
  });
});
