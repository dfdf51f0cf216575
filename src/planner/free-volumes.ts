import type { LabelSelector } from '../kube/label-selector';
import { Cell } from './cell';
import type { ClaimEntry } from './claim-entry';
import { candidates, Family, type Shape, type Stop } from './family';
import type { ModeSet } from './mode-set';
import type { PlanContext } from './plan-context';
import { reachAll, reachTakers } from './reach';
import type { VolumeEntry } from './volume-entry';

/** How many volumes selectors may look at, per volume and claim of the input. */
const LOOKS_EACH = 8;

/** A cell, the claims that compete in it, and what they name. */
interface Room {
  readonly cell: Cell;
  readonly families: Map<string, Family>;
  readonly placeOf: ReadonlyMap<string, number>;

  /** How many claims name the volume at a place. */
  readonly pins: Map<number, number>;
  takers: Int32Array;

  /** Whether there are claims whose candidates are not known. */
  opaque: boolean;
}

/**
 * The volumes that nobody has, by what a claim must have to take them, and the claims that compete
 * for them.
 */
export class FreeVolumes {
  readonly #rooms = new Map<string, Room>();
  readonly #roomOf = new Map<VolumeEntry, Room>();
  readonly #rankOf: ReadonlyMap<bigint, number>;
  readonly #context: PlanContext;
  #looks: number;

  /**
   * @param volumes - the free ones
   * @param claims - all that may compete
   * @param waits - whether claims of a class wait for a pod
   */
  constructor(
    volumes: readonly VolumeEntry[],
    claims: Iterable<ClaimEntry>,
    waits: (className: string) => boolean,
    context: PlanContext,
  ) {
    this.#context = context;
    const amounts = new Set<bigint>();
    const rooms = new Map<string, VolumeEntry[]>();
    let count = volumes.length;
    for (const volume of volumes) {
      amounts.add(volume.capacity);
      const key = this.#keyOf(volume.className, volume);
      const members = rooms.get(key);
      if (members === undefined) {
        rooms.set(key, [volume]);
      } else {
        members.push(volume);
      }
    }
    for (const { request } of claims) {
      amounts.add(request);
      count += 1;
    }
    this.#looks = LOOKS_EACH * count;
    this.#rankOf = ranked(amounts);
    const rankOf = ({ capacity }: VolumeEntry): number => this.#rankOf.get(capacity) ?? 0;
    for (const [key, members] of rooms) {
      const cell = new Cell(members, rankOf, waits(members[0]?.className ?? ''));
      const placeOf = new Map(cell.volumes.map(({ name }, place) => [name, place]));
      const room: Room = {
        cell,
        families: new Map(),
        placeOf,
        pins: new Map(),
        takers: new Int32Array(),
        opaque: false,
      };
      this.#rooms.set(key, room);
      for (const volume of members) {
        this.#roomOf.set(volume, room);
      }
    }
  }

  /** A claim competes for the volumes of a class; undefined where there are none for it. */
  join(claim: ClaimEntry, className: string, stop?: Stop): Shape | undefined {
    const room = this.#rooms.get(this.#keyOf(className, claim));
    if (room === undefined) {
      return undefined;
    }
    const { selector } = claim;
    const key =
      selector === undefined ? `${claim.modes}` : `${claim.modes} ${JSON.stringify(selector)}`;
    let family = room.families.get(key);
    if (family === undefined) {
      family = this.#familyOf(room.cell, claim.modes, selector);
      room.families.set(key, family);
    }
    const rank = this.#rankOf.get(claim.request) ?? 0;
    return family.offers(rank, stop) ? family.join(rank, stop) : undefined;
  }

  /** A claim competes for the one volume that it names. */
  pin(volume: VolumeEntry): void {
    const room = this.#roomOf.get(volume);
    const place = room?.placeOf.get(volume.name);
    if (room !== undefined && place !== undefined) {
      room.pins.set(place, (room.pins.get(place) ?? 0) + 1);
    }
  }

  /** Says what each shape reaches, once every claim has joined. */
  settle(): void {
    for (const room of this.#rooms.values()) {
      const families = [...room.families.values()];
      for (const family of families) {
        family.seal();
      }
      if (families.length > 0) {
        reachAll(room.cell, families, room.pins);
      }
      room.takers = reachTakers(room.cell, families);
      room.opaque = families.some(({ places }) => places === undefined);
    }
  }

  /** How many claims can take the volume, at most; Infinity where that is not known. */
  takersOf(volume: VolumeEntry): number {
    const room = this.#roomOf.get(volume);
    const place = room?.placeOf.get(volume.name);
    if (room === undefined || place === undefined) {
      return 0;
    }
    return room.opaque
      ? Number.POSITIVE_INFINITY
      : (room.takers[place] ?? 0) + (room.pins.get(place) ?? 0);
  }

  #familyOf(cell: Cell, modes: ModeSet, selector: LabelSelector | undefined): Family {
    const places = candidates(cell, modes, selector, (volumes) => {
      this.#looks -= volumes;
      return this.#looks >= 0;
    });
    return new Family(cell, modes, selector, places);
  }

  #keyOf(
    className: string,
    { volumeMode, attributesClass }: Pick<VolumeEntry, 'volumeMode' | 'attributesClass'>,
  ): string {
    return `${className}\n${volumeMode}\n${this.#context.attributesClasses ? attributesClass : ''}`;
  }
}

function ranked(amounts: ReadonlySet<bigint>): ReadonlyMap<bigint, number> {
  const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return new Map(sorted.map((amount, rank) => [amount, rank]));
}
