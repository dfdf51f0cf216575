import type { Cell, Places } from './cell';
import type { Family } from './family';
import { reachFamily } from './family-reach';
import { rivalGroups } from './rivals';

/**
 * Says which candidates the claims of a cell can reach, whatever order they come in.
 *
 * A claim reaches a candidate where some order takes all that it prefers. That is bounded from
 * above by what is cheap to know: whether anyone else can take a preferred volume, how many others
 * there are, and, where all claims look at one list, exactly who overflows. So a reach holds every
 * possible volume, and a claim that is alone is held to what it takes.
 *
 * @param cell - the volumes
 * @param families - the claims, each joined to its family
 * @param pins - how many claims name the volume at each place
 */
export function reachAll(
  cell: Cell,
  families: readonly Family[],
  pins: ReadonlyMap<number, number>,
): void {
  const listed = families.filter(({ places }) => places !== undefined);
  const opaque = families.length > listed.length;
  const groups = rivalGroups(families, cell.volumes.length, pins);
  // First as if everyone could take any candidate; then again with what that leaves.
  let takers = candidateTakers(cell, listed);
  for (let round = 0; round < 2; round += 1) {
    for (const [place, count] of pins) {
      takers[place] = (takers[place] ?? 0) + count;
    }
    for (const group of groups) {
      for (const family of group.families) {
        reachFamily(family, group, opaque ? undefined : takers);
      }
    }
    takers = reachTakers(cell, listed);
  }
}

/** How many claims can take each volume, by what they reach. */
export function reachTakers(cell: Cell, families: readonly Family[]): Int32Array {
  const takers = new Int32Array(cell.volumes.length);
  for (const { places, shapes } of families) {
    if (places === undefined) {
      continue;
    }
    const steps = zeros(places.length + 1);
    for (const { reach, count } of shapes) {
      for (const { lo, hi } of reach.runs) {
        steps[lo] = (steps[lo] as number) + count;
        steps[hi] = (steps[hi] as number) - count;
      }
    }
    addSums(takers, places, steps);
  }
  return takers;
}

function candidateTakers(cell: Cell, families: readonly Family[]): Int32Array {
  const takers = new Int32Array(cell.volumes.length);
  for (const family of families) {
    const { places, shapes, segments } = family;
    if (places === undefined) {
      continue;
    }
    const steps = zeros(places.length + 1);
    for (const segment of segments) {
      for (const { rank, count } of shapes) {
        const first = family.firstOf(segment, rank);
        if (first === segment.hi) {
          break; // the shapes behind it are larger
        }
        steps[first] = (steps[first] as number) + count;
        steps[segment.hi] = (steps[segment.hi] as number) - count;
      }
    }
    addSums(takers, places, steps);
  }
  return takers;
}

// Typed arrays are slow to make; most families are small, and there may be many.
function zeros(length: number): Int32Array | number[] {
  return length < 64 ? new Array<number>(length).fill(0) : new Int32Array(length);
}

function addSums(takers: Int32Array, places: Places, steps: Int32Array | number[]): void {
  let sum = 0;
  for (let index = 0; index < places.length; index += 1) {
    sum += steps[index] as number;
    const place = places[index] as number;
    takers[place] = (takers[place] as number) + sum;
  }
}
