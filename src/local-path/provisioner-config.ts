import { Yaml } from 'cdk8s';
import type { Labels } from '../kube/label-selector';
import { LOCAL_PATH_FOLDER, LOCAL_PATH_OTHER_NODES, type NodePaths } from './limits';
import { HELPER_CONTAINER_SECURITY, HELPER_POD_SECURITY } from './pod-security';

/** Folders by node; the key `DEFAULT_PATH_FOR_NON_LISTED_NODES` is for every node that has none. */
export type NodePathMap = Readonly<Record<string, readonly string[]>>;

/** What the provisioner reads from its ConfigMap. */
export interface ProvisionerConfig {
  readonly nodePathMap: readonly NodePaths[];
  readonly sharedFileSystemPath?: string | undefined;
  readonly setup?: string | undefined;
  readonly teardown?: string | undefined;
  readonly setupCommand?: string | undefined;
  readonly teardownCommand?: string | undefined;
  readonly cmdTimeoutSeconds?: number | undefined;
  readonly helperImage: string;
}

/** Where volumes go if nothing is said: one folder, on every node. */
export const DEFAULT_NODE_PATH_MAP: NodePathMap = { [LOCAL_PATH_OTHER_NODES]: [LOCAL_PATH_FOLDER] };

/** The map as config.json has it: in the order of the nodes' names, whatever order they came in. */
export function nodePathsOf(map: NodePathMap): readonly NodePaths[] {
  return Object.keys(map)
    .sort()
    .map((node) => ({ node, paths: [...(map[node] ?? [])] }));
}

/**
 * Makes the folder of a volume, open to every user: the pod that gets it may run as any.
 *
 * `VOL_DIR` is its path; `VOL_MODE` and `VOL_SIZE_BYTES` are there too.
 */
const SETUP_SCRIPT = script('mkdir -p -m 0777 -- "${VOL_DIR:?}"');

/** Removes the folder of a volume, with what is in it. */
const TEARDOWN_SCRIPT = script('rm -rf -- "${VOL_DIR:?}"');

// Fails at the first error, and where no folder is named.
function script(command: string): string {
  return ['#!/bin/sh', 'set -eu', command].join('\n');
}

/** The data of the ConfigMap. A command of the helper image replaces its script. */
export function configMapData(config: ProvisionerConfig): Labels {
  const { setup = SETUP_SCRIPT, teardown = TEARDOWN_SCRIPT } = config;
  return {
    'config.json': configJson(config),
    ...(config.setupCommand === undefined && { setup }),
    ...(config.teardownCommand === undefined && { teardown }),
    'helperPod.yaml': Yaml.stringify(helperPod(config.helperImage)).trimEnd(),
  };
}

function configJson(config: ProvisionerConfig): string {
  const { nodePathMap, sharedFileSystemPath, setupCommand, teardownCommand } = config;
  return JSON.stringify(
    {
      ...(sharedFileSystemPath === undefined ? { nodePathMap } : { sharedFileSystemPath }),
      // Left out where undefined.
      setupCommand,
      teardownCommand,
      cmdTimeoutSeconds: config.cmdTimeoutSeconds,
    },
    undefined,
    2,
  );
}

/**
 * The template of the pods that make and remove folders; node, volumes and command are added by the
 * provisioner, and so is its own ServiceAccount, of whose token a helper has no need.
 *
 * They run before what they serve, and on a node whose disk is full: removing folders makes room.
 */
function helperPod(image: string): Readonly<Record<string, unknown>> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'helper-pod' },
    spec: {
      priorityClassName: 'system-node-critical',
      tolerations: [
        { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
      ],
      automountServiceAccountToken: false,
      securityContext: HELPER_POD_SECURITY,
      containers: [{ name: 'helper-pod', image, securityContext: HELPER_CONTAINER_SECURITY }],
    },
  };
}
