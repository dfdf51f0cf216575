import { Cell } from './cell';
import type { ClaimEntry } from './claim-entry';
import { Family, type Shape, type Stop } from './family';
import type { PlanContext } from './plan-context';
import { reachAll, reachTakers } from './reach';
import type { VolumeEntry } from './volume-entry';

/** How many volumes selectors may look at for lists of candidates, per volume and claim of the input. */
const LOOKS_EACH = 8;

/** A cell, the claims that compete in it, and what they name. */
interface Room {
  readonly cell: Cell;
  readonly families: Map<string, Family>;

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

  /** By the volume's order: its room, and its place there. */
  readonly #roomOf: Room[] = [];
  readonly #placeOf: number[] = [];
  readonly #context: PlanContext;
  #looks: number;

  /**
   * @param volumes - the free ones
   * @param claims - how many there are in all
   * @param waits - whether claims of a class wait for a pod
   */
  constructor(
    volumes: readonly VolumeEntry[],
    claims: number,
    waits: (className: string) => boolean,
    context: PlanContext,
  ) {
    this.#context = context;
    this.#looks = LOOKS_EACH * (volumes.length + claims);
    const members = new Map<string, VolumeEntry[]>();
    for (const volume of volumes) {
      const key = this.#keyOf(volume.className, volume);
      const list = members.get(key);
      if (list === undefined) {
        members.set(key, [volume]);
      } else {
        list.push(volume);
      }
    }
    for (const [key, list] of members) {
      const cell = new Cell(list, waits(list[0]?.className ?? ''));
      const room: Room = {
        cell,
        families: new Map(),
        pins: new Map(),
        takers: new Int32Array(),
        opaque: false,
      };
      this.#rooms.set(key, room);
      cell.volumes.forEach(({ order }, place) => {
        this.#roomOf[order] = room;
        this.#placeOf[order] = place;
      });
    }
  }

  /** A claim competes for the volumes of a class; undefined where there are none for it. */
  join(claim: ClaimEntry, className: string, stop?: Stop): Shape | undefined {
    const room = this.#rooms.get(this.#keyOf(className, claim));
    if (room === undefined) {
      return undefined;
    }
    const { modes, selector, request } = claim;
    const key = selector === undefined ? `${modes}` : `${modes} ${JSON.stringify(selector)}`;
    let family = room.families.get(key);
    if (family === undefined) {
      family = new Family(room.cell, modes, selector, (looks) => {
        this.#looks -= looks;
        return this.#looks >= 0;
      });
      room.families.set(key, family);
    }
    return family.offers(request.rank, stop) ? family.join(request.rank, stop) : undefined;
  }

  /** A claim competes for the one volume that it names. */
  pin({ order }: VolumeEntry): void {
    const pins = this.#roomOf[order]?.pins;
    const place = this.#placeOf[order] as number;
    pins?.set(place, (pins.get(place) ?? 0) + 1);
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
  takersOf({ order }: VolumeEntry): number {
    const room = this.#roomOf[order];
    if (room === undefined) {
      return 0;
    }
    const place = this.#placeOf[order] as number;
    return room.opaque
      ? Number.POSITIVE_INFINITY
      : (room.takers[place] ?? 0) + (room.pins.get(place) ?? 0);
  }

  #keyOf(
    className: string,
    { volumeMode, attributesClass }: Pick<VolumeEntry, 'volumeMode' | 'attributesClass'>,
  ): string {
    return `${className}\n${volumeMode}\n${this.#context.attributesClasses ? attributesClass : ''}`;
  }
}
