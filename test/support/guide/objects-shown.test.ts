import { objectsShown } from './objects-shown';

const VOLUME = 'kind: PersistentVolume\nmetadata: { name: a }\nspec: { size: 1, mode: x }\n';
const CLAIM = 'kind: PersistentVolumeClaim\nmetadata: { name: a }\n';
const OTHER = 'kind: PersistentVolumeClaim\nmetadata: { name: b }\n';
const FILE = [VOLUME, CLAIM, OTHER].join('---\n');

it.each([
  ['all of them', {}, FILE],
  ['those of a kind', { kind: 'PersistentVolumeClaim' }, `${CLAIM}---\n${OTHER}`],
  ['those of a name', { name: 'a' }, `${VOLUME}---\n${CLAIM}`],
  ['one', { kind: 'PersistentVolumeClaim', name: 'b' }, OTHER],
  ['a field', { kind: 'PersistentVolume', at: 'spec.size' }, 'spec:\n  size: 1\n'],
  [
    'fields',
    { name: 'a', kind: 'PersistentVolume', at: 'spec.mode,kind' },
    'spec:\n  mode: x\nkind: PersistentVolume\n',
  ],
])('shows %s', (_, info, shown) => {
  expect(objectsShown(FILE, new Map(Object.entries(info)))).toBe(shown);
});

it('fails when no object is like that', () => {
  expect(() => objectsShown(OTHER, new Map([['kind', 'Pod']]))).toThrow('no Pod  in:');
});

it('fails when no field is called so', () => {
  expect(() => objectsShown(OTHER, new Map([['at', 'spec.size']]))).toThrow("no field 'spec' in");
});
