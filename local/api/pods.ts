import { isDeepStrictEqual } from 'node:util';
import { pods } from '../../operator/kube/object.ts';
import type { Kind } from './kind.ts';
import { forbiddenValue, invalidValue, required } from './metadata.ts';
import type { ApiObject, Fields } from './object.ts';
import { copy, fieldAt, isFields, textAt } from './object.ts';
import { withMetadata } from './owners.ts';
import type { StatusCause } from './status.ts';

const defaultGrace = 30;

/** Pods, with the defaults and rules that a run's pods meet; nothing here runs or schedules them. */
export const podKind: Kind = {
  resource: pods,
  namespaced: true,
  statusSubresource: true,
  counted: true,
  unconditionalUpdate: true,
  custom: false,
  lists: withMetadata(undefined),
  selectable: {
    'spec.nodeName': ({ spec }) => textAt(spec, 'nodeName'),
    'spec.restartPolicy': ({ spec }) => textAt(spec, 'restartPolicy'),
    'spec.schedulerName': ({ spec }) => textAt(spec, 'schedulerName'),
    'spec.serviceAccountName': ({ spec }) => textAt(spec, 'serviceAccountName'),
    'status.phase': ({ status }) => textAt(status, 'phase'),
    'status.podIP': ({ status }) => textAt(status, 'podIP'),
  },
  prepare(pod) {
    setDefaults(pod);
    pod.status ??= {};
    pod.status['phase'] ??= 'Pending';
  },
  validate: (pod, old) => (old ? changeCauses(pod, old) : specCauses(pod.spec)),
  gracePeriod(pod, asked) {
    const { phase } = pod.status ?? {};
    if (!fieldAt(pod.spec, 'nodeName') || phase === 'Succeeded' || phase === 'Failed') return 0;
    const own = fieldAt(pod.spec, 'terminationGracePeriodSeconds');
    return Math.max(0, asked ?? (typeof own === 'number' ? own : defaultGrace));
  },
};

const specDefaults: Fields = {
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: defaultGrace,
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  enableServiceLinks: true,
  securityContext: {},
};

const containerDefaults: Fields = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  resources: {},
};

function setDefaults({ spec }: ApiObject): void {
  if (!spec) return;
  fill(spec, specDefaults);
  for (const { container } of containersOf(spec)) {
    fill(container, containerDefaults);
    const image = textAt(container, 'image');
    container['imagePullPolicy'] ??= /:[^/:]+$/.test(image) && !image.endsWith(':latest') ? 'IfNotPresent' : 'Always';
  }
}

function fill(target: Fields, defaults: Fields): void {
  for (const [name, value] of Object.entries(defaults)) target[name] ??= copy(value);
}

interface Placed {
  path: string;
  container: Fields;
}

function containersOf(spec: Fields | undefined): Placed[] {
  return ['initContainers', 'containers'].flatMap((list) => {
    const containers: unknown = spec?.[list];
    if (!Array.isArray(containers)) return [];
    return containers.filter(isFields).map((container, index) => ({ path: `spec.${list}[${index}]`, container }));
  });
}

function specCauses(spec: Fields | undefined): StatusCause[] {
  const containers = containersOf(spec);
  if (!containers.some(({ path }) => path.startsWith('spec.containers'))) return [required('spec.containers')];
  const names = new Set<string>();
  return containers.flatMap(({ path, container }) => {
    const name = textAt(container, 'name');
    const causes: StatusCause[] = [];
    if (name === '') causes.push(required(`${path}.name`));
    else if (name.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
      causes.push(invalidValue(`${path}.name`, name, 'a lowercase RFC 1123 label must consist of at most 63 of a-z, 0-9 and "-"'));
    } else if (names.has(name)) {
      causes.push({ reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(name)}`, field: `${path}.name` });
    }
    names.add(name);
    if (textAt(container, 'image') === '') causes.push(required(`${path}.image`));
    return causes;
  });
}

/** A pod's spec stays, but for images, the deadline, and a grace period that is shortened. */
function changeCauses(pod: ApiObject, old: ApiObject): StatusCause[] {
  if (isDeepStrictEqual(fixedPart(pod), fixedPart(old))) return [];
  return [
    forbiddenValue(
      'spec',
      'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
        '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` ' +
        '(allow it to be set to 1 if it was previously negative)',
    ),
  ];
}

function fixedPart(pod: ApiObject): Fields {
  const { activeDeadlineSeconds: _deadline, tolerations: _tolerations, ...spec } = copy(pod.spec ?? {});
  for (const { container } of containersOf(spec)) delete container['image'];
  return spec;
}
