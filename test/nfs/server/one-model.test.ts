import { Chart } from 'cdk8s';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { coversAll, readCidr } from '../../../src/kube/cidr';
import type { NfsExportProps } from '../../../src/nfs/server/export-props';
import type { NfsExport } from '../../../src/nfs/server/nfs-export';
import { NfsServer } from '../../../src/nfs/server/nfs-server';
import type { NfsServerProps } from '../../../src/nfs/server/nfs-server-props';
import { SharedUploadApp } from '../../../src/workloads/shared-upload-app';
import { objectAt } from '../../support/json';
import { objectOf } from '../../support/synth';
import { readExportsFile } from './exports-file';
import { shopChart } from './sample-server';

const ID = fc.integer({ min: 1, max: 2 ** 31 - 1 });

const IPV4 = fc
  .tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 1, max: 32 }))
  .map(([bits, prefix]) => {
    const first = prefix === 32 ? bits : Math.floor(bits / 2 ** (32 - prefix)) * 2 ** (32 - prefix);
    return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join('.')}/${prefix}`;
  });

const IPV6 = fc
  .tuple(fc.array(fc.nat(65535), { minLength: 1, maxLength: 4 }), fc.constantFrom(64, 80, 128))
  .map(
    ([groups, prefix]) => `fd00:${groups.map((group) => group.toString(16)).join(':')}::/${prefix}`,
  )
  .filter((text) => readCidr(text) !== undefined);

const CLIENTS = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .uniqueArray(fc.oneof(IPV4, IPV6), { minLength: 1, maxLength: 4 })
      .filter((texts) => !coversAll(texts.flatMap((text) => readCidr(text) ?? [])))
      .map((clients) => ({ clients })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom([], ['*'], ['0.0.0.0/0'], ['::/0', '10.0.0.0/8'])
      .map((clients) => ({ clients, openToEveryone: true })),
  },
);

const OWNER = fc.option(
  fc.record({ uid: ID, gid: ID }).map((owner) => ({ owner })),
  { nil: {} },
);

const SQUASH = fc.oneof(
  OWNER,
  OWNER.map((owner) => ({ ...owner, squash: 'root' as const })),
  OWNER.map((owner) => ({ ...owner, squash: 'none' as const, trustClientRoot: true as const })),
  fc.record({ squash: fc.constant('all' as const), anonUid: ID, anonGid: ID }),
);

const ACCESS = fc.constantFrom<{ access?: 'rw'; async?: boolean } | { access: 'ro' }>(
  {},
  { access: 'rw' },
  { async: true },
  { access: 'ro' },
);

/** Names of folders: with spaces, quotes, signs and letters of any kind, none of them a control. */
const FOLDER = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter(
    (name) =>
      !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Cn}\uFEFF/]/u.test(name) && name !== '.' && name !== '..',
  );

const EXPORT = fc
  .tuple(FOLDER, CLIENTS, SQUASH, ACCESS)
  .map(([folder, clients, squash, access]) => ({
    path: `/srv/nfs/${folder}`,
    ...clients,
    ...squash,
    ...access,
  }));

const EXPORTS = fc
  .uniqueArray(EXPORT, { minLength: 1, maxLength: 4, selector: ({ path }) => path })
  .map((exports) => Object.fromEntries(exports.map((each, index) => [`e${index}`, each])));

const VERSION = fc.oneof(
  fc.constant({}),
  fc.constant({ version: '4' as const }),
  fc
    .uniqueArray(
      fc.integer({ min: 1024, max: 65535 }).filter((port) => port !== 2049),
      {
        minLength: 3,
        maxLength: 3,
      },
    )
    .map(([mountd, statd, lockd]) => ({ version: '3' as const, ports: { mountd, statd, lockd } })),
);

const DISK = fc.constantFrom({}, { disk: { device: '/dev/vdb', mountPath: '/srv/nfs' } });

const SERVER = fc
  .tuple(fc.constantFrom('172.26.1.10', 'fd00::1', 'nas.example.com'), EXPORTS, VERSION, DISK)
  .map(
    ([host, exports, version, disk]) => ({ host, exports, ...version, ...disk }) as NfsServerProps,
  );

/** The volume of an export and the app over it, as they are applied. */
function cluster(server: NfsServer, name: string) {
  const chart = new Chart(server.node.root, `apps-${name}`, { namespace: 'shop' });
  const over = server.export(name);
  const claim = over.volume(chart, 'uploads', { capacity: '1Gi' });
  const reads = over.access === 'ro';
  if (!reads) {
    new SharedUploadApp(chart, 'web', {
      image: 'registry.example.com/shop:1.4.2',
      port: 8080,
      uploads: {
        claim: (over as NfsExport<'rw'>).volume(chart, 'mine', { capacity: '1Gi' }),
        mountPath: '/data',
      },
    });
  }
  const objects = chart.toJson();
  return {
    volume: objectOf(objects, 'PersistentVolume', `shop-apps-${name}-uploads`),
    claim,
    pod: reads
      ? undefined
      : objectAt(objectOf(objects, 'Deployment').spec, 'template', 'spec', 'securityContext'),
  };
}

test('exports, ports, folders, volumes and apps of any server agree', () => {
  fc.assert(
    fc.property(SERVER, (props) => {
      const server = new NfsServer(shopChart(), 'files', props);
      const entries = readExportsFile(server.exportsText);
      const described = Object.entries<NfsExportProps>(props.exports);
      expect(entries).toHaveLength(described.length);
      const { userData } = server;
      const script = scriptOf(userData);
      const three = server.version === '3';

      for (const [
        index,
        [name, { path, access, async, squash, anonUid, anonGid, owner }],
      ] of described.entries()) {
        const entry = entries[index];
        const { volume, claim, pod } = cluster(server, name);
        // One folder, on one server.
        expect(entry?.path).toBe(path);
        expect(volume.spec).toMatchObject({ nfs: { server: server.host, path } });
        const reads = access === 'ro';
        expect(claim.accessMode).toBe(reads ? 'ReadOnlyMany' : 'ReadWriteMany');
        for (const { client, options } of entry?.clients ?? []) {
          // Who may mount it reaches every port.
          const sources = client === '*' ? ['0.0.0.0/0', '::/0'] : [client];
          for (const port of server.ports) {
            expect(port.sources).toEqual(expect.arrayContaining(sources));
          }
          // Who writes it there writes it here.
          expect({ rw: options.rw, ro: options.ro }).toEqual(reads ? { ro: true } : { rw: true });
          // Nothing is told to be safe before it is, unless that was asked for.
          expect({ sync: options.sync, async: options.async }).toEqual(
            async ? { async: true } : { sync: true },
          );
          expect(options).toHaveProperty('no_subtree_check', true);
          // Who owns the files there runs the app here.
          const uid = squash === 'all' ? anonUid : (owner?.uid ?? 1000);
          const gid = squash === 'all' ? anonGid : (owner?.gid ?? 1000);
          if (squash === 'all') {
            expect(options).toMatchObject({
              all_squash: true,
              anonuid: String(uid),
              anongid: String(gid),
            });
          } else {
            expect(options).toHaveProperty(squash === 'none' ? 'no_root_squash' : 'root_squash');
          }
          if (!reads) {
            expect(pod).toMatchObject({ runAsUser: uid, runAsGroup: gid });
            expect(script).toContain(`install -d -o ${uid} -g ${gid} -m `);
          }
          expect(options.mountpoint).toBe(props.disk?.mountPath);
        }
        // One protocol.
        expect(volume.spec).toHaveProperty(
          'mountOptions',
          three ? ['hard', 'nfsvers=3', 'proto=tcp'] : ['hard', 'nfsvers=4.1'],
        );
      }

      // Clients tell one export from another.
      const ids = entries.map(({ clients: [first] }) => first?.options.fsid);
      expect(new Set(ids).size).toBe(described.length);
      expect(ids).not.toContain(undefined);

      // Nobody reaches a port who is no client, and the services listen where the list says.
      const clients = entries.flatMap((entry) => entry.clients.map(({ client }) => client));
      for (const { sources } of server.ports) {
        const known = clients.flatMap((one) => (one === '*' ? ['0.0.0.0/0', '::/0'] : [one]));
        expect(known).toEqual(expect.arrayContaining([...sources]));
      }
      const numbers = new Set(server.ports.map(({ port }) => port));
      expect(numbers).toEqual(
        new Set(three ? [2049, 111, ...Object.values({ ...props.ports })] : [2049]),
      );
      for (const port of Object.values({ ...props.ports })) {
        expect(userData).toContain(`port=${port}\n`);
      }

      // What nobody would sign is nowhere.
      expect(script).not.toMatch(/-m \d*[2367]\b/);
      expect(userData).not.toMatch(/overwrite|passwd:|password/);
      const open = described.some(([, { openToEveryone }]) => openToEveryone);
      expect(/ \*\(|0\.0\.0\.0\/0|::\/0/.test(server.exportsText)).toBe(open);
    }),
    { numRuns: 150 },
  );
}, 60_000);

function scriptOf(userData: string): string {
  const { write_files: files } = load(userData) as {
    readonly write_files: readonly { readonly path: string; readonly content: string }[];
  };
  return files.find(({ path }) => path.endsWith('/nfs-server-setup'))?.content ?? '';
}
