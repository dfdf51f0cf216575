// distribution/reference, reference.go: [domain/]path[:tag][@digest].
const PATH = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(?:[A-Za-z0-9.-]+(?::\\d+)?/|\\[[0-9a-fA-F:]+\\](?::\\d+)?/)?${PATH}(?:/${PATH})*(?::(?<tag>\\w[\\w.-]{0,127}))?(?<digest>@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?$`,
);

/** How an image reference is pinned: `mutable` where it may name another image tomorrow. */
export type ImagePin = 'pinned' | 'mutable';

/** How an image reference is pinned, or undefined where the text is no image reference. */
export function imagePin(image: string): ImagePin | undefined {
  const groups = REFERENCE.exec(image)?.groups;
  if (groups === undefined) {
    return undefined;
  }
  const { tag = 'latest', digest } = groups;
  return digest === undefined && tag === 'latest' ? 'mutable' : 'pinned';
}
