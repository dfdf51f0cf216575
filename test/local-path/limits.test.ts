import {
  accessModeProblem,
  configOfClass,
  configProblem,
  folderProblem,
  helperPodProblem,
  LOCAL_PATH_PARAMETERS,
  LOCAL_PATH_TIMEOUT_SECONDS,
  nodePathMapProblem,
  nodePathProblem,
  pathPatternProblem,
  volumeModeProblem,
  volumeTypeProblem,
} from '../../src/local-path/limits';

const OTHERS = 'DEFAULT_PATH_FOR_NON_LISTED_NODES';

test('the tables say what upstream says', () => {
  expect(LOCAL_PATH_PARAMETERS).toEqual(['nodePath', 'pathPattern', 'allowUnsafePathPattern']);
  expect(LOCAL_PATH_TIMEOUT_SECONDS).toBe(120);
});

describe('access modes', () => {
  test.each([
    ['node', 'ReadWriteOnce'],
    ['node', 'ReadWriteOncePod'],
    ['shared', 'ReadWriteOnce'],
    ['shared', 'ReadWriteOncePod'],
    ['shared', 'ReadOnlyMany'],
    ['shared', 'ReadWriteMany'],
  ] as const)('on a %s folder include %s', (sharing, mode) => {
    expect(accessModeProblem(mode, sharing)).toBeUndefined();
  });

  test.each(['ReadWriteMany', 'ReadOnlyMany'] as const)(
    'on a folder of one node do not include %s',
    (mode) => {
      expect(accessModeProblem(mode, 'node')).toBe(
        `must be 'ReadWriteOnce' or 'ReadWriteOncePod', got '${mode}': a volume is a folder of one node; a provisioner with 'sharedFileSystemPath' serves every mode`,
      );
    },
  );
});

test('a volume is a folder, never a device', () => {
  expect(volumeModeProblem('Filesystem')).toBeUndefined();
  expect(volumeModeProblem('Block')).toBe(
    "must be 'Filesystem', got 'Block': a volume is a folder, the provisioner refuses block devices",
  );
});

test('a local volume has a node, which a shared file system has not', () => {
  expect(volumeTypeProblem('local', 'node')).toBeUndefined();
  expect(volumeTypeProblem('hostPath', 'node')).toBeUndefined();
  expect(volumeTypeProblem('hostPath', 'shared')).toBeUndefined();
  expect(volumeTypeProblem('local', 'shared')).toBe(
    "must be 'hostPath' on a shared file system, got 'local': the API server wants the node of a local volume, and the provisioner names none",
  );
});

describe('a folder', () => {
  test.each(['/a', '/a/', '/opt/local-path-provisioner', '/a/.b', '/a..b', '/.a'])(
    'may be %s',
    (path) => {
      expect(folderProblem(path)).toBeUndefined();
    },
  );

  test.each([
    ['', "must be an absolute path, got ''"],
    ['a', "must be an absolute path, got 'a'"],
    ['./a', "must be an absolute path, got './a'"],
    ['/', "must be a folder below '/', got '/'"],
    ['//', "must be a folder below '/', got '//'"],
    ['/./', "must be a folder below '/', got '/./'"],
    ['/a/../b', "must not have '..' in it, got '/a/../b'"],
    ['/a\nb', "must not have control characters in it, got '/a\\nb'"],
  ])('may not be %j', (path, problem) => {
    expect(folderProblem(path)).toBe(problem);
  });
});

describe('a node path map', () => {
  test.each([
    ['other nodes alone', [{ node: OTHERS, paths: ['/a'] }]],
    ['a node alone', [{ node: 'ip-10-0-0-1.ec2.internal', paths: ['/a', '/b'] }]],
    ['a node without volumes', [{ node: 'a', paths: [] }]],
    ['one folder on two nodes', ['a', 'b'].map((node) => ({ node, paths: ['/a'] }))],
  ])('may have %s', (_, entries) => {
    expect(nodePathMapProblem(entries)).toBeUndefined();
  });

  test.each([
    [
      'must have a node in it; ' +
        "'DEFAULT_PATH_FOR_NON_LISTED_NODES' is every node that is not listed",
      [],
    ],
    [
      "must have each node once, got 'a' again",
      [
        { node: 'a', paths: ['/a'] },
        { node: 'a', paths: ['/b'] },
      ],
    ],
    [
      "must have names of nodes or 'DEFAULT_PATH_FOR_NON_LISTED_NODES', got 'Node 1'",
      [{ node: 'Node 1', paths: [] }],
    ],
    [
      "must have names of nodes or 'DEFAULT_PATH_FOR_NON_LISTED_NODES', got 'DEFAULT_PATH_FOR_NON_LISTED_NODE'; did you mean 'DEFAULT_PATH_FOR_NON_LISTED_NODES'?",
      [{ node: 'DEFAULT_PATH_FOR_NON_LISTED_NODE', paths: [] }],
    ],
    ["of 'a' must be an absolute path, got 'b'", [{ node: 'a', paths: ['b'] }]],
    ["of 'a' must be a folder below '/', got '/'", [{ node: 'a', paths: ['/b', '/'] }]],
    ["of 'a' must have each folder once, got '/b' again", [{ node: 'a', paths: ['/b', '/b/'] }]],
  ])('is wrong: %s', (problem, entries) => {
    expect(nodePathMapProblem(entries)).toBe(problem);
  });
});

