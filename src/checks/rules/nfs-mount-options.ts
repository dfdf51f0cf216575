import { mountOptionProblem, NFS_CSI_DRIVER } from '../../nfs/limits';
import type { ClassEntry } from '../../planner/class-entry';
import { annotationOf } from '../../planner/metadata';
import { readModes } from '../../planner/mode-set';
import { isPlainObject, listAt, objectAt, type PlainObject } from '../../planner/plain-object';
import { volumeTitle } from '../claim-words';
import { isNfsSubdir } from '../nfs-provisioners';
import type { Rule, RuleFinding } from '../rule';

export const nfsMountOptions: Rule = {
  id: 'nfs-mount-options',
  severity: 'error',
  summary: 'mount options of NFS contradict each other, do not exist, or risk the data',
  why: `Mount options are not looked at before a node mounts the volume. One that mount.nfs does not
know, or two that exclude each other, keep every pod in ContainerCreating with \`FailedMount\`, or
leave it to chance which of them holds. With \`soft\`, a server that is slow to answer makes writes
fail in the middle, which many programs do not look at; it is for volumes that are only read.`,
  source: 'nfs(5) (nfs-utils 2.6); Linux, fs/nfs/fs_context.c',
  bad: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  capacity: { storage: 1Gi }
  persistentVolumeReclaimPolicy: Retain
  mountOptions: [hard, soft, nfsvers=4.1]
  nfs: { server: 10.0.0.10, path: /exports/uploads }
`,
  good: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany]
  capacity: { storage: 1Gi }
  persistentVolumeReclaimPolicy: Retain
  mountOptions: [hard, nfsvers=4.1]
  nfs: { server: 10.0.0.10, path: /exports/uploads }
`,
  *check({ inventory }) {
    const known: Problems = new Map();
    for (const volume of inventory.volumes.values()) {
      const spec = objectAt(volume.manifest, 'spec');
      const annotations = objectAt(objectAt(volume.manifest, 'metadata'), 'annotations');
      if (isNfs(spec) && (Array.isArray(spec.mountOptions) || OLD_OPTIONS in annotations)) {
        const readOnly = volume.modes === READ_ONLY;
        const path = Array.isArray(spec.mountOptions)
          ? ['spec', 'mountOptions']
          : ['metadata', 'annotations', OLD_OPTIONS];
        const { object } = volume;
        yield* told(
          { object, title: volumeTitle(volume), path, readOnly },
          optionsOf(volume.manifest),
          known,
        );
      }
    }
    for (const each of inventory.classes.values()) {
      if (isNfsClass(each)) {
        const { object, name } = each;
        const path = ['mountOptions'];
        const place = { object, title: `StorageClass ${name}`, path, readOnly: false };
        yield* told(place, texts(listAt(object, 'mountOptions')), known);
      }
    }
  },
};

const READ_ONLY = readModes(['ReadOnlyMany']);

/** The annotation of mount options before there was a field; both are used together. */
const OLD_OPTIONS = 'volume.beta.kubernetes.io/mount-options';

function isNfs({ nfs, csi }: PlainObject): boolean {
  return isPlainObject(nfs) || (isPlainObject(csi) && csi.driver === NFS_CSI_DRIVER);
}

function isNfsClass({ provisioner }: ClassEntry): boolean {
  return provisioner === NFS_CSI_DRIVER || isNfsSubdir(provisioner);
}

// Source: Kubernetes, pkg/volume/util, MountOptionFromSpec.
function optionsOf(volume: PlainObject): readonly string[] {
  const old = annotationOf(objectAt(volume, 'metadata'), OLD_OPTIONS) ?? '';
  const options = texts(listAt(objectAt(volume, 'spec'), 'mountOptions'));
  return old === '' ? options : [...options, ...old.split(',')];
}

// Options are joined by commas, so that one text may hold several.
function texts(options: readonly unknown[]): readonly string[] {
  return options.flatMap((option) => (typeof option === 'string' ? option.split(',') : []));
}

