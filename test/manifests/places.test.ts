import { type Manifests, readManifests } from '../../src/manifests/read-manifests';

/** The place as `line:column`, and what is written there, up to the end of the line. */
function at(text: string, manifests: Manifests, object: unknown, ...path: (string | number)[]) {
  const place = manifests.placeOf(object, path);
  const line = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)[(place?.line ?? 0) - 1];
  return place && `${place.line}:${place.column} ${line?.slice(place.column - 1)}`;
}

const SET = `# Kafka
%YAML 1.2
---
# on disks

apiVersion: apps/v1
kind: StatefulSet
metadata:
  labels: {app: kafka, "tier": 'data', yes: no}
spec:
  template:
    spec:
      containers:
      - name: kafka
        args: [a, "b", {c: d}]
        command:
        - |
          echo
        - >-
          a
      -
        name: exporter
  volumeClaimTemplates:
    - metadata: &data
        name: data
      spec:
        accessModes:
        - ReadWriteOnce
    - metadata:
        <<: *data
        labels: {}
      spec: !any
        storageClassName: fast
---
`;

describe.each([
  ['', (text: string) => text],
  [' with CR LF', (text: string) => text.replaceAll('\n', '\r\n')],
  [' behind a byte order mark', (text: string) => `\uFEFF${text}`],
])('a field is found%s', (_, form) => {
  const text = form(SET);
  const manifests = readManifests([{ text }]);
  const templates = ['spec', 'volumeClaimTemplates'];
  const containers = ['spec', 'template', 'spec', 'containers'];

  test.each<[string, (string | number)[], string]>([
    ['the object itself', [], '6:1 apiVersion: apps/v1'],
    ['a field', ['spec'], '10:1 spec:'],
    [
      'a field of a field',
      ['metadata', 'labels'],
      '9:3 labels: {app: kafka, "tier": \'data\', yes: no}',
    ],
    ['in flow style', ['metadata', 'labels', 'app'], '9:12 app: kafka, "tier": \'data\', yes: no}'],
    ['with its quotes', ['metadata', 'labels', 'tier'], '9:24 "tier": \'data\', yes: no}'],
    ['as it reads', ['metadata', 'labels', 'true'], '9:40 yes: no}'],
    ['an item', [...containers, 0], '14:9 name: kafka'],
    ['an item on the line after its dash', [...containers, 1], '22:9 name: exporter'],
    ['a field of an item', [...containers, 1, 'name'], '22:9 name: exporter'],
    ['an item in flow style', [...containers, 0, 'args', 0], '15:16 a, "b", {c: d}]'],
    ['a quoted item', [...containers, 0, 'args', 1], '15:19 "b", {c: d}]'],
    ['a mapping in flow style', [...containers, 0, 'args', 2], '15:24 {c: d}]'],
    ['a literal item', [...containers, 0, 'command', 0], '17:11 |'],
    ['a folded item', [...containers, 0, 'command', 1], '19:11 >-'],
    ['a mapping with an anchor', [...templates, 0, 'metadata', 'name'], '25:9 name: data'],
    ['what an alias merges', [...templates, 1, 'metadata', 'name'], '25:9 name: data'],
    ['what stands beside a merge', [...templates, 1, 'metadata', 'labels'], '31:9 labels: {}'],
    [
      'what has a tag',
      [...templates, 1, 'spec', 'storageClassName'],
      '33:9 storageClassName: fast',
    ],
    ['what is nearest to a missing field', ['spec', 'replicas'], '10:1 spec:'],
    ['what is nearest to a missing item', [...containers, 7, 'name'], '13:7 containers:'],
    ['what is nearest to a field of a text', ['kind', 'a', 0], '7:1 kind: StatefulSet'],
    [
      'what is nearest to a field that every object has',
      ['constructor', 'name'],
      '6:1 apiVersion: apps/v1',
    ],
  ])('%s', (_name, path, expected) => {
    expect(at(text, manifests, manifests.objects[0], ...path)).toBe(expected);
  });
});

const LIST = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: PersistentVolume
  metadata: {name: a}
- &shared
  metadata:
    name: b
- *shared
- kind: PersistentVolumeList
  items:
  - metadata:
      name: c
