import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An object of a vector, to be written to. */
export interface VectorObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; uid?: string };
  readonly spec: Record<string, unknown>;
  status?: { phase: string };
}

/** What was seen of a claim. */
export interface SeenClaim {
  readonly phase?: string;
  readonly volume?: string | null;
  readonly class?: string;
  readonly events?: readonly string[];
  readonly rejected?: string;
}

/** A scenario that a control plane has played. */
export interface Vector {
  readonly id: number;
  readonly defaultClass: string | null;
  readonly pvs: readonly VectorObject[];
  readonly pvcs: readonly VectorObject[];
  readonly rejected: readonly unknown[];
  readonly outcome: Readonly<Record<string, SeenClaim>>;
}

/** The classes that existed in all of them. */
export const VECTOR_CLASSES = [
  ['manual', 'kubernetes.io/no-provisioner', 'Immediate'],
  ['wait', 'kubernetes.io/no-provisioner', 'WaitForFirstConsumer'],
  ['external', 'ebs.csi.aws.com', 'Immediate'],
  ['external-wait', 'ebs.csi.aws.com', 'WaitForFirstConsumer'],
].map(([name, provisioner, volumeBindingMode]) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner,
  volumeBindingMode,
}));

/** Reads a file of vectors; each is new, to be written to. */
export function readVectors(file: string): readonly Vector[] {
  const path = join(__dirname, '../fixtures/binding-vectors', file);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Vector);
}
