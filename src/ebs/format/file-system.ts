import * as types from '../../kube/props';

/** How an ext3 volume is formatted. */
export interface EbsExt3Format {
  /**
   * Size of a block, in bytes: a power of two from 1,024 to 65,536.
   *
   * More than a page of the node's memory (4,096 on x86) cannot be mounted.
   *
   * @default - by mke2fs, 4,096 but for small volumes
   */
  readonly blockSize?: number;

  /**
   * Size of an inode, in bytes: a power of two from 128 to 4,096, and at most a block.
   *
   * @default - by mke2fs, 256
   */
  readonly inodeSize?: number;

  /**
   * One inode for so many bytes of the volume: 1,024 to 67,108,864.
   *
   * @default - by mke2fs, 16,384
   */
  readonly bytesPerInode?: number;

  /**
   * How many inodes, and so how many files at most: 1 to 4,294,967,295.
   *
   * @default - by the size of the volume and `bytesPerInode`
   */
  readonly numberOfInodes?: number;
}

/** How an ext4 volume is formatted. */
export type EbsExt4Format = EbsExt3Format & (Ext4Clusters | Ext4Blocks);

/** Space that is allocated in clusters of blocks. */
export interface Ext4Clusters {
  /** Whether space is allocated in clusters of blocks. */
  readonly ext4BigAlloc: true;

  /**
   * Size of a cluster, in bytes: a power of two from 2,048 to 268,435,456, and at least a block.
   *
   * @default - by mke2fs, 16 blocks
   */
  readonly ext4ClusterSize?: number;
}

/** Space that is allocated in blocks. */
export interface Ext4Blocks {
  /**
   * Whether space is allocated in clusters of blocks.
   *
   * @default false
   */
  readonly ext4BigAlloc?: false;
  /** Not without `ext4BigAlloc`. */
  readonly ext4ClusterSize?: never;
}

/** How an xfs volume is formatted. */
export interface EbsXfsFormat {
  /**
   * Size of a block, in bytes: a power of two from 1,024 to 65,536.
   *
   * More than a page of the node's memory (4,096 on x86) can be mounted by Linux 6.12 and newer.
   *
   * @default - by mkfs.xfs, 4,096
   */
  readonly blockSize?: number;

  /**
   * Size of an inode, in bytes: a power of two from 512 to 2,048, and at most half a block.
   *
   * @default - by mkfs.xfs, 512
   */
  readonly inodeSize?: number;
}

/** The file system of a class's volumes, and how it is made. */
export type EbsFileSystem =
  | {
      /**
       * The file system on the volumes.
       *
       * @default 'ext4'
       */
      readonly fsType?: 'ext4';

      /**
       * How volumes are formatted; claims of a class that says this cannot be Block.
       *
       * @default - as mke2fs does
       */
      readonly format?: EbsExt4Format;
    }
  | {
      /** The file system on the volumes. */
      readonly fsType: 'ext3';

      /**
       * How volumes are formatted; claims of a class that says this cannot be Block.
       *
       * @default - as mke2fs does
       */
      readonly format?: EbsExt3Format;
    }
  | {
      /** The file system on the volumes. */
      readonly fsType: 'xfs';

      /**
       * How volumes are formatted; claims of a class that says this cannot be Block.
       *
       * @default - as mkfs.xfs does
       */
      readonly format?: EbsXfsFormat;
    };

/** Formatting options as a prop; which goes with which file system is told where the limits are. */
export const EBS_FORMAT: types.PropType = types.nested({
  blockSize: types.optional(types.wholeNumber(1)),
  inodeSize: types.optional(types.wholeNumber(1)),
  bytesPerInode: types.optional(types.wholeNumber(1)),
  numberOfInodes: types.optional(types.wholeNumber(1)),
  ext4BigAlloc: types.optional(types.flag),
  ext4ClusterSize: types.optional(types.wholeNumber(1)),
});