describe('a node path', () => {
  const nodes = [
    { node: 'a', paths: ['/fast/', '/slow'] },
    { node: 'b', paths: ['/slow', '/big'] },
  ];

  test.each(['/fast', '/slow', '/big'])('may be a folder of any node: %s', (path) => {
    expect(nodePathProblem(path, nodes)).toBeUndefined();
  });

  test.each(['/fast/', '/other', 'slow', '/'])('may be no other spelling or folder: %s', (path) => {
    expect(nodePathProblem(path, nodes)).toBe(
      `must be '/fast', '/slow' or '/big', as the provisioner has it, got '${path}'`,
    );
  });

  test('is wrong where no node has a folder', () => {
    expect(nodePathProblem('/a', [{ node: 'a', paths: [] }])).toBe(
      "must be a folder of a node, of which there is none, as the provisioner has it, got '/a'",
    );
  });
});

describe('config.json', () => {
  const nodePathMap = [{ node: OTHERS, paths: ['/a'] }];

  test('has a node path map or a shared file system', () => {
    expect(configProblem({ nodePathMap })).toBeUndefined();
    expect(configProblem({ sharedFileSystemPath: '/a' })).toBeUndefined();
    expect(configProblem({ sharedFileSystemPath: '/a', nodePathMap: [] })).toBeUndefined();
  });

  test.each([
    [
      { nodePathMap, sharedFileSystemPath: '/a' },
      /^'sharedFileSystemPath' must be left out beside/,
    ],
    [{}, /^'nodePathMap' must have a node in it/],
    [{ nodePathMap: [{ node: 'a', paths: ['b'] }] }, /^'nodePathMap' of 'a' must be an absolute/],
    [{ sharedFileSystemPath: 'a' }, /^'sharedFileSystemPath' must be an absolute path, got 'a'$/],
    [{ sharedFileSystemPath: '/' }, /^'sharedFileSystemPath' must be a folder below '\/'/],
  ])('is wrong: %j', (config, problem) => {
    expect(configProblem(config)).toMatch(problem);
  });

  test('is ignored for a class once any class has one of its own', () => {
    const config = {
      nodePathMap,
      storageClassConfigs: { fast: { sharedFileSystemPath: '/fast' } },
    };
    expect(configOfClass(config, 'fast')).toEqual({ sharedFileSystemPath: '/fast' });
    expect(configOfClass(config, 'local-path')).toBeUndefined();
    expect(configOfClass(config, 'toString')).toBeUndefined();
    expect(configOfClass({ nodePathMap }, 'local-path')).toEqual({ nodePathMap });
    expect(configOfClass({ nodePathMap, storageClassConfigs: {} }, 'any')).toMatchObject({
      nodePathMap,
    });
  });
});

