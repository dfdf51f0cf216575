import { refusal } from '../../support/refusal';
import { readExportsFile } from './exports-file';
import { serverOf, UPLOADS } from './sample-server';

const DISK = { device: '/dev/disk/by-id/virtio-exports', mountPath: '/srv/nfs' };

function withDisk(disk: Readonly<Record<string, unknown>>, path = '/srv/nfs/uploads') {
  return serverOf({ disk: { ...DISK, ...disk }, exports: { uploads: { ...UPLOADS, path } } });
}

describe('the disk of a server', () => {
  test.each<[{ readonly device?: string; readonly label?: string; readonly fileSystem?: string }]>([
    [{ device: '/dev/vdb' }],
    [{ device: '/dev/nvme1n1p1' }],
    [{ device: '/dev/disk/by-path/pci-0000:00:05.0-scsi-0:0:0:1' }],
    [{ device: '/dev/mapper/vg0-exports' }],
    [{ label: 'a'.repeat(16) }],
    [{ label: 'a'.repeat(12), fileSystem: 'xfs' }],
    [{ label: 'A.b_c-1' }],
  ])('may be %j', (disk) => {
    expect(withDisk(disk).userData).toContain(`device='${disk.device ?? DISK.device}'`);
  });

  test('keeps what lies on it from being exported without it', () => {
    const exports = {
      on: { ...UPLOADS, path: '/srv/nfs/on/it' },
      beside: { ...UPLOADS, path: '/srv/nfs2' },
    };
    const entries = readExportsFile(serverOf({ disk: DISK, exports }).exportsText);
    expect(entries.map(({ clients }) => clients[0]?.options.mountpoint)).toEqual([
      '/srv/nfs',
      undefined,
    ]);
  });

  const NO_DEVICE = "device' must be a device such as '/dev/disk/by-id/virtio-exports', got";
  const NO_LABEL = "letters, digits, '.', '_' and '-' for";

  test.each([
    [{ device: 'vdb' }, `${NO_DEVICE} 'vdb'`],
    [{ device: '/dev/' }, `${NO_DEVICE} '/dev/'`],
    [{ device: '/dev/../etc/passwd' }, `${NO_DEVICE} '/dev/../etc/passwd'`],
    [{ device: '/dev//vdb' }, `${NO_DEVICE} '/dev//vdb'`],
    [{ device: "/dev/v'db" }, `${NO_DEVICE} '/dev/v'db'`],
    [{ device: '/dev/$(reboot)' }, `${NO_DEVICE} '/dev/$(reboot)'`],
    [{ device: '/mnt/disk.img' }, `${NO_DEVICE} '/mnt/disk.img'`],
    [
      { label: 'a'.repeat(17) },
      `label' must be at most 16 ${NO_LABEL} ext4, got '${'a'.repeat(17)}'`,
    ],
    [
      { label: 'a'.repeat(13), fileSystem: 'xfs' },
      `label' must be at most 12 ${NO_LABEL} xfs, got '${'a'.repeat(13)}'`,
    ],
    [{ label: 'a b' }, `label' must be at most 16 ${NO_LABEL} ext4, got 'a b'`],
    [{ label: '-L' }, `label' must be at most 16 ${NO_LABEL} ext4, got '-L'`],
    [
      { mountPath: '/mnt' },
      "mountPath' must be a folder of its own, got '/mnt', which others use; take one such as '/srv/nfs/uploads'",
    ],
    [
      { mountPath: '/srv/a b' },
      "mountPath' must have letters, digits and '/', '.', '_', '-' in it alone, got '/srv/a b'",
    ],
    [
      { mountPath: '/srv/nfs/uploads' },
      "mountPath' must be above the exports, got '/srv/nfs/uploads' for '/srv/nfs/uploads' of 'uploads'; export a folder below it",
    ],
    [
      { mountPath: '/srv/nfs/uploads/disk' },
      "mountPath' must be above the exports, got '/srv/nfs/uploads/disk' for '/srv/nfs/uploads' of 'uploads'; export a folder below it",
    ],
    [
      { mountPath: '/srv/other' },
      "mountPath' must be above an export, got '/srv/other'; leave the disk out, or put exports below it",
    ],
  ])('fails as %j', (disk, rest) => {
    expect(refusal(() => withDisk(disk))).toEqual({
      code: 'NfsDisk',
      path: 'shop/files',
      message: `shop/files: 'disk.${rest}`,
    });
  });

  test.each([
    [{ fileSystem: 'btrfs' }, "'disk.fileSystem' must be 'ext4' or 'xfs', got 'btrfs'"],
    [
      { overwrite: true },
      "'disk.overwrite' is no prop of NfsServer; it takes 'device', 'mountPath', 'fileSystem' or 'label'",
    ],
  ])('fails with %j', (disk, reason) => {
    expect(refusal(() => withDisk(disk)).message).toBe(`shop/files: ${reason}`);
  });
});