- a text
- [a list]
`;

describe('an object is found', () => {
  const text = `---\napiVersion: v1\nkind: Pod\n---\n${LIST}`;
  const manifests = readManifests([{ file: 'a.yaml', text }]);
  const list = manifests.objects[1] as { items: { items: unknown[] }[] };
  const { items } = list;

  test.each<[string, unknown, string]>([
    ['as a List', list, '5:1 apiVersion: v1'],
    ['in a List', items[0], '8:3 apiVersion: v1'],
    ['behind an anchor', items[1], '12:3 metadata:'],
    ['where its alias was written first', items[2], '12:3 metadata:'],
    ['as a List in a List', items[3], '15:3 kind: PersistentVolumeList'],
    ['in a List in a List', items[3]?.items[0], '17:5 metadata:'],
    ['where it is a text', 'a text', '19:3 a text'],
    ['where it is a list', items[5], '20:3 [a list]'],
  ])('%s', (_, object, expected) => {
    expect(at(text, manifests, object)).toBe(expected);
  });

  test('by its fields, too', () => {
    expect(at(text, manifests, items[0], 'metadata', 'name')).toBe('10:14 name: a}');
    expect(at(text, manifests, items[2], 'metadata', 'name')).toBe('13:5 name: b');
    expect(at(text, manifests, items[3]?.items[0], 'metadata', 'name')).toBe('18:7 name: c');
  });

  test('not where it is a copy, or of another reading', () => {
    expect(manifests.placeOf({ ...items[0] })).toBeUndefined();
    expect(manifests.placeOf(readManifests([{ text }]).objects[0])).toBeUndefined();
    expect(manifests.placeOf(undefined)).toBeUndefined();
  });
});

test('the file is given as it came, and left out where none did', () => {
  const text = 'apiVersion: v1\nkind: Pod\n';
  const { objects, placeOf } = readManifests([{ text }, { file: './a b.yaml', text }]);
  expect(objects.map((object) => placeOf(object, ['kind']))).toEqual([
    { line: 2, column: 1 },
    { file: './a b.yaml', line: 2, column: 1 },
  ]);
});

describe('in JSON, a field is found', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a\u0007\u{1F600}', labels: {} } };
  const list = { apiVersion: 'v1', kind: 'List', items: [pod, { ...pod, spec: { volumes: [1] } }] };

  test.each([
    ['that is indented', JSON.stringify(list, null, 2), '21:9 "volumes": ['],
    ['that is indented by tabs', JSON.stringify(list, null, '\t'), '21:5 "volumes": ['],
    [
      'on one line',
      JSON.stringify(list),
      `1:${JSON.stringify(list).indexOf('"volumes"') + 1} "volumes":[1]}}]}`,
    ],
    [
      'behind another value',
      `${JSON.stringify(pod)}\n${JSON.stringify(list, null, 1)}`,
      '22:5 "volumes": [',
    ],
  ])('%s', (_, text, expected) => {
    const manifests = readManifests([{ text }]);
    const { items } = manifests.objects.at(-1) as typeof list;
    expect(at(text, manifests, items[1], 'spec', 'volumes', 0, 'none')).toBeDefined();
    expect(at(text, manifests, items[1], 'spec', 'volumes')).toBe(expected);
  });
});

test('a field is found behind and within lists that end below their keys', () => {
  const text = 'apiVersion: v1\nkind: Pod\nspec:\n  args: [\n  a,\n    {b:\nc}\n  ]\n  last: d\n';
  const manifests = readManifests([{ text: `${text}---\n${text}` }]);
  const [first, second] = manifests.objects;
  expect(at(text, manifests, first, 'spec', 'args', 0)).toBe('5:3 a,');
  expect(at(text, manifests, first, 'spec', 'args', 1, 'b')).toBe('6:6 b:');
  expect(at(text, manifests, first, 'spec', 'last')).toBe('9:3 last: d');
  expect(manifests.placeOf(second, ['spec', 'last'])).toEqual({ line: 19, column: 3 });
});

test('positions of many objects of one document are found at once', () => {
  const count = 20_000;
  const item = '- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: a\n';
  const text = `apiVersion: v1\nkind: List\nitems:\n${item.repeat(count)}`;
  const { objects, placeOf } = readManifests([{ text }]);
  const { items } = objects[0] as { items: unknown[] };
  const lines = items.map((object) => placeOf(object, ['metadata', 'name'])?.line);
  expect(lines).toEqual(Array.from({ length: count }, (_, index) => 7 + 4 * index));
});
