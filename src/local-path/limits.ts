import type { AccessMode } from '../kube/access-mode';
import { isDnsSubdomain } from '../kube/names';
import { didYouMean } from '../kube/nearest';
import { absolutePathProblem } from '../kube/paths';
import { isObject } from '../kube/props';
import { alternatives, show } from '../kube/show';
import type { VolumeMode } from '../kube/volume-mode';

// Source of what follows, where nothing else is named: rancher/local-path-provisioner v0.0.37,
// deploy/local-path-storage.yaml, README.md, provisioner.go and util.go.

/** The provisioner's name in a StorageClass. */
export const LOCAL_PATH_PROVISIONER = 'rancher.io/local-path';

/** The image of the provisioner. */
export const LOCAL_PATH_IMAGE = 'docker.io/rancher/local-path-provisioner:v0.0.37';

/**
 * The image of the pods that make and remove folders.
 *
 * Upstream names no tag: a folder is then removed by another busybox than made it, and nobody knows
 * which to load into a cluster without network. 1.37.0 is a release of the official image, and the
 * one that k3s runs as the helper (`rancher/mirrored-library-busybox:1.37.0`).
 */
export const LOCAL_PATH_HELPER_IMAGE = 'docker.io/library/busybox:1.37.0';

/** Names of the objects that are installed; the provisioner looks for the ConfigMap and the ServiceAccount by name. */
export const LOCAL_PATH_NAMES = {
  namespace: 'local-path-storage',
  deployment: 'local-path-provisioner',
  serviceAccount: 'local-path-provisioner-service-account',
  role: 'local-path-provisioner-role',
  binding: 'local-path-provisioner-bind',
  configMap: 'local-path-config',
  storageClass: 'local-path',
} as const;

/** The entry of the node path map for nodes that have none. */
export const LOCAL_PATH_OTHER_NODES = 'DEFAULT_PATH_FOR_NON_LISTED_NODES';

/** The folder in which volumes are made where nothing else is said. */
export const LOCAL_PATH_FOLDER = '/opt/local-path-provisioner';

/** Seconds that setup and teardown may take where nothing else is said. */
export const LOCAL_PATH_TIMEOUT_SECONDS = 120;

/** Annotations by which a claim and a StorageClass say the type of a volume. */
export const LOCAL_PATH_ANNOTATIONS = {
  claim: 'volumeType',
  storageClass: 'defaultVolumeType',
} as const;

/** Parameters of a StorageClass. */
export const LOCAL_PATH_PARAMETERS = ['nodePath', 'pathPattern', 'allowUnsafePathPattern'] as const;

/** What a volume is: a folder without any check, or one that the kubelet treats as a disk. */
export const LOCAL_PATH_VOLUME_TYPES = ['hostPath', 'local'] as const;

/** What a volume is; `local` honours fsGroup, `hostPath` does not. */
export type LocalPathVolumeType = (typeof LOCAL_PATH_VOLUME_TYPES)[number];

/** Access modes of a folder of one node. */
export const LOCAL_PATH_ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteOncePod'] as const;

/** An access mode of a folder of one node. */
export type LocalPathAccessMode = (typeof LOCAL_PATH_ACCESS_MODES)[number];

/** Whether volumes are folders of one node, or of a file system that all nodes mount. */
export type LocalPathSharing = 'node' | 'shared';

/** What is wrong with an access mode, or undefined where nothing is. */
export function accessModeProblem(mode: AccessMode, sharing: LocalPathSharing): string | undefined {
  return sharing === 'shared' || (LOCAL_PATH_ACCESS_MODES as readonly string[]).includes(mode)
    ? undefined
    : `must be ${alternatives(LOCAL_PATH_ACCESS_MODES)}, got ${show(mode)}: a volume is a folder of one node; a provisioner with 'sharedFileSystemPath' serves every mode`;
}

/** What is wrong with a volume mode, or undefined where nothing is. */
export function volumeModeProblem(mode: VolumeMode): string | undefined {
  return mode === 'Block'
    ? "must be 'Filesystem', got 'Block': a volume is a folder, the provisioner refuses block devices"
    : undefined;
}

/** What is wrong with a claim that has a selector. */
export const SELECTOR_PROBLEM =
  'must be left out: a volume is made for each claim, and the provisioner refuses a claim that selects one';

