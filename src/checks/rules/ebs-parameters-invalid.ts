import { EBS_DRIVER } from '../../ebs/driver/limits';
import { ebsFormatProblems } from '../../ebs/format/limits';
import { ebsPerformanceProblems, ebsSizeProblems } from '../../ebs/limits';
import { ebsParameterProblems } from '../../ebs/parameters/limits';
import { ebsTagProblems } from '../../ebs/tags/limits';
import { driverParameters } from '../../kube/driver-parameters';
import type { Labels } from '../../kube/label-selector';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { Quantity } from '../../kube/quantity';
import type { ClaimEntry } from '../../planner/claim-entry';
import type { ClassEntry } from '../../planner/class-entry';
import { isLabels } from '../../planner/metadata';
import { listAt, type PlainObject } from '../../planner/plain-object';
import { claimPath, claimTitle } from '../claim-words';
import type { Facts } from '../facts';
import { provisioningClass } from '../provisioned-claims';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

export const ebsParametersInvalid: Rule = {
  id: 'ebs-parameters-invalid',
  severity: 'error',
  summary: 'the EBS driver makes no volume with these parameters, or none of that size',
  why: `The API server takes any parameters of a class; the driver looks at them when the first claim
asks for a volume, and refuses all of them for one that it does not know or that does not go with
the others. Old classes for gp2 with \`iopsPerGB\`, which the plugin in Kubernetes passed over, are
the common case. Parameters of \`kubernetes.io/aws-ebs\` are judged as the driver gets them: with
\`zone\` and \`zones\` as topologies, and \`fsType\` under its new name.`,
  source:
    'aws-ebs-csi-driver v1.64.0, docs/parameters.md and pkg/driver; k8s.io/csi-translation-lib, plugins/aws_ebs.go; Amazon EBS User Guide, "Amazon EBS volume types"',
  bad: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  type: gp3
  iops: "1000"
volumeBindingMode: WaitForFirstConsumer
`,
  good: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  type: gp3
  iops: "4000"
volumeBindingMode: WaitForFirstConsumer
`,
  *check(facts) {
    const served = new Map<ClassEntry, Labels>();
    for (const each of facts.inventory.classes.values()) {
      const parameters = ebsParameters(each);
      if (parameters === undefined) {
        continue;
      }
      const refused = classProblems(each, parameters).filter((problem) => problem.refused);
      const [first] = refused;
      // A class that exists is nobody's to mend here: its claims are told of.
      if (first === undefined || each.existing) {
        served.set(each, parameters);
      } else {
        yield {
          object: each.object,
          message: `StorageClass ${each.name}: ${EBS_DRIVER} makes no volume: ${inWords(refused)}`,
          fix: fixFor(first),
          path: ['parameters', spelling(each, first.parameter)],
        };
      }
    }
    if (served.size > 0) {
      yield* claimsOf(served, facts);
    }
    for (const object of facts.inventory.planned) {
      if (object.kind === 'VolumeAttributesClass' && object.driverName === EBS_DRIVER) {
        yield* attributesClass(object);
      }
    }
  },
};

// A volume keeps what the class does not say, so that only what is said is judged.
function attributesClass(object: PlainObject): readonly RuleFinding[] {
  const parameters = object.parameters ?? {};
  if (!isLabels(parameters)) {
    return [];
  }
  const given = driverParameters(parameters);
  const has = (name: string): boolean => given.get(name) !== undefined;
  const refused = ebsPerformanceProblems(parameters).filter(
    ({ parameter, problem, ...each }) =>
      each.refused &&
      has(parameter) &&
      (has('type') || problem.startsWith('must be a whole number')) &&
      (has('iops') || parameter !== 'throughput' || !problem.includes('for each of its')),
  );
  const [first] = refused;
  return first === undefined
    ? []
    : [
        {
          object,
          message: `${titleOf(object)}: ${EBS_DRIVER} changes no volume to it: ${inWords(refused)}`,
          fix: fixFor(first),
          path: ['parameters', first.parameter],
        },
      ];
}

const IN_TREE = 'kubernetes.io/aws-ebs';

