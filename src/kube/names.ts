/**
 * Longest DNS label and DNS subdomain, in characters.
 *
 * Source: Kubernetes, "Object Names and IDs"; RFC 1123.
 */
export const DNS_LABEL_LIMIT = 63;
export const DNS_SUBDOMAIN_LIMIT = 253;

/** Longest label value and name part of a label key, in characters (Kubernetes, "Labels and Selectors"). */
const LABEL_LIMIT = 63;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Whether the text can name a namespace, a Service, a StatefulSet, a volume in a pod. */
export function isDnsLabel(text: string): boolean {
  return text.length <= DNS_LABEL_LIMIT && LABEL.test(text);
}

/** Whether the text can name most objects: a volume, a claim, a class, a Deployment. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= DNS_SUBDOMAIN_LIMIT && SUBDOMAIN.test(text);
}

/** Whether the text can be a label's value. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= LABEL_LIMIT && QUALIFIED.test(text));
}

/** Whether the text can be the key of a label or an annotation: `name` or `prefix.example.com/name`. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  return (
    (slash < 0 || isDnsSubdomain(text.slice(0, slash))) &&
    name.length <= LABEL_LIMIT &&
    QUALIFIED.test(name)
  );
}

/**
 * A DNS subdomain from the parts of a construct path, joined by `-`, without a hash.
 *
 * Ids are written in any case and with any character; what a name cannot hold becomes `-`. Two
 * paths can come out the same: objects of one kind and name are refused where they are made.
 */
export function nameOfPath(parts: readonly string[]): string {
  return trimName(
    parts
      .join('-')
      .toLowerCase()
      .replace(/[^a-z0-9.]+/g, '-'),
  );
}

/** The same as a DNS label or a label's value, cut to what those hold. */
export function labelOfPath(parts: readonly string[]): string {
  return trimName(nameOfPath(parts).replaceAll('.', '-').slice(0, DNS_LABEL_LIMIT));
}

function trimName(text: string): string {
  return text.replace(/^[-.]+|[-.]+$/g, '').replace(/-*\.[-.]*/g, '.');
}
