import type { Construct } from 'constructs';
import type { Said } from '../claims/said';
import { StaticVolume, type StaticVolumeProps, staticVolumeTypes } from '../claims/static-volume';
import type { Labels } from '../kube/label-selector';
import { nodesWithLabels } from '../kube/node-selector';
import { absolutePathProblem } from '../kube/paths';
import * as types from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { pathIn } from '../objects/scope';
import {
  HOST_PATH_ACCESS_MODES,
  HOST_PATH_TYPES,
  type HostPathAccessMode,
  type HostPathType,
} from './limits';

/** Props of a HostPathVolume. */
export interface HostPathVolumeProps<M extends HostPathAccessMode = 'ReadWriteOnce'>
  extends StaticVolumeProps<M> {
  /** The folder on the node: an absolute path without `..`, and not `/`. */
  readonly path: string;

  /**
   * What must be at the path; `''` checks nothing.
   *
   * @default 'DirectoryOrCreate'
   */
  readonly type?: HostPathType;

  /**
   * How many nodes may use the volume, and how; the type of the claim follows.
   *
   * Every node has a folder of its own: with more than one node, say by `nodeLabels` which is meant.
   *
   * @default 'ReadWriteOnce'
   */
  readonly accessMode?: M;

  /**
   * Labels of the nodes that have the folder, such as `{ 'kubernetes.io/hostname': 'minikube' }`;
   * pods with this volume run there only.
   *
   * @default - any node
   */
  readonly nodeLabels?: Labels;
}

const HOST_PATH_VOLUME_PROPS: types.PropTypes<HostPathVolumeProps> = {
  path: types.text,
  ...staticVolumeTypes(HOST_PATH_ACCESS_MODES),
  type: types.optional(types.oneOf(HOST_PATH_TYPES)),
  nodeLabels: types.optional(types.labels),
};

/**
 * A folder of a node, as a PersistentVolume and the claim that is bound to it: for minikube and
 * other clusters of one node.
 *
 * The folder belongs to root: where `DirectoryOrCreate` makes it, it has mode 0755, and a process
 * that does not run as root cannot write it. Pod Security Standards forbid hostPath in a pod; behind
 * a claim it is the administrator's choice.
 */
export class HostPathVolume<
  const M extends HostPathAccessMode = 'ReadWriteOnce',
> extends StaticVolume<M, 'Filesystem'> {
  /** The folder on the node, as given. */
  readonly path: string;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the folder, its size and how it is used
   * @throws StorageError `HostPathPath`, `RequestTooLarge`, `NamespaceMissing`, `NamespaceInvalid`,
   * `SelectorMisses`, `SizeInvalid`, `NameTooLong`, `Duplicate`, `LabelsInvalid`, `PropMissing`,
   * `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  constructor(
    scope: Construct,
    id: string,
    props: HostPathVolumeProps<M> & Said<M, 'ReadWriteOnce', 'accessMode'>,
  ) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'HostPathVolume', props, HOST_PATH_VOLUME_PROPS);
    const { path: folder, type = 'DirectoryOrCreate', nodeLabels = {} } = props;
    const problem =
      absolutePathProblem(folder) ??
      (/^(\/\.?)+$/.test(folder) ? `must be a folder below '/', got ${show(folder)}` : undefined);
    if (problem !== undefined) {
      refuse('HostPathPath', path, `'path' ${problem}`);
    }
    super(scope, id, props, {
      accessMode: props.accessMode ?? ('ReadWriteOnce' as M),
      volumeMode: 'Filesystem',
      nodes: nodesWithLabels(nodeLabels),
      source: () => ({ hostPath: { path: folder, type } }),
    });
    this.path = folder;
  }
}
