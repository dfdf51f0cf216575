import { Size } from 'cdk8s';
import fc from 'fast-check';
import { quantity } from '../../src/kube/quantity';
import { asIs } from './parts';

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** An object with all of the first fields, and few of the others. */
export function propsOf(needed: Fields, others: Fields = {}): fc.Arbitrary<unknown> {
  const few = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [
      name,
      fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value }),
    ]),
  );
  return fc.record({ ...needed, ...few }, { requiredKeys: Object.keys(needed) });
}

export const LONG_LABEL = 'x'.repeat(63);
const LONG_NAME = `${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(63)}.${'w'.repeat(61)}`;

/** Names of objects, the longest among them. */
export const NAME = fc.constantFrom('a', 'data', 'shop.data', '0', LONG_NAME);

/** Names that are DNS labels, the longest among them. */
export const LABEL_NAME = fc.constantFrom('a', 'data', '0-b', LONG_LABEL);

/** Namespaces. */
export const NAMESPACE = fc.constantFrom('shop', 'other', LONG_LABEL);

export const FLAG = fc.boolean();

/** Labels, such as only an adversary thinks of. */
export const LABELS = fc.dictionary(
  fc.constantFrom('type', 'example.com/tier', 'constructor', 'toString', 'app.kubernetes.io/name'),
  fc.constantFrom('', 'nfs', 'x_Y.z', LONG_LABEL),
  { maxKeys: 3 },
);

/** Sizes as an author may write them, those at the edge among them. */
export const SIZE = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.integer({ min: 1, max: 2_000 }).map((gib): unknown => `${gib}Gi`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      ...['1', '1024Mi', '1.5Ti', '5G', '1e12', '.5Gi', '0.5', '0', '1m', '16Ti', '64Ti'],
      ...['9223372036854775807', '9223372036854775808', '8Ei', '7Ei'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      asIs(Size.gibibytes(3)),
      asIs(Size.mebibytes(1024)),
      asIs(quantity('7Gi')),
    ),
  },
);

/** What a container asks for. */
export const RESOURCES = propsOf(
  {},
  {
    requests: propsOf({}, { cpu: amount('1', '100m', '0'), memory: amount('128Mi', '1G', '0') }),
    limits: propsOf(
      {},
      { cpu: amount('2', '1'), memory: amount('1Gi'), 'ephemeral-storage': amount('2Gi') },
    ),
  },
);

function amount(...texts: string[]): fc.Arbitrary<unknown> {
  return fc.constantFrom(...texts);
}

/** Images, and one that names no version. */
export const IMAGE = fc.constantFrom(
  'registry.example.com/shop:1.4.2',
  'localhost:5000/a/b:1',
  `busybox@sha256:${'0'.repeat(64)}`,
  'busybox',
);

/** Paths of folders, some of them written oddly. */
export const FOLDER = fc.constantFrom(
  ...['/data', '/srv/nfs/uploads', '/a b/c', '/data/', '//data', '/x/./y', '/ä', "/it's", '/'],
);

/** What an NFS server makes of its users. */
export const NFS_USERS = propsOf(
  {},
  {
    squash: fc.constantFrom('root', 'all', 'none'),
    anonUid: fc.constantFrom(0, 1000, 65534, 2 ** 31 - 1),
    anonGid: fc.constantFrom(0, 1000, 65534, 2 ** 31 - 1),
    folderOwner: fc.record({
      uid: fc.constantFrom(0, 33, 2 ** 31 - 1),
      gid: fc.constantFrom(0, 33),
    }),
  },
);
