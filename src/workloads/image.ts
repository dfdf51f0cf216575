import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';

// distribution/reference, reference.go: [domain/]path[:tag][@digest].
const PATH = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(
  `^(?:[A-Za-z0-9.-]+(?::\\d+)?/|\\[[0-9a-fA-F:]+\\](?::\\d+)?/)?${PATH}(?:/${PATH})*(?::(?<tag>\\w[\\w.-]{0,127}))?(?<digest>@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?$`,
);

/**
 * Checks an image reference, and that it always names the same image.
 *
 * @returns whether the tag may name another image tomorrow
 * @throws StorageError `ImageInvalid`; `ImageTag` for `latest` or no tag, unless it is allowed
 */
export function checkImage(place: string, image: string, allowMutableTag: boolean): boolean {
  const groups = REFERENCE.exec(image)?.groups;
  if (groups === undefined) {
    refuse(
      'ImageInvalid',
      place,
      `'image' must be an image reference such as 'registry.example.com/shop:1.4.2', got ${show(image)}`,
    );
  }
  const mutable = groups.digest === undefined && (groups.tag ?? 'latest') === 'latest';
  if (mutable && !allowMutableTag) {
    refuse(
      'ImageTag',
      place,
      `'image' must have a tag other than 'latest' or a digest, got ${show(image)}: replicas would run different code on the same files; name a version, or set 'allowMutableTag'`,
    );
  }
  return mutable;
}