/** What the driver gets; undefined where the class is another's, or the API server refuses it. */
function ebsParameters({ provisioner, object }: ClassEntry): Labels | undefined {
  const parameters = object.parameters ?? {};
  if (!isLabels(parameters) || (provisioner !== EBS_DRIVER && provisioner !== IN_TREE)) {
    return undefined;
  }
  return provisioner === EBS_DRIVER ? parameters : translated(parameters);
}

// As csi-translation-lib has it: classes with iopsPerGB may have their IOPS raised, as in-tree.
function translated(parameters: Labels): Labels {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) {
    switch (name.toLowerCase()) {
      case 'fstype':
        result['csi.storage.k8s.io/fstype'] = value;
        break;
      case 'zone':
      case 'zones':
        break;
      case 'iopspergb':
        result.iopsPerGB = value;
        result.allowAutoIOPSPerGBIncrease = 'true';
        break;
      default:
        result[name] = value;
    }
  }
  return result;
}

function classProblems(
  { provisioner, object }: ClassEntry,
  parameters: Labels,
): readonly ParameterProblem[] {
  const zone = Object.keys(object.parameters ?? {}).find((name) => /^zones?$/i.test(name));
  const twice =
    provisioner === IN_TREE && zone !== undefined && listAt(object, 'allowedTopologies').length > 0;
  return [
    ...ebsParameterProblems(parameters),
    ...ebsFormatProblems(parameters),
    ...ebsTagProblems(parameters),
    ...(twice
      ? [
          {
            parameter: zone,
            problem: "must be left out beside 'allowedTopologies', which say the zones too",
            refused: true,
          },
        ]
      : []),
  ];
}

function* claimsOf(served: ReadonlyMap<ClassEntry, Labels>, facts: Facts): Iterable<RuleFinding> {
  // Few sizes and modes are asked for, and a hundred thousand claims ask for them.
  const known = new Map<string, readonly ParameterProblem[]>();
  for (const claim of facts.inventory.claims.values()) {
    const storageClass = provisioningClass(facts, claim);
    const parameters = storageClass && served.get(storageClass);
    if (storageClass === undefined || parameters === undefined) {
      continue;
    }
    const key = `${storageClass.name}\n${claim.size}\n${claim.volumeMode}`;
    let refused = known.get(key);
    if (refused === undefined) {
      refused = [
        ...(storageClass.existing ? classProblems(storageClass, parameters) : []),
        ...claimProblems(claim, parameters),
      ].filter((problem) => problem.refused);
      known.set(key, refused);
    }
    const [first] = refused;
    if (first !== undefined) {
      const isSize = first.parameter === 'size';
      yield {
        object: claim.object,
        message: `${claimTitle(claim)} asks for ${claim.size} of StorageClass ${storageClass.name}: ${EBS_DRIVER} makes no such volume: ${inWords(refused)}`,
        fix: isSize ? 'set spec.resources.requests.storage to a size that the type has' : REMEDY,
        path: claimPath(claim, 'spec', ...(isSize ? SIZE : ['storageClassName'])),
      };
    }
  }
}

const SIZE = ['resources', 'requests', 'storage'];
const REMEDY = 'claim what the class can make, or name another class';

function claimProblems({ size, volumeMode }: ClaimEntry, parameters: Labels) {
  const amount = Quantity.parse(size);
  return [
    ...(amount === undefined ? [] : ebsSizeProblems(parameters, amount)),
    ...(volumeMode === 'Block' ? ebsFormatProblems(parameters, volumeMode) : []),
  ];
}

function inWords(problems: readonly ParameterProblem[]): string {
  return problems.map(({ parameter, problem }) => `'${parameter}' ${problem}`).join('; ');
}

function fixFor({ parameter, problem }: ParameterProblem): string {
  return /^(must be left out|is no parameter)/.test(problem)
    ? `drop parameters.${parameter}`
    : `give parameters.${parameter} a value that the driver takes`;
}

/** A parameter as the class spells it: the driver reads names in any case. */
function spelling({ object }: ClassEntry, parameter: string): string {
  const names = Object.keys(object.parameters ?? {});
  return names.find((name) => name.toLowerCase() === parameter.toLowerCase()) ?? parameter;
}
