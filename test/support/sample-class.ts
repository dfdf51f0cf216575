import { Construct } from 'constructs';
import type { ClaimRequest, IStorageClass, VolumeTraits } from '../../src/claims/contracts';
import type { AccessMode } from '../../src/kube/access-mode';
import { type ErrorPlace, refuse } from '../../src/kube/storage-error';

/** What a class was asked for, and by whom. */
interface Asked extends ClaimRequest {
  readonly place: ErrorPlace;
}

/** Traits of disks, and of shared folders. */
export const DISK: VolumeTraits = {
  driver: 'disk.example.com',
  attaches: true,
  honoursFsGroup: true,
  hasLostAndFound: true,
};
export const FOLDER: VolumeTraits = {
  driver: 'nfs.example.com',
  attaches: false,
  honoursFsGroup: false,
  hasLostAndFound: false,
};

/** A storage class that renders nothing and remembers what it was asked for. */
export class SampleClass extends Construct implements IStorageClass {
  readonly storageClassName: string;
  readonly asked: Asked[] = [];

  constructor(
    scope: Construct,
    id = 'fast',
    readonly traits: VolumeTraits = DISK,
    readonly defaultAccessMode: AccessMode = 'ReadWriteOnce',
    private readonly volumes = 5,
  ) {
    super(scope, id);
    this.storageClassName = id;
  }

  checkClaim(place: ErrorPlace, request: ClaimRequest): void {
    this.asked.push({ place, ...request });
    if (request.count > this.volumes) {
      refuse(
        'SampleLimit',
        place,
        `there are ${this.volumes} volumes, got ${request.count} claims`,
      );
    }
  }
}
