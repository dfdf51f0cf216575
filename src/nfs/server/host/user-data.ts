import { Yaml } from 'cdk8s';
import type { PinnedPorts } from '../ports';
import { nfsConf } from './nfs-conf';
import { type HostSetup, SETUP_SCRIPT, setupScript } from './setup-script';

/** What a host's user-data is made from. */
export interface HostUserData extends HostSetup {
  /** Name of the server, for the file of its exports. */
  readonly name: string;
  readonly exportsText: string;
  readonly pinned: PinnedPorts;
}

/**
 * A cloud-init user-data that makes a fresh Debian or Ubuntu host the server.
 *
 * cloud-init writes files first, then installs packages, then writes the files that are deferred, and
 * runs commands last. The settings are there before the package starts the services; the exports come
 * after it, when their folders are about to be made. Source: cloud-init, "Boot stages" and the order
 * of modules in its cloud.cfg.
 */
export function userData(host: HostUserData): string {
  const { disk, name, version, pinned } = host;
  const document = {
    package_update: true,
    packages: ['nfs-kernel-server', ...(disk === undefined ? [] : [TOOLS[disk.fileSystem]])],
    write_files: [
      file('/etc/nfs.conf.d/nfs-server.conf', nfsConf(version, pinned)),
      file(SETUP_SCRIPT, setupScript(host), '0755'),
      { ...file(`/etc/exports.d/${name}.exports`, host.exportsText), defer: true },
      ...(disk === undefined
        ? []
        : [
            {
              ...file(
                '/etc/systemd/system/nfs-server.service.d/disk.conf',
                `[Unit]\nRequiresMountsFor=${disk.mountPath}\n`,
              ),
              defer: true,
            },
          ]),
    ],
    runcmd: [[SETUP_SCRIPT]],
  };
  return `#cloud-config\n${Yaml.stringify(document)}`;
}

/** The packages with the tools of a file system. */
const TOOLS = { ext4: 'e2fsprogs', xfs: 'xfsprogs' } as const;

function file(path: string, content: string, permissions = '0644') {
  return { path, owner: 'root:root', permissions, content };
}
