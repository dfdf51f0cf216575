import type { Construct } from 'constructs';
import fc from 'fast-check';
import { labelOfPath } from '../../src/kube/names';
import { RECLAIM_POLICIES } from '../../src/kube/objects';
import { LOCAL_PATH_VOLUME_TYPES } from '../../src/local-path/limits';
import { LocalPathClaim } from '../../src/local-path/local-path-claim';
import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import { CLASS_CLAIM } from './claims';
import { type Subject, textOf } from './holds';
import { FLAG, FOLDER, IMAGE, LABEL_NAME, LABELS, NAME, propsOf, RESOURCES, SIZE } from './values';

const TYPE = fc.constantFrom(...LOCAL_PATH_VOLUME_TYPES);
const NODE = fc.constantFrom('node-1', 'DEFAULT_PATH_FOR_NON_LISTED_NODES', 'constructor');
const SCRIPT = fc.constantFrom('#!/bin/sh\nmkdir -p "$VOL_DIR"\n', 'exit 0', 'é\t\r\n');

/** Props of a LocalPathProvisioner. */
export const LOCAL_PATH_PROVISIONER = {
  namespace: LABEL_NAME,
  createNamespace: FLAG,
  namespaceLabels: LABELS,
  name: LABEL_NAME,
  provisionerName: fc.constantFrom('example.com/local', 'Example.com/Local', 'a/b'),
  nodePathMap: fc.dictionary(NODE, fc.uniqueArray(FOLDER, { maxLength: 2 }), { maxKeys: 2 }),
  sharedFileSystemPath: FOLDER,
  setup: SCRIPT,
  teardown: SCRIPT,
  setupCommand: fc.constantFrom('/bin/setup', '/bin/a b'),
  teardownCommand: fc.constantFrom('/bin/teardown'),
  cmdTimeoutSeconds: fc.constantFrom(1, 120, 2 ** 40),
  helperImage: IMAGE,
  image: IMAGE,
  className: NAME,
  isDefault: FLAG,
  reclaimPolicy: fc.constantFrom(...RECLAIM_POLICIES),
  defaultVolumeType: TYPE,
  resources: RESOURCES,
};

const provisioner: Subject = {
  name: 'a LocalPathProvisioner',
  bare: fc.constant({}),
  props: propsOf({}, LOCAL_PATH_PROVISIONER),
  make: (scope, id, props) => new LocalPathProvisioner(scope, id, props),
};

const provisionerIn = (scope: Construct, id: string) =>
  new LocalPathProvisioner(scope, id, {
    nodePathMap: { 'node-1': ['/data', '/fast'] },
    provisionerName: `example.com/${labelOfPath([id])}`,
    name: labelOfPath([id]),
    namespace: labelOfPath([id]),
    className: labelOfPath([id]),
  });

const storageClass: Subject = {
  name: 'a LocalPathStorageClass',
  bare: fc.constant({}),
  props: propsOf(
    {},
    {
      name: NAME,
      reclaimPolicy: fc.constantFrom(...RECLAIM_POLICIES),
      isDefault: FLAG,
      labels: LABELS,
      nodePath: fc.constantFrom('/data', '/fast', '/slow'),
      pathPattern: fc.constantFrom(
        '{{ .PVC.Namespace }}/{{ .PVC.Name }}/x',
        '{{ .PVName }}',
        '{{ .PVC.Namespace }}/{{ .PVC.Name }}/{{ index .PVC.Labels "a/b" }}',
      ),
      allowUnsafePathPattern: FLAG,
      defaultVolumeType: TYPE,
    },
  ),
  make: (scope, id, props) =>
    provisionerIn(scope, `${textOf(id)}-provisioner`).storageClass(id, props),
};

const { volumeMode: _, ...CLAIM } = CLASS_CLAIM;

/** Props of a LocalPathClaim. */
export const LOCAL_PATH_CLAIM = { ...CLAIM, volumeType: TYPE };

const claim: Subject = {
  name: 'a LocalPathClaim',
  bare: fc.constant({ size: '1Gi' }),
  props: propsOf({ size: SIZE }, { ...LOCAL_PATH_CLAIM, className: NAME }),
  make: (scope, id, props) => new LocalPathClaim(scope, id, props),
};

const classClaim: Subject = {
  name: 'a claim of a LocalPathStorageClass',
  bare: fc.constant({ size: '1Gi' }),
  props: propsOf({ size: SIZE }, LOCAL_PATH_CLAIM),
  make: (scope, id, props) =>
    provisionerIn(scope, `${textOf(id)}-prov`).mainClass.claim(scope, id, props),
};

/** The constructs of the local-path provisioner. */
export const LOCAL_PATH: readonly Subject[] = [provisioner, storageClass, claim, classClaim];
