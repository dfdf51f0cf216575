import { Construct } from 'constructs';
import { didYouMean } from '../../kube/nearest';
import * as types from '../../kube/props';
import { alternatives, show } from '../../kube/show';
import { refuse } from '../../kube/storage-error';
import { pathIn } from '../../objects/scope';
import { checkServer } from '../export';
import { DEFAULT_NFS_MOUNT_OPTIONS, type NfsMountOption } from '../limits';
import { exportsText } from './exports-text';
import type { NfsServerVersion } from './limits';
import { NfsExport } from './nfs-export';
import {
  NFS_SERVER_PROPS,
  type NfsAccessOf,
  type NfsExports,
  type NfsServerProps,
} from './nfs-server-props';
import { type NfsServerPort, pinnedPorts, portsOf } from './ports';
import { type CheckedExport, readExports } from './read-exports';

/**
 * Options of a mount by protocol. Over UDP, whose checksums are too weak for a fast network, Linux
 * serves NFS 3 no more unless told to (nfs(5), "Using NFS over UDP").
 */
const MOUNT_OPTIONS: Readonly<Record<NfsServerVersion, readonly NfsMountOption[]>> = {
  '4': DEFAULT_NFS_MOUNT_OPTIONS,
  '3': ['hard', 'nfsvers=3', 'proto=tcp'],
};

/**
 * An NFS server outside of the cluster, described once for both ends.
 *
 * It renders no Kubernetes object. Its exports make volumes that know server, path, protocol and
 * owner; `exportsText` and `ports` are what its administrator needs on the other end.
 */
export class NfsServer<const E extends NfsExports = NfsExports> extends Construct {
  /** The address or the name that clients mount from. */
  readonly host: string;

  /** The protocol. */
  readonly version: NfsServerVersion;

  /** The ports that clients reach, each with the networks to open it for. */
  readonly ports: readonly NfsServerPort[];

  /** The exports as exports(5) has them, for a file such as `/etc/exports.d/shop.exports`. */
  readonly exportsText: string;

  readonly #exports: readonly CheckedExport[];

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - where it is, and what it exports
   * @throws StorageError `NfsServer`, `NfsExportPath`, `NfsClients`, `NfsSquash`, `NfsAsync`,
   * `NfsFsid`, `NfsPorts`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`,
   * `IdTaken`
   */
  constructor(scope: Construct, id: string, props: NfsServerProps<E>) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'NfsServer', props, NFS_SERVER_PROPS);
    const { host, version = '4', ports } = props;
    checkServer(path, host, 'in-tree', 'use the address of the host', 'host');
    if (version === '4' && ports !== undefined) {
      refuse(
        'NfsPorts',
        path,
        `'ports' must be left out beside version '4', which has TCP 2049 alone, got ${show(ports)}`,
      );
    }
    const exports = readExports(path, props.exports);
    const pinned = pinnedPorts(path, ports ?? {});
    super(scope, id);
    this.host = host;
    this.version = version;
    this.#exports = exports;
    this.ports = portsOf(version, pinned, exports);
    this.exportsText = exportsText(exports);
  }

  /**
   * One of the exports.
   *
   * @throws StorageError `NfsExport` where there is none of that name
   */
  export<N extends keyof E & string>(name: N): NfsExport<NfsAccessOf<E[N]>> {
    const checked = this.#exports.find((each) => each.name === name);
    if (checked === undefined) {
      const names = this.#exports.map((each) => each.name);
      refuse(
        'NfsExport',
        this,
        `the export's name must be ${alternatives(names)}, got ${show(name)}${didYouMean(name, names)}`,
      );
    }
    return new NfsExport(
      { place: this, host: this.host, mountOptions: MOUNT_OPTIONS[this.version] },
      checked,
    );
  }
}
