import { readManifests } from '../../src/manifests/read-manifests';

const CLAIM = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: a\n';
const TEMPLATE = 'is a template that is not rendered';

function read(file: string, text: string) {
  const { objects, problems, passedOver } = readManifests([{ file, text }]);
  return { objects: objects.length, problems, passedOver };
}

const over = (file: string, reason: string) => ({
  objects: 0,
  problems: [],
  passedOver: [{ file, reason }],
});

describe('a file is passed over when it', () => {
  test.each([
    [
      'describes a chart',
      'shop/Chart.yaml',
      'apiVersion: v2\nname: shop\n',
      'describes a Helm chart',
    ],
    ['holds values', 'shop/values.yaml', 'size: 1Gi\n', 'holds values of a Helm chart'],
    ['holds broken values', 'values-prod.yml', 'a: [\n', 'holds values of a Helm chart'],
    [
      'is a kustomization',
      'kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
      'is a kustomization',
    ],
    [
      'is a kustomization in short',
      'kustomization.yaml',
      'resources: [a.yaml]\n',
      'has no apiVersion and no kind',
    ],
    ['lists patches', 'patch.yaml', '- op: remove\n  path: /a\n', 'has no apiVersion and no kind'],
    [
      'is about something else',
      'package.json',
      '{"name": "shop"}',
      'has no apiVersion and no kind',
    ],
    [
      'is JSON with comments, and about something else',
      'tsconfig.json',
      '{"files": ["a"] // only a\n}\n',
      'has no apiVersion and no kind',
    ],
    [
      'has a version that is a number',
      'datasources.yaml',
      'apiVersion: 1\ndatasources: []\n',
      'has no apiVersion and no kind',
    ],
    [
      'has tags of another tool',
      'mkdocs.yml',
      'a: !!python/name:b.c\nd: !ENV [E, 1]\n',
      'has no apiVersion and no kind',
    ],
    ['has comments only', 'a.yaml', '# a\n', 'is empty'],
    ['has nothing', 'a.yaml', '', 'is empty'],
    ['has empty documents', 'a.yaml', '---\n# a\n---\n', 'is empty'],
  ])('%s', (_, file, text, reason) => {
    expect(read(file, text)).toEqual(over(file, reason));
  });
});

describe('a file is a template when it', () => {
  test.each([
    ['begins with a condition', '{{- if .Values.on }}\n'],
    ['begins with a condition that keeps its blanks', '{{ if .Values.on }}\n'],
    ['begins with a comment', '{{- /* the claim */ -}}\n'],
  ])('%s', (_, first) => {
    expect(read('a.yaml', `${first}${CLAIM}{{- end }}\n`)).toEqual(over('a.yaml', TEMPLATE));
  });

  test.each([
    ['has a value to fill in', '  namespace: {{ .Release.Namespace }}\n'],
    ['has a value to fill in and quote', '  namespace: {{ .Values.namespace | quote }}\n'],
    ['has a value with more behind it', '  uid: {{ .Release.Name }}-a\n'],
    ['has fields to fill in', '  labels:\n    {{- include "labels" . | nindent 4 }}\n'],
    ['has lines to fill in', '{{ toYaml .Values.more | indent 2 }}\n'],
    ['has a key to fill in', '  labels:\n    {{ .Values.key }}: "a"\n'],
    ['has an item to fill in', '  finalizers:\n  - {{ .Values.finalizer }}\n'],
    ['has an item of a list to fill in', '  finalizers: ["a", {{ .Values.finalizer }}]\n'],
    ['loops', '  finalizers:\n  {{- range .Values.finalizers }}\n  - {{ . }}\n  {{- end }}\n'],
  ])('%s', (_, lines) => {
    expect(read('a.yaml', CLAIM + lines)).toEqual(over('a.yaml', TEMPLATE));
    expect(read('a.yaml', `${CLAIM}---\n${CLAIM}${lines}`)).toEqual(over('a.yaml', TEMPLATE));
  });

  test.each([
    ['has a name to fill in', CLAIM.replace('name: a', 'name: data-{{ .Release.Name }}')],
    ['has a quoted name to fill in', CLAIM.replace('name: a', "name: '{{ .Release.Name }}'")],
  ])('%s', (_, text) => {
    expect(read('a.yaml', text)).toEqual(over('a.yaml', TEMPLATE));
  });

  test('lies in the templates of a chart that is read, too', () => {
    const files = [
      'shop/Chart.yaml',
      'shop/templates/a.yaml',
      'shop/crds/a.yaml',
      'b/templates/a.yaml',
    ];
    const { objects, passedOver } = readManifests(
      files.map((file) => ({ file, text: file.endsWith('Chart.yaml') ? 'name: a\n' : CLAIM })),
    );
    expect(objects).toHaveLength(2);
    expect(passedOver).toEqual([
      { file: 'shop/Chart.yaml', reason: 'describes a Helm chart' },
      { file: 'shop/templates/a.yaml', reason: TEMPLATE },
    ]);
  });
});

describe('a manifest with braces is no template, and fails', () => {
  test.each([
    ['behind them', `${CLAIM}  labels: "{{ a }}"\n data: b\n`, 6],
    [
      'behind them in a text of lines',
      `${CLAIM}data:\n  a: |\n    {{ define "a" }}\n    {{ end }}\n b: c\n`,
      9,
    ],
    ['on the same line, where they are quoted', `${CLAIM}a: "{{ b }}": c\n`, 5],
    ['on the same line, where they are within a text', `${CLAIM}a: say {{ b }}: c\n`, 5],
  ])('%s', (_, text, line) => {
    const { objects, problems, passedOver } = read('a.yaml', text);
    expect({ objects, passedOver }).toEqual({ objects: 0, passedOver: [] });
    expect(problems).toEqual([
      { file: 'a.yaml', line, message: expect.stringMatching(/^is not YAML: /) },
    ]);
  });
});

test('a manifest with braces that does not fail is read', () => {
  const rule =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "{{ $labels.b }}"}\n';
  expect(read('a.yaml', rule)).toEqual({ objects: 1, problems: [], passedOver: [] });
});

test('JSON with comments that may be a manifest is told', () => {
  const { problems } = read('pod.json', '{"kind": "Pod" // a pod\n, "items": [] // none\n}\n');
  const message = 'is not YAML: missed comma between flow collection entries';
  expect(problems).toEqual([{ file: 'pod.json', line: 1, message }]);
});

test('a manifest is read whatever its file is called', () => {
  for (const file of ['values.yaml', 'Chart.yaml', 'kustomization.yaml']) {
    expect(read(file, CLAIM)).toEqual({ objects: 1, problems: [], passedOver: [] });
  }
});

test('a kustomization among manifests is no object, and no problem', () => {
  const text = `${CLAIM}---\napiVersion: kustomize.config.k8s.io/v1\nkind: Component\n`;
  expect(read('a.yaml', text)).toEqual({ objects: 1, problems: [], passedOver: [] });
});
