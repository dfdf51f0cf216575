import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { RenderedObject } from '../synth';

interface Rendered {
  readonly script: string;
  readonly owner: string;
  readonly mount: string;
}

/** The share as a pod sees it. */
const SHARE = '/share';

/**
 * What the first pod of the ShareCheck in these manifests logs where all is well: its script is run,
 * by two processes that share a folder.
 */
export async function shareCheckLog(manifests: string): Promise<string> {
  const check = checkIn(loadAll(manifests) as RenderedObject[]);
  const folder = mkdtempSync(join(tmpdir(), 'guide-share-'));
  const mounts = `${folder}.mounts`;
  writeFileSync(mounts, `${check.mount.replace(SHARE, folder)}\n`);
  try {
    const [first = ''] = await Promise.all(
      [0, 1].map((index) => run(check, index, folder, mounts)),
    );
    return first
      .replaceAll(folder, SHARE)
      .replace(`written as ${OWN}`, `written as ${check.owner}`);
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(mounts);
  }
}

/** Who runs the tests, and so owns what the script writes here. */
const OWN = `${process.getuid?.()}:${process.getgid?.()}`;

function run({ script }: Rendered, index: number, share: string, mounts: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    JOB_COMPLETION_INDEX: `${index}`,
    RUN: 'guide',
    NODE: `worker-${index + 1}`,
    SHARE: share,
    OWNER: OWN,
    DEADLINE: '60',
    MOUNTS: mounts,
  };
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      log += data;
    });
  }
  return new Promise((resolve) => child.on('close', () => resolve(log)));
}

function checkIn(objects: readonly RenderedObject[]): Rendered {
  const job = objects.find(({ kind }) => kind === 'Job')?.spec as JobSpec | undefined;
  const nfs = objects.find(({ kind }) => kind === 'PersistentVolume')?.spec as NfsSpec | undefined;
  const [container] = job?.template.spec.containers ?? [];
  const owner = container?.env.find(({ name }) => name === 'OWNER')?.value;
  const [, , script] = container?.command ?? [];
  if (script === undefined || owner === undefined || nfs === undefined) {
    throw new Error('no ShareCheck and no volume of NFS in the manifests');
  }
  const { server, path } = nfs.nfs;
  return { script, owner, mount: `${server}:${path} ${SHARE} nfs4 rw 0 0` };
}

interface JobSpec {
  readonly template: {
    readonly spec: {
      readonly containers: readonly {
        readonly command: readonly string[];
        readonly env: readonly { readonly name: string; readonly value?: string }[];
      }[];
    };
  };
}

interface NfsSpec {
  readonly nfs: { readonly server: string; readonly path: string };
}
