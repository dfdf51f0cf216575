import { DNS_SUBDOMAIN_LIMIT, isDnsSubdomain, nameOfPath } from '../kube/names';
import { refuse } from '../kube/storage-error';

/** Where a name is needed. */
export interface NameOptions {
  /** Given for kinds without a namespace, which share one set of names. */
  readonly namespace?: string | undefined;

  /** The prop that sets the name, for the message. */
  readonly prop?: string;
}

/**
 * The name of an object whose name holds data or is API: from the construct's path, without a hash.
 *
 * Such a name must not change when cdk8s changes how it hashes, and people read and type it.
 *
 * @throws StorageError `NameTooLong`
 */
export function defaultName(path: string, { namespace, prop = 'name' }: NameOptions = {}): string {
  const parts = path.split('/');
  const name = nameOfPath(namespace === undefined ? parts : [namespace, ...parts]);
  if (!isDnsSubdomain(name)) {
    refuse(
      'NameTooLong',
      path,
      `a name made from this path must be a DNS subdomain of at most ${DNS_SUBDOMAIN_LIMIT} characters, got ${name.length}; set '${prop}'`,
    );
  }
  return name;
}
