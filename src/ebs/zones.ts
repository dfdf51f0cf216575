import { show } from '../kube/show';
import { type ErrorPlace, refuse } from '../kube/storage-error';
import { EBS_ZONE } from './identifiers/limits';

/**
 * Refuses what is no zone.
 *
 * @throws StorageError `EbsZone`
 */
export function checkZone(place: ErrorPlace, prop: string, zone: string): void {
  if (!EBS_ZONE.test(zone)) {
    const remedy = /-az\d+$/.test(zone) ? '; that is the id of a zone' : '';
    refuse(
      'EbsZone',
      place,
      `'${prop}' must be the name of a zone, such as 'ap-northeast-1a', got ${show(zone)}${remedy}`,
    );
  }
}

/**
 * The same for a list, which has one zone at least and none twice.
 *
 * @throws StorageError `EbsZone`
 */
export function checkZones(place: ErrorPlace, prop: string, zones: readonly string[]): void {
  if (zones.length === 0) {
    refuse(
      'EbsZone',
      place,
      `'${prop}' must have one zone at least, got none; leave it out for any`,
    );
  }
  for (const [index, zone] of zones.entries()) {
    checkZone(place, `${prop}[${index}]`, zone);
    if (zones.indexOf(zone) !== index) {
      refuse('EbsZone', place, `'${prop}' must have each zone once, got ${show(zone)} again`);
    }
  }
}