interface Place {
  readonly object: unknown;
  readonly title: string;
  readonly path: readonly string[];
  readonly readOnly: boolean;
}

function told(place: Place, options: readonly string[], known: Problems): readonly RuleFinding[] {
  const { object, title, path, readOnly } = place;
  const text = options.join(',');
  let problem = known.get(text);
  if (problem === undefined) {
    problem = mountOptionProblem(judged(options)) ?? '';
    known.set(text, problem);
  }
  if (problem !== '') {
    return [
      {
        object,
        message: `${title} is mounted with ${text}: 'mountOptions' ${problem.replace(UNCHECKED, '')}`,
        fix: fixFor(options),
        path,
      },
    ];
  }
  const soft = options.find((option) => option === 'soft' || option === 'softerr');
  if (soft === undefined || readOnly || options.includes('ro')) {
    return [];
  }
  return [
    {
      object,
      severity: 'warning',
      message: `${title} is mounted with ${soft}: when the server does not answer in time, a write fails in the middle, and what is on the volume may be corrupt`,
      fix: `set hard instead of ${soft}`,
      path,
    },
  ];
}

/** What is wrong with options, by their text: many volumes are mounted alike. */
type Problems = Map<string, string>;

/** What the message for authors says of options that are taken unchecked. */
const UNCHECKED = "; an option that it does not know goes into 'uncheckedMountOptions'";

function fixFor(options: readonly string[]): string {
  const isHard = options.includes('hard') && options.some((option) => /^soft(err)?$/.test(option));
  return isHard ? 'drop soft, and keep hard' : 'set options of nfs(5), one of each kind';
}

/**
 * Options that are taken and change nothing that could go wrong, by their names: of mount(8), of its
 * helper and of the kubelet's security contexts, and those that nfs(5) says are ignored.
 *
 * Source: mount(8), "FILESYSTEM-INDEPENDENT MOUNT OPTIONS"; nfs(5) (nfs-utils 2.6), and mount.nfs,
 * utils/mount/stropts.c.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  ...[
    '_netdev',
    'auto',
    'noauto',
    'nofail',
    'defaults',
    'user',
    'nouser',
    'users',
    'owner',
    'group',
  ],
  ...[
    'comment',
    'iversion',
    'noiversion',
    'lazytime',
    'nolazytime',
    'nostrictatime',
    'silent',
    'loud',
  ],
  ...['mand', 'nomand', 'dirsync', 'context', 'fscontext', 'defcontext', 'rootcontext', 'seclabel'],
  ...['intr', 'nointr', 'bg', 'retry', 'sloppy', 'addr', 'clientaddr', 'mountaddr', 'mounthost'],
  ...['mountprog', 'nfsprog', 'minorversion', 'mountvers', 'posix', 'noposix', 'bsize', 'write'],
  ...['trunkdiscovery', 'notrunkdiscovery', 'sharetransport', 'nosharetransport', 'alignwrite'],
  ...['noalignwrite', 'cert_serial', 'privkey_serial', 'fatal_neterrors', 'ro', 'rw'],
]);

/** Options that say a version by their name alone (Linux, fs/nfs/fs_context.c). */
const VERSION_FLAG = /^v(2|3|4|4\.[012])$/;

// What is left is what the limits know or nobody does, each once: the last of two that only differ
// in their value is the one that holds, and for most that is no harm.
function judged(options: readonly string[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const option of options) {
    const plain = VERSION_FLAG.test(option) ? `vers=${option.slice(1)}` : option;
    const [name = ''] = plain.split('=');
    const isList = name === 'sec' && plain.includes(':'); // flavours to try in turn
    if (plain !== '' && !HARMLESS.has(name) && !isList) {
      kept.set(/^(nfs)?vers$/.test(name) ? plain.replace('nfsvers', 'vers') : name, plain);
    }
  }
  const all = [...kept.values()];
  const protocol = all.find((option) => option.startsWith('proto='))?.slice('proto='.length);
  return all.filter((option) => option !== protocol).filter((option) => !option.startsWith('fsc='));
}
