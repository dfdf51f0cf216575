import { DNS_SUBDOMAIN_LIMIT, isDnsSubdomain, nameOfPath } from '../kube/names';
import { refuse } from '../kube/storage-error';

/**
 * The name of an object whose name holds data or is API: from the construct's path, without a hash.
 *
 * Such a name must not change when cdk8s changes how it hashes, and people read and type it.
 *
 * @param namespace - given for kinds without a namespace, which share one set of names
 * @throws StorageError `NameTooLong`
 */
export function defaultName(path: string, namespace?: string): string {
  const parts = path.split('/');
  const name = nameOfPath(namespace === undefined ? parts : [namespace, ...parts]);
  if (!isDnsSubdomain(name)) {
    refuse(
      'NameTooLong',
      path,
      `a name made from this path must be a DNS subdomain of at most ${DNS_SUBDOMAIN_LIMIT} characters, got ${name.length}; set 'name'`,
    );
  }
  return name;
}
