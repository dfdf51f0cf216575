import { posix } from 'node:path';

/** One file of src that names another module. */
export interface ImportEdge {
  /** Path from the root of the project, such as `src/nfs/nfs-volume.ts`. */
  readonly file: string;

  /** What stands in the quotes, such as `../kube/names` or `cdk8s`. */
  readonly specifier: string;
}

const GROUND = ['kube'];
const DRIVERS = ['nfs', 'host-path', 'ebs', 'local', 'local-path', 'argo-cd'];

/** Rooms by floor, from the ground up; `main` is src/main.ts. */
const AUTHORING = [GROUND, ['objects'], ['claims'], DRIVERS, ['workloads'], ['charts'], ['main']];
const PLANNING = [GROUND, ['planner', 'manifests'], ['checks'], ['reports'], ['cli', 'validation']];

/** Rooms that must run without cdk8s, as every limits.ts must. */
const PURE = ['kube', 'planner', 'manifests', 'checks', 'reports', 'cli'];

/** Rooms that may use the generated types in imports/. */
const USERS_OF_IMPORTS = ['claims', ...DRIVERS];

/** Says why an import is not allowed, or nothing where it is. */
export function violation({ file, specifier }: ImportEdge): string | undefined {
  const reason = specifier.startsWith('.')
    ? againstFile(file, posix.join(posix.dirname(file), specifier))
    : againstPackage(file, specifier);
  return reason && `${file} imports '${specifier}': ${reason}`;
}

const ONLY_LIMITS = 'the limits of a driver import kube and its other limits only';

function againstPackage(file: string, name: string): string | undefined {
  if (name.startsWith('cdk8s-storage')) return 'nothing in src imports the package itself';
  if (isDriverLimits(file)) return ONLY_LIMITS;
  const pure = PURE.includes(roomOf(file)) || isLimits(file);
  if (pure && /^(cdk8s|constructs)/.test(name)) return 'this module must run without cdk8s';
  return undefined;
}

function againstFile(file: string, target: string): string | undefined {
  const from = roomOf(file);
  const to = roomOf(target);
  if (to === 'outside') return 'nothing in src imports what lies outside of src and imports';
  if (from === 'index') return undefined;
  if (to === 'index') return 'index.ts is for users, nothing in src imports it';
  if (to === 'imports') {
    return USERS_OF_IMPORTS.includes(from) && !isLimits(file)
      ? undefined
      : 'only claims and drivers use the generated types';
  }
  for (const room of [from, to]) {
    if (![...AUTHORING, ...PLANNING].flat().includes(room)) return `${room} has no floor`;
  }
  if (isDriverLimits(file)) {
    const ownLimits = from === to && isLimits(target);
    return to === 'kube' || ownLimits ? undefined : ONLY_LIMITS;
  }
  return from === to ? undefined : againstRoom(from, target, to);
}

function againstRoom(from: string, target: string, to: string): string | undefined {
  for (const stair of [AUTHORING, PLANNING]) {
    const [lower, upper] = [floorOf(stair, to), floorOf(stair, from)];
    if (lower < 0 || upper < 0) continue;
    if (lower === upper) return `${from} and ${to} are on one floor and do not know each other`;
    return lower < upper ? undefined : `${to} is above ${from}`;
  }
  // The two rooms are on different stairs.
  if (floorOf(AUTHORING, from) >= 0) {
    return `${to} is on the planning stair`;
  }
  return from === 'checks' && isDriverLimits(target)
    ? undefined
    : `${to} is on the authoring stair`;
}

function floorOf(stair: readonly (readonly string[])[], room: string): number {
  return stair.findIndex((floor) => floor.includes(room));
}

/** The folder of src, `main`, `index`, `imports`, or `outside`. */
function roomOf(path: string): string {
  const [top, folder = ''] = path.split('/');
  if (top === 'imports') return 'imports';
  return top === 'src' ? folder.replace(/\.[jt]s$/, '') || 'index' : 'outside';
}

function isLimits(path: string): boolean {
  return /\/limits(\.[jt]s)?$/.test(path);
}

function isDriverLimits(path: string): boolean {
  return isLimits(path) && DRIVERS.includes(roomOf(path));
}