describe('a path pattern', () => {
  const START = '{{ .PVC.Namespace }}/{{ .PVC.Name }}/';

  test.each([
    START,
    '{{.PVC.Namespace}}/{{.PVC.Name}}/data',
    `${START}{{ .PVName }}`,
    `${START}{{ .PVC.UID }}/{{ .PVC.Labels.app }}`,
    `${START}{{ index .PVC.Labels "app.kubernetes.io/name" }}`,
    `${START}v1..2`,
  ])('may be %s', (pattern) => {
    expect(pathPatternProblem(pattern)).toBeUndefined();
  });

  test.each([
    '{{ .PVC.Name }}',
    '{{ .PVC.Namespace }}/{{ .PVC.Name }}',
    '{{ .PVC.Namespace }}-{{ .PVC.Name }}/',
    '{{ .PVC.Name }}/{{ .PVC.Namespace }}/',
    `/${START}`,
    `data/${START}`,
  ])('must start with namespace and claim: %s', (pattern) => {
    expect(pathPatternProblem(pattern)).toBe(
      `must start with '${START}', got '${pattern}'; 'allowUnsafePathPattern' takes any`,
    );
  });

  test.each([
    [
      '{{ .PVC.Annotations.dir }}',
      "must not fill in annotations, got '.PVC.Annotations.dir': who writes the claim could leave its folder by '..'; use a label",
    ],
    [
      '{{ index .PVC.Annotations "dir" }}',
      "must not fill in annotations, got 'index .PVC.Annotations \"dir\"': who writes the claim could leave its folder by '..'; use a label",
    ],
    [
      '{{ .PVC.Nam }}',
      "must fill in labels, '.PVName', '.PVC.Namespace', '.PVC.Name' or '.PVC.UID', got '.PVC.Nam'; did you mean '.PVC.Name'?",
    ],
    [
      '{{ if true }}a{{ end }}',
      "must fill in labels, '.PVName', '.PVC.Namespace', '.PVC.Name' or '.PVC.UID', got 'if true'",
    ],
  ])('may not fill in %s', (end, problem) => {
    expect(pathPatternProblem(START + end)).toBe(problem);
  });

  test.each(['{{ .PVName', '}}', '{a}'])('has its braces in pairs, unlike %s', (end) => {
    expect(pathPatternProblem(START + end)).toBe(
      `must have its braces in pairs, got '${START}${end}'`,
    );
  });

  test.each(['..', '../../other', 'a/../b'])('does not lead out: %s', (end) => {
    expect(pathPatternProblem(START + end)).toBe(
      `must not have '..' or control characters in it, got '${START}${end}'`,
    );
  });
});

describe('a helper pod', () => {
  const container = { name: 'helper-pod', image: 'busybox:1.37.0' };
  const pod = (spec: object, fields: object = {}) => ({
    spec: { containers: [{ ...container, ...fields }], ...spec },
  });

  test.each([
    ['nothing more', pod({})],
    ['empty lists', pod({ volumes: [], initContainers: [] }, { envFrom: [], volumeMounts: [] })],
    ['a variable', pod({}, { env: [{ name: 'A', value: 'b' }] })],
    ['another user', pod({ securityContext: { runAsUser: 1, runAsGroup: 1 } })],
    [
      'less than a container has by default',
      pod({}, { securityContext: { privileged: false, capabilities: { drop: ['ALL'] } } }),
    ],
    ['host namespaces that are off', pod({ hostNetwork: false })],
  ])('may have %s', (_, template) => {
    expect(helperPodProblem(template)).toBeUndefined();
  });

  test.each([
    ['initContainers', pod({ initContainers: [container] })],
    ['ephemeralContainers', pod({ ephemeralContainers: [container] })],
    ['volumes', pod({ volumes: [{ name: 'a' }] })],
    ['nodeName', pod({ nodeName: 'a' })],
    ['serviceAccountName', pod({ serviceAccountName: 'a' })],
    ['hostNetwork', pod({ hostNetwork: true })],
    ['hostPID', pod({ hostPID: true })],
    ['hostIPC', pod({ hostIPC: true })],
    ['volumeMounts', pod({}, { volumeMounts: [{ name: 'a' }] })],
    ['envFrom', pod({}, { envFrom: [{}] })],
    ['lifecycle', pod({}, { lifecycle: {} })],
    ['livenessProbe', pod({}, { livenessProbe: {} })],
    ['readinessProbe', pod({}, { readinessProbe: {} })],
    ['startupProbe', pod({}, { startupProbe: {} })],
    ['env.valueFrom', pod({}, { env: [{ name: 'A', valueFrom: {} }] })],
    ['runAsUser 0', pod({ securityContext: { runAsUser: 0 } })],
    ['runAsGroup 0', pod({ securityContext: { runAsGroup: 0 } })],
    ['sysctls', pod({ securityContext: { sysctls: [{ name: 'a', value: 'b' }] } })],
    ['privileged', pod({}, { securityContext: { privileged: true } })],
    ['allowPrivilegeEscalation', pod({}, { securityContext: { allowPrivilegeEscalation: true } })],
    ['capabilities.add', pod({}, { securityContext: { capabilities: { add: ['CHOWN'] } } })],
  ])('may not have %s', (what, template) => {
    expect(helperPodProblem(template)).toBe(`must not have '${what}': the provisioner refuses it`);
  });

  test.each([
    [0, undefined],
    [0, null],
    [0, {}],
    [0, { spec: { containers: 'a' } }],
    [2, { spec: { containers: [container, container] } }],
  ])('has one container, not %i as in %j', (count, template) => {
    expect(helperPodProblem(template)).toBe(`must have exactly one container, got ${count}`);
  });
});
