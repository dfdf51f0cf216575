import type { Construct } from 'constructs';
import type { NfsTraits } from '../../claims/contracts';
import type { Said } from '../../claims/said';
import type { PooledVolume } from '../../claims/volume-pool';
import * as types from '../../kube/props';
import { show } from '../../kube/show';
import { type ErrorPlace, refuse } from '../../kube/storage-error';
import { pathIn } from '../../objects/scope';
import type { NfsAccessMode, NfsMountOption } from '../limits';
import { NfsStorageClass } from '../nfs-storage-class';
import { NfsSubdirProvisioner } from '../nfs-subdir-provisioner';
import { NfsVolume, type NfsVolumeProps } from '../nfs-volume';
import type {
  FurtherMountOptions,
  NfsExportDefaultMode,
  NfsExportMode,
  NfsExportPooledProps,
  NfsExportProvisionerProps,
  NfsExportStorageClassProps,
  NfsExportVolumeProps,
  NfsFixedByExport,
} from './export-volume-props';
import { type NfsExportAccess, NOBODY } from './limits';
import type { CheckedExport } from './read-exports';

/** What the volumes of an export have to know of its server. */
export interface ExportingServer {
  readonly place: ErrorPlace;
  readonly host: string;
  readonly mountOptions: readonly NfsMountOption[];
}

/** One export of an NfsServer, and the volumes over it. */
export class NfsExport<A extends NfsExportAccess = NfsExportAccess> {
  /** Its name. */
  readonly name: string;

  /** The address or the name that clients mount it by. */
  readonly server: string;

  /** The exported folder. */
  readonly path: string;

  /** Whether clients write it. */
  readonly access: A;

  /** The machines that may mount it: networks, or `*`. */
  readonly clients: readonly string[];

  /** Options of its mounts. */
  readonly mountOptions: readonly NfsMountOption[];

  /** What the server makes of the users of its volumes. */
  readonly users: NfsTraits;

  readonly #place: ErrorPlace;

  readonly #rootWrites: boolean;

  /** @internal */
  constructor(server: ExportingServer, checked: CheckedExport) {
    this.name = checked.name;
    this.server = server.host;
    this.path = checked.path;
    this.access = checked.access as A;
    this.clients = checked.clients;
    this.mountOptions = server.mountOptions;
    this.users = checked.users;
    this.#place = server.place;
    this.#rootWrites = checked.users.squash !== 'root' || checked.folder.uid === NOBODY;
  }

  /**
   * Makes a volume over the export, with its claim.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - size and use; server, path and options are the export's
   * @throws StorageError `NfsExportFixed`, `NfsExportAccess`, and as NfsVolume
   */
  volume<const M extends NfsExportMode<A> = NfsExportDefaultMode<A>>(
    scope: Construct,
    id: string,
    // A mode that TypeScript infers from where the claim goes has to be said in the props.
    props: NfsExportVolumeProps<M> & Said<M, NfsExportDefaultMode<A>, 'accessMode'>,
  ): NfsVolume<M> {
    const place = pathIn(scope, id);
    const { accessMode: asked, ...own } = this.#over(place, props);
    const readOnly = this.access === 'ro';
    const accessMode: NfsAccessMode = asked ?? (readOnly ? 'ReadOnlyMany' : 'ReadWriteMany');
    if (readOnly && accessMode !== 'ReadOnlyMany') {
      refuse(
        'NfsExportAccess',
        place,
        `'accessMode' must be 'ReadOnlyMany' on export '${this.name}', which clients only read, got ${show(accessMode)}`,
      );
    }
    const whole: NfsVolumeProps<NfsAccessMode> = {
      ...own,
      server: this.server,
      path: this.path,
      accessMode,
      users: this.users,
    };
    return new NfsVolume<NfsAccessMode>(scope, id, whole) as NfsVolume<M>;
  }