/** What is wrong with the type of a volume, or undefined where nothing is. */
export function volumeTypeProblem(type: string, sharing: LocalPathSharing): string | undefined {
  return type === 'local' && sharing === 'shared'
    ? "must be 'hostPath' on a shared file system, got 'local': the API server wants the node of a local volume, and the provisioner names none"
    : undefined;
}

/** Folders of a node, as config.json has them. */
export interface NodePaths {
  /** The node's name, or `DEFAULT_PATH_FOR_NON_LISTED_NODES`. */
  readonly node: string;

  /** The folders; one is picked at random for each volume, and none means no volumes there. */
  readonly paths: readonly string[];
}

/** What is wrong with the folder that volumes are made in, or undefined where nothing is. */
export function folderProblem(path: string): string | undefined {
  return (
    absolutePathProblem(path) ??
    (cleanPath(path) === '/' ? `must be a folder below '/', got ${show(path)}` : undefined)
  );
}

/** What is wrong with a node path map, or undefined where nothing is. */
export function nodePathMapProblem(entries: readonly NodePaths[]): string | undefined {
  if (entries.length === 0) {
    return `must have a node in it; '${LOCAL_PATH_OTHER_NODES}' is every node that is not listed`;
  }
  const nodes = entries.map(({ node }) => node);
  const twice = firstTwice(nodes);
  if (twice !== undefined) {
    return `must have each node once, got ${show(twice)} again`;
  }
  for (const { node, paths } of entries) {
    if (node !== LOCAL_PATH_OTHER_NODES && !isDnsSubdomain(node)) {
      const meant = didYouMean(node, [LOCAL_PATH_OTHER_NODES]);
      return `must have names of nodes or '${LOCAL_PATH_OTHER_NODES}', got ${show(node)}${meant}`;
    }
    for (const path of paths) {
      const problem = folderProblem(path);
      if (problem !== undefined) {
        return `of ${show(node)} ${problem}`;
      }
    }
    const again = firstTwice(paths.map(cleanPath));
    if (again !== undefined) {
      return `of ${show(node)} must have each folder once, got ${show(again)} again`;
    }
  }
  return undefined;
}

/**
 * What is wrong with a class's `nodePath`, or undefined where nothing is: it must be a folder of
 * some node, spelt as the provisioner keeps it. On a node that lacks it, no volume is made.
 */
export function nodePathProblem(
  nodePath: string,
  entries: readonly NodePaths[],
): string | undefined {
  const known = [...new Set(entries.flatMap(({ paths }) => paths.map(cleanPath)))];
  return known.includes(nodePath)
    ? undefined
    : `must be ${alternatives(known) || 'a folder of a node, of which there is none'}, as the provisioner has it, got ${show(nodePath)}`;
}

/** The part of config.json that says where volumes go. */
export interface LocalPathConfig {
  readonly nodePathMap?: readonly NodePaths[] | undefined;
  readonly sharedFileSystemPath?: string | undefined;
}

/** What is wrong with where volumes go, or undefined where nothing is. */
export function configProblem(config: LocalPathConfig): string | undefined {
  const { nodePathMap = [], sharedFileSystemPath = '' } = config;
  if (sharedFileSystemPath === '') {
    const problem = nodePathMapProblem(nodePathMap);
    return problem && `'nodePathMap' ${problem}`;
  }
  if (nodePathMap.length > 0) {
    return "'sharedFileSystemPath' must be left out beside 'nodePathMap', the provisioner takes one of them: volumes are folders of one node, or of a file system that all nodes mount";
  }
  const problem = folderProblem(sharedFileSystemPath);
  return problem && `'sharedFileSystemPath' ${problem}`;
}

/**
 * Where the volumes of a class go, or undefined where the provisioner refuses the class.
 *
 * Once `storageClassConfigs` has an entry, what stands beside it is ignored, and a class that is
 * not listed is an error.
 */
export function configOfClass(
  config: LocalPathConfig & {
    readonly storageClassConfigs?: Readonly<Record<string, LocalPathConfig>>;
  },
  className: string,
): LocalPathConfig | undefined {
  const { storageClassConfigs = {} } = config;
  if (Object.keys(storageClassConfigs).length === 0) {
    return config;
  }
  return Object.hasOwn(storageClassConfigs, className) ? storageClassConfigs[className] : undefined;
}

/** What a path pattern starts with. */
const PATH_PATTERN_START = '{{ .PVC.Namespace }}/{{ .PVC.Name }}/';

