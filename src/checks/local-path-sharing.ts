import { oncePer } from '../kube/once-per';
import { configOfClass, type LocalPathConfig, type LocalPathSharing } from '../local-path/limits';
import { isPlainObject, nameAt, objectAt, type PlainObject } from '../planner/plain-object';
import type { Facts } from './facts';

/** What a configuration of the local-path provisioner says, as far as sharing goes. */
interface SharingConfig extends LocalPathConfig {
  readonly storageClassConfigs?: Readonly<Record<string, LocalPathConfig>>;
}

/**
 * Whether the volumes of a local-path class are folders of one node, by the provisioner's ConfigMap;
 * undefined where that is not in the input.
 */
export function localPathSharing(facts: Facts, className: string): LocalPathSharing | undefined {
  const config = configOf(facts);
  const own = config && configOfClass(config, className);
  return own ? (own.sharedFileSystemPath ? 'shared' : 'node') : undefined;
}

const configOf = oncePer(({ inventory }: Facts): SharingConfig | undefined => {
  for (const object of [...inventory.planned, ...inventory.existing]) {
    const text = object.kind === 'ConfigMap' && nameAt(objectAt(object, 'data'), 'config.json');
    const config = text ? parsed(text) : undefined;
    if (config !== undefined && FIELDS.some((field) => field in config)) {
      return reading(config);
    }
  }
  return undefined;
});

const FIELDS = ['nodePathMap', 'sharedFileSystemPath', 'storageClassConfigs'] as const;

function parsed(text: string): PlainObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined; // somebody else's file of that name
  }
}

function reading(config: PlainObject): SharingConfig {
  const classes = Object.entries(objectAt(config, 'storageClassConfigs'));
  return {
    sharedFileSystemPath: nameAt(config, 'sharedFileSystemPath'),
    storageClassConfigs: Object.fromEntries(
      classes.map(([name, own]) => [
        name,
        {
          sharedFileSystemPath: isPlainObject(own)
            ? nameAt(own, 'sharedFileSystemPath')
            : undefined,
        },
      ]),
    ),
  };
}
