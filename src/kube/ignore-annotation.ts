/** Annotation of an object that names the rules, between commas, whose findings on it are left out. */
export const IGNORE_ANNOTATION = 'cdk8s-storage/ignore';