/** What a pattern may fill in: what the claim's author cannot put a `/` into. */
const PATTERN_FIELD = /^\.(PVName|PVC\.(Namespace|Name|UID|Labels\.[A-Za-z_]\w*))$/;
const PATTERN_LABEL = /^index \.PVC\.Labels "[^"\\]+"$/;
const PATTERN_NAMES = ['.PVName', '.PVC.Namespace', '.PVC.Name', '.PVC.UID'];

/**
 * What is wrong with a path pattern, or undefined where nothing is.
 *
 * It is a Go template that has to give a folder below `<namespace>/<claim>/`. The provisioner looks
 * at what comes out: a wrong one leaves claims Pending, and `a/b/../../c/d` passes its check. So
 * annotations are refused here, which the author of a claim writes at will (CVE-2025-62878).
 */
export function pathPatternProblem(pattern: string): string | undefined {
  const actions = [...pattern.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(
    ([, action = '']) => action,
  );
  if (!/^\{\{\s*\.PVC\.Namespace\s*\}\}\/\{\{\s*\.PVC\.Name\s*\}\}\//.test(pattern)) {
    return `must start with '${PATH_PATTERN_START}', got ${show(pattern)}; 'allowUnsafePathPattern' takes any`;
  }
  const strange = actions.find(
    (action) => !PATTERN_FIELD.test(action) && !PATTERN_LABEL.test(action),
  );
  if (strange !== undefined) {
    return strange.includes('.PVC.Annotations')
      ? `must not fill in annotations, got ${show(strange)}: who writes the claim could leave its folder by '..'; use a label`
      : `must fill in labels, ${alternatives(PATTERN_NAMES)}, got ${show(strange)}${didYouMean(strange, PATTERN_NAMES)}`;
  }
  const rendered = pattern.replace(/\{\{[^{}]*\}\}/g, 'x');
  if (/[{}]/.test(rendered)) {
    return `must have its braces in pairs, got ${show(pattern)}`;
  }
  return (
    absolutePathProblem(`/${rendered}`) &&
    `must not have '..' or control characters in it, got ${show(pattern)}`
  );
}

/** Fields of the helper pod's spec that the provisioner refuses, and the ones it writes itself. */
const POD_FIELDS = [
  'initContainers',
  'ephemeralContainers',
  'volumes',
  'nodeName',
  'serviceAccountName',
];
const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'];
const CONTAINER_FIELDS = [
  ...['volumeMounts', 'envFrom', 'lifecycle'],
  ...['livenessProbe', 'readinessProbe', 'startupProbe'],
];

/**
 * What is wrong with the template of the helper pod, or undefined where nothing is.
 *
 * The provisioner checks it since v0.0.36 (CVE-2026-44543) and does not start with a wrong one.
 */
export function helperPodProblem(pod: unknown): string | undefined {
  const spec = fieldsOf(fieldsOf(pod).spec);
  const containers: readonly unknown[] = Array.isArray(spec.containers) ? spec.containers : [];
  if (containers.length !== 1) {
    return `must have exactly one container, got ${containers.length}`;
  }
  const container = fieldsOf(containers[0]);
  const security = fieldsOf(spec.securityContext);
  const own = fieldsOf(container.securityContext);
  const variables: readonly unknown[] = Array.isArray(container.env) ? container.env : [];
  const refused = [
    ...POD_FIELDS.filter((field) => isSet(spec[field])),
    ...HOST_NAMESPACES.filter((field) => spec[field] === true),
    ...CONTAINER_FIELDS.filter((field) => isSet(container[field])),
    ...(variables.some((variable) => isSet(fieldsOf(variable).valueFrom)) ? ['env.valueFrom'] : []),
    ...['runAsUser', 'runAsGroup']
      .filter((field) => security[field] === 0)
      .map((field) => `${field} 0`),
    ...(isSet(security.sysctls) ? ['sysctls'] : []),
    ...['privileged', 'allowPrivilegeEscalation'].filter((field) => own[field] === true),
    ...(isSet(fieldsOf(own.capabilities).add) ? ['capabilities.add'] : []),
  ];
  return refused.length === 0
    ? undefined
    : `must not have ${alternatives(refused)}: the provisioner refuses it`;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

// As Go reads it: an empty text or list is as good as none.
function isSet(value: unknown): boolean {
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== '';
}

// As the provisioner keeps it: `/data/` and `/data` are one folder (Go, filepath.Abs).
function cleanPath(path: string): string {
  return `/${path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')}`;
}

function firstTwice(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}
