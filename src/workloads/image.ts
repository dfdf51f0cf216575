import { imagePin } from '../kube/image';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';

/**
 * Checks an image reference, and that it always names the same image.
 *
 * @param allowMutableTag - what the prop of that name says; undefined where there is none
 * @returns whether the tag may name another image tomorrow
 * @throws StorageError `ImageInvalid`; `ImageTag` for `latest` or no tag, unless it is allowed
 */
export function checkImage(place: string, image: string, allowMutableTag?: boolean): boolean {
  const pin = imagePin(image);
  if (pin === undefined) {
    refuse(
      'ImageInvalid',
      place,
      `'image' must be an image reference such as 'registry.example.com/shop:1.4.2', got ${show(image)}`,
    );
  }
  if (pin === 'mutable' && allowMutableTag !== true) {
    const otherwise = allowMutableTag === undefined ? '' : ", or set 'allowMutableTag'";
    refuse(
      'ImageTag',
      place,
      `'image' must have a tag other than 'latest' or a digest, got ${show(image)}: replicas would run different code on the same files; name a version${otherwise}`,
    );
  }
  return pin === 'mutable';
}
