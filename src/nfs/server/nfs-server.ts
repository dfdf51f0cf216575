import { Construct } from 'constructs';
import { labelOfPath } from '../../kube/names';
import { didYouMean } from '../../kube/nearest';
import * as types from '../../kube/props';
import { alternatives, show } from '../../kube/show';
import { refuse } from '../../kube/storage-error';
import { pathIn } from '../../objects/scope';
import { checkServer } from '../export';
import { DEFAULT_NFS_MOUNT_OPTIONS, type NfsMountOption } from '../limits';
import { type CheckedDisk, readDisk, withDisk } from './disk';
import { exportsText } from './exports-text';
import { portsJson, portsText } from './host/ports-list';
import { userData } from './host/user-data';
import { writeHostFiles } from './host/write-host-files';
import type { NfsServerVersion } from './limits';
import { NfsExport } from './nfs-export';
import {
  NFS_SERVER_PROPS,
  type NfsAccessOf,
  type NfsExports,
  type NfsServerProps,
} from './nfs-server-props';
import { type NfsServerPort, type PinnedPorts, pinnedPorts, portsOf } from './ports';
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
 * owner; `exportsText`, `userData` and `ports` are what its administrator needs on the other end.
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

  /** Name of the server in the names of its files. */
  readonly name: string;

  readonly #exports: readonly CheckedExport[];
  readonly #disk: CheckedDisk | undefined;
  readonly #pinned: PinnedPorts;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - where it is, and what it exports
   * @throws StorageError `NfsServer`, `NfsExportPath`, `NfsClients`, `NfsSquash`, `NfsAsync`,
   * `NfsFsid`, `NfsPorts`, `NfsDisk`, `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`,
   * `ScopeInvalid`, `IdInvalid`, `IdTaken`
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
    const described = readExports(path, props.exports);
    const disk = props.disk && readDisk(path, props.disk, described);
    const exports = disk === undefined ? described : withDisk(described, disk);
    const pinned = pinnedPorts(path, ports ?? {});
    super(scope, id);
    this.name = props.name ?? (labelOfPath(path.split('/')) || 'nfs-server');
    this.host = host;
    this.version = version;
    this.#exports = exports;
    this.#disk = disk;
    this.#pinned = pinned;
    this.ports = portsOf(version, pinned, exports);
    this.exportsText = exportsText(exports);
  }

  /**
   * A cloud-init user-data that makes a fresh Debian or Ubuntu host this server: it installs
   * nfs-kernel-server, formats and mounts the disk where there is one, makes the folders, each with
   * an owner and a mode that fit its squash, and exports them.
   *
   * It has no secret in it. On a new host it finds the disk of the old one by its label, and its data
   * as it was.
   */
  get userData(): string {
    return userData({
      path: this.node.path,
      name: this.name,
      version: this.version,
      exports: this.#exports,
      disk: this.#disk,
      pinned: this.#pinned,
      exportsText: this.exportsText,
    });
  }

  /**
   * Writes what the host's administrator needs: `<folder>/<name>/exports`, `user-data.yaml`,
   * `ports.json` and `ports.txt`. They are no manifests, and the folder lies beside the output of the
   * app, which is emptied whenever the app is synthesized.
   *
   * @param folder - where; from the working directory, and made where it is not there
   * @returns the files, in this order
   * @throws StorageError `HostFolder` where it is in the app's output, `Duplicate` where another
   * server of the app writes the same files
   */
  writeHostFiles(folder: string): readonly string[] {
    return writeHostFiles(this, folder, {
      exports: this.exportsText,
      'user-data.yaml': this.userData,
      'ports.json': portsJson(this.ports),
      'ports.txt': portsText(this.ports),
    });
  }

  /**
   * One of the exports.
   *
   * @param name - its name among `exports`
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
