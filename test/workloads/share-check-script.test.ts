import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARE_CHECK_SCRIPT } from '../../src/workloads/share-check-script';

/** The shells that are there, of which the image's is busybox'. */
const SHELLS = [['sh'], ['busybox', 'sh'], ['bash', '--posix']].filter(
  ([command = '', ...args]) => spawnSync(command, [...args, '-c', 'exit 0']).status === 0,
);

const OWNER = `${process.getuid?.()}:${process.getgid?.()}`;

/** What a pod is given, other than by default. */
interface PodSettings {
  readonly share: string;
  readonly run?: string;
  readonly owner?: string;
  readonly deadline?: number;

  /** A list of mounts in place of the system's. */
  readonly mounts?: string;

  /** Commands before the script; by default they make it look ten times a second. */
  readonly before?: string;
}

/** How a pod ended. */
interface Outcome {
  readonly status: number | null;
  readonly log: readonly string[];
  readonly problem: string;
}

/** A pod that runs. */
interface RunningPod {
  readonly child: ChildProcess;
  readonly ended: Promise<Outcome>;
}

describe.each(SHELLS)('the script of a ShareCheck in %s %s', (...shell) => {
  const [command = '', ...shellArgs] = shell.filter((word) => word !== undefined);
  let share: string;
  let mounts: string;

  beforeEach(() => {
    share = mkdtempSync(join(tmpdir(), 'share-check-'));
    mounts = `${share}.mounts`;
    writeFileSync(mounts, `proc /proc proc rw 0 0\nnfs.example.com:/up ${share} nfs4 rw 0 0\n`);
  });

  afterEach(() => {
    rmSync(share, { recursive: true });
    rmSync(mounts);
  });

  function start(index: 0 | 1, settings: Partial<PodSettings> = {}): RunningPod {
    const given = {
      ...{ share, run: 'a1', owner: OWNER, deadline: 20, mounts },
      ...{ before: 'sleep() { command sleep 0.1; }', ...settings },
    };
    const script = `${given.before}\n${SHARE_CHECK_SCRIPT}`;
    const child = spawn(command, [...shellArgs, '-c', script], {
      // A shell whose input is a socket may take itself for a remote one, and read its profile.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        LC_ALL: 'C',
        JOB_COMPLETION_INDEX: `${index}`,
        RUN: given.run,
        NODE: `worker-${index}`,
        SHARE: given.share,
        OWNER: given.owner,
        DEADLINE: `${given.deadline}`,
        MOUNTS: given.mounts,
      },
    });
    const text = { out: '', err: '' };
    child.stdout.on('data', (data) => {
      text.out += data;
    });
    child.stderr.on('data', (data) => {
      text.err += data;
    });
    const ended = new Promise<Outcome>((resolve) => {
      child.on('close', (status) => {
        resolve({ status, log: linesOf(text.out), problem: linesOf(text.err).at(-1) ?? '' });
      });
    });
    return { child, ended };
  }

  function run(index: 0 | 1, settings?: Partial<PodSettings>): Promise<Outcome> {
    return start(index, settings).ended;
  }

  const folder = (of = 'a1') => join(share, `.share-check-${of}`);

  test('passes where two pods see one folder, and leaves nothing there', async () => {
    const [first, second] = await Promise.all([run(0, { before: '' }), run(1, { before: '' })]);
    expect(first).toEqual({
      status: 0,
      log: [
        'pod 0 on worker-0: mounted: nfs4 nfs.example.com:/up',
        `pod 0 on worker-0: written as ${OWNER}`,
        'pod 0 on worker-0: read what pod 1 wrote on worker-1',
        'pod 0 on worker-0: passed: files cross to worker-1 and back',
      ],
      problem: '',
    });
    expect(second.status).toBe(0);
    expect(second.log.at(-1)).toBe('pod 1 on worker-1: passed: files cross to worker-0 and back');
    expect(readdirSync(share)).toEqual([]);
  });

  test('keeps runs at one time apart, and from what an earlier one has left', async () => {
    mkdirSync(folder('old'));
    writeFileSync(join(folder('old'), 'token-1'), 'of another run');
    const runs = ['b1', 'b2', 'b3', 'b4'];
    const outcomes = await Promise.all(
      runs.flatMap((of) => [run(0, { run: of }), run(1, { run: of })]),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(runs.flatMap(() => [0, 0]));
    expect(readdirSync(share)).toEqual(['.share-check-old']);
  });

  test('passes where the second pod comes later', async () => {
    const first = start(0);
    await until(() => existsSync(join(folder(), 'token-0')));
    expect((await run(1)).status).toBe(0);
    expect((await first.ended).status).toBe(0);
    expect(readdirSync(share)).toEqual([]);
  });

  test('passes where a pod is killed and made again', async () => {
    const killed = start(0);
    await until(() => existsSync(join(folder(), 'token-0')));
    const second = start(1);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect((await run(0)).status).toBe(0);
    expect((await second.ended).status).toBe(0);
    expect(readdirSync(share)).toEqual([]);
  });

  test('passes where a pod fails, and is made again with another token', async () => {
    const second = start(1);
    expect((await run(0, { owner: '4242:4242' })).status).toBe(1);
    expect((await run(0)).status).toBe(0);
    expect((await second.ended).status).toBe(0);
    expect(readdirSync(share)).toEqual([]);
  });

  test('passes for a pod whose predecessor was killed when the other was done', async () => {
    mkdirSync(folder());
    const left = { 'token-0': 't0', 'token-1': 't1 worker-1', 'echo-1': 't0', 'done-1': 'yes' };
    for (const [file, text] of Object.entries(left)) writeFileSync(join(folder(), file), text);
    expect(await run(0)).toMatchObject({ status: 0, problem: '' });
    expect(readdirSync(share)).toEqual([]);
  });

  test('passes for a pod whose predecessor had passed', async () => {
    mkdirSync(folder());
    for (const file of ['done-0', 'done-1']) writeFileSync(join(folder(), file), 'yes');
    const { status, log } = await run(0);
    expect(status).toBe(0);
    expect(log.at(-1)).toBe('pod 0 on worker-0: passed before');
    expect(readdirSync(share)).toEqual([]);
  });

  test('fails when nothing is mounted', async () => {
    // The mounts of this machine, where the folder is none.
    expect(await run(0, { mounts: '/proc/mounts' })).toEqual({
      status: 1,
      log: [],
      problem: `pod 0 on worker-0: not mounted: nothing is mounted at ${share}`,
    });
    expect(readdirSync(share)).toEqual([]);
  });

  test('fails when the folder is read-only', async () => {
    // /proc takes no folder from anybody, root included.
    expect(await run(0, { share: '/proc', mounts: '/proc/mounts' })).toEqual({
      status: 1,
      log: ['pod 0 on worker-0: mounted: proc proc'],
      problem: `pod 0 on worker-0: not writable: ${OWNER} cannot write to /proc; the volume is read-only, or the folder belongs to another`,
    });
  });

  test('fails when no file can be made in its folder', async () => {
    writeFileSync(folder(), 'in the way');
    expect(await run(0)).toMatchObject({
      status: 1,
      problem: `pod 0 on worker-0: not writable: ${OWNER} cannot write to ${share}; the volume is read-only, or the folder belongs to another`,
    });
    expect(readFileSync(folder(), 'utf8')).toBe('in the way');
  });

  test('fails when the other pod sees another folder', async () => {
    const elsewhere = `${share}.elsewhere`;
    mkdirSync(elsewhere);
    writeFileSync(mounts, `a ${share} nfs4 rw 0 0\nb ${elsewhere} nfs4 rw 0 0\n`);
    try {
      const outcomes = await Promise.all([
        run(0, { deadline: 1 }),
        run(1, { deadline: 1, share: elsewhere }),
      ]);
      expect(outcomes).toEqual([
        {
          status: 1,
          log: ['pod 0 on worker-0: mounted: nfs4 a', `pod 0 on worker-0: written as ${OWNER}`],
          problem: `pod 0 on worker-0: not visible: nothing came from pod 1 in 1 seconds; it does not run, which takes a second node, or its log says why, or its node has other storage at ${share}`,
        },
        {
          status: 1,
          log: ['pod 1 on worker-1: mounted: nfs4 b', `pod 1 on worker-1: written as ${OWNER}`],
          problem: `pod 1 on worker-1: not visible: nothing came from pod 0 in 1 seconds; it does not run, which takes a second node, or its log says why, or its node has other storage at ${elsewhere}`,
        },
      ]);
      expect([...readdirSync(share), ...readdirSync(elsewhere)]).toEqual([]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  test('fails at its deadline, and not before', async () => {
    const from = Date.now();
    const { status } = await run(0, { deadline: 2 });
    // The clock counts whole seconds.
    expect(status).toBe(1);
    expect(Date.now() - from).toBeGreaterThan(900);
    expect(Date.now() - from).toBeLessThan(10_000);
    expect(readdirSync(share)).toEqual([]);
  });

  test('fails when files cross in one direction alone', async () => {
    mkdirSync(folder());
    writeFileSync(join(folder(), 'token-1'), 't1 worker-1');
    writeFileSync(join(folder(), 'echo-1'), 'of another file');
    const { status, problem } = await run(0, { deadline: 0 });
    expect(status).toBe(1);
    expect(problem).toBe(
      'pod 0 on worker-0: not visible: pod 1 on worker-1 did not read in 0 seconds what this one wrote',
    );
    // What the other wrote is left to the other.
    expect(readdirSync(folder()).sort()).toEqual(['echo-1', 'token-1']);
  });

  test('removes all when it fails after the other was done', async () => {
    mkdirSync(folder());
    writeFileSync(join(folder(), 'done-1'), 'yes');
    expect((await run(0, { deadline: 0 })).status).toBe(1);
    expect(readdirSync(share)).toEqual([]);
  });

  test('fails when its files belong to another user, before the other sees one', async () => {
    const owner = `4242:${process.getgid?.()}`;
    expect(await run(0, { owner })).toEqual({
      status: 1,
      log: ['pod 0 on worker-0: mounted: nfs4 nfs.example.com:/up'],
      problem: `pod 0 on worker-0: wrong owner: what ${owner} writes belongs to ${OWNER}; run as ${OWNER}, or change whom the server takes it for`,
    });
    expect(readdirSync(share)).toEqual([]);
  });

  test('fails when its files belong to a group that the process is not in', async () => {
    const owner = `${process.getuid?.()}:4242`;
    expect(await run(0, { owner, before: 'id() { echo 4243 4244; }' })).toMatchObject({
      status: 1,
      problem: `pod 0 on worker-0: wrong owner: what ${owner} writes belongs to ${OWNER}; run as ${OWNER}, or change whom the server takes it for`,
    });
    expect(readdirSync(share)).toEqual([]);
  });

  test('takes any group of the process, as a folder with setgid gives it', async () => {
    const { log } = await run(0, { owner: `${process.getuid?.()}:4242`, deadline: 0 });
    expect(log.at(-1)).toBe(`pod 0 on worker-0: written as ${OWNER}`);
  });

  test('cleans up when it is stopped before it saw the other', async () => {
    const pod = start(0);
    await until(() => existsSync(join(folder(), 'token-0')));
    pod.child.kill('SIGTERM');
    expect((await pod.ended).status).toBe(143);
    expect(readdirSync(share)).toEqual([]);
  });

  test('leaves its files to its successor when it is stopped after the other saw them', async () => {
    mkdirSync(folder());
    writeFileSync(join(folder(), 'token-1'), 't1 worker-1');
    const pod = start(0);
    await until(() => existsSync(join(folder(), 'echo-0')));
    pod.child.kill('SIGTERM');
    expect((await pod.ended).status).toBe(143);
    const token = readFileSync(join(folder(), 'token-0'), 'utf8');
    // The other goes on, and is done.
    writeFileSync(join(folder(), 'echo-1'), token);
    writeFileSync(join(folder(), 'done-1'), 'yes');
    expect(await run(0)).toMatchObject({ status: 0, problem: '' });
    expect(readdirSync(share)).toEqual([]);
  });

  test('fails when the run has no name, which would be that of all runs', async () => {
    expect(await run(0, { run: '' })).toEqual({
      status: 1,
      log: [],
      problem:
        'pod 0 on worker-0: no run: the pod has no label batch.kubernetes.io/controller-uid, which Kubernetes 1.27 and later write',
    });
    expect(readdirSync(share)).toEqual([]);
  });
});

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    expect(waited).toBeLessThan(4_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