  /**
   * The export as a volume of a VolumePool.
   *
   * @param props - the size; server, path and options are the export's
   * @throws StorageError `NfsExportFixed`, `NfsExportAccess`, `PropType`, `PropUnknown`; and when the
   * pool is made `NfsServer`, `NfsPath`, `NfsMountOptions`, `SizeInvalid`, `PropMissing`
   */
  pooled(
    this: NfsExport<'rw'>,
    props: NfsExportPooledProps,
  ): PooledVolume<'ReadWriteMany', 'Filesystem'> {
    this.#refuseReadOnly(this.#place);
    return NfsVolume.pooled({
      ...this.#over(this.#place, props),
      server: this.server,
      path: this.path,
      users: this.users,
    });
  }

  /**
   * Installs nfs-subdir-external-provisioner over the export: see NfsSubdirProvisioner.
   *
   * It works as root: with squash `all`, what it makes is the anonymous user's like all the rest;
   * with squash `root` it is nobody, who may not write here.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - how volumes are made; server, path and options are the export's
   * @throws StorageError `NfsExportFixed`, `NfsExportAccess`, `NfsExportRoot`, and as
   * NfsSubdirProvisioner
   */
  provisioner(
    this: NfsExport<'rw'>,
    scope: Construct,
    id: string,
    props: NfsExportProvisionerProps = {},
  ): NfsSubdirProvisioner {
    const place = pathIn(scope, id);
    this.#refuseRootless(place, 'the provisioner');
    return new NfsSubdirProvisioner(scope, id, {
      ...this.#over(place, props),
      server: this.server,
      path: this.path,
      users: this.#usersBelow(),
    });
  }

  /**
   * Makes a class of volumes below the export, for csi-driver-nfs: see NfsStorageClass.
   *
   * The driver works as root, as the provisioner does.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - how volumes are made; server, share and options are the export's
   * @throws StorageError `NfsExportFixed`, `NfsExportAccess`, `NfsExportRoot`, and as
   * NfsStorageClass
   */
  storageClass(
    this: NfsExport<'rw'>,
    scope: Construct,
    id: string,
    props: NfsExportStorageClassProps = {},
  ): NfsStorageClass {
    const place = pathIn(scope, id);
    this.#refuseRootless(place, 'the driver');
    return new NfsStorageClass(scope, id, {
      ...this.#over(place, props),
      server: this.server,
      share: this.path,
      users: this.#usersBelow(),
    });
  }

  // A folder that a provisioner makes below the export is not the export's own folder.
  #usersBelow(): NfsTraits {
    const { folderOwner: _, rootEnters: __, ...users } = this.users;
    return users;
  }

  /** The props of what is made over the export, with its mount options; server and path are to come. */
  #over<P extends FurtherMountOptions>(
    place: ErrorPlace,
    props: P,
  ): Omit<P, 'furtherMountOptions'> & { readonly mountOptions: readonly NfsMountOption[] } {
    if (!types.isObject(props)) {
      refuse('PropType', place, `the props must be an object, got ${show(props)}`);
    }
    const { furtherMountOptions, ...own } = props;
    types.checkProps(place, 'the export', { furtherMountOptions }, FURTHER);
    for (const key of FIXED) {
      if (key in own) {
        refuse(
          'NfsExportFixed',
          place,
          `'${key}' must be left out, the volumes of export '${this.name}' have it from the server; got ${show(own[key as keyof typeof own])}`,
        );
      }
    }
    return { ...own, mountOptions: [...this.mountOptions, ...(furtherMountOptions ?? [])] };
  }

  // The types say so; plain JavaScript has none.
  #refuseReadOnly(place: ErrorPlace): void {
    if (this.access === 'ro') {
      refuse(
        'NfsExportAccess',
        place,
        `export '${this.name}' must be written for this, got access 'ro'; use 'volume'`,
      );
    }
  }

  #refuseRootless(place: ErrorPlace, who: string): void {
    this.#refuseReadOnly(place);
    if (!this.#rootWrites) {
      refuse(
        'NfsExportRoot',
        place,
        `export '${this.name}' must let root write for this, got squash 'root': ${who} is root on the node and nobody on the server; use squash 'all'`,
      );
    }
  }
}

const FURTHER: types.PropTypes<FurtherMountOptions> = {
  furtherMountOptions: types.optional(types.listOf(types.text)),
};

const FIXED: readonly NfsFixedByExport[] = [
  'server',
  'path',
  'share',
  'mountOptions',
  'uncheckedMountOptions',
  'users',
];
