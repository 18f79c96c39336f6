/**
 * Why a run did not give a number. One list for conditions, Events, metrics, exit messages and docs alike.
 * The text is the explanation printed by the docs and by `assay why`; the case's own message carries the evidence.
 */
export const reasons = {
  // Said by the agent, from inside the pod.
  ToolMissing: 'The program is not in the image, or not on this machine in local mode.',
  ToolFailed: 'The tool ended with an error.',
  ToolCrashed: 'The tool was ended by a signal that nobody here sent.',
  ToolTimeout: 'The tool ran past its deadline and was stopped.',
  OutOfMemory: 'The tool or its container was killed for memory.',
  OutputUnparsable: 'The tool ended well, but its output holds no trustworthy result.',
  NoRDMADevice:
    'The tool found no RDMA device: the node needs one with its driver, and the pod must be given it, for example by a device plugin.',
  PeerUnreachable: 'A peer did not listen in time.',
  AddressMissing: 'A pod has no address of the family that network.ipFamily asks for.',
  NetworkMissing: 'A pod does not have the network that network.name asks for: the attachment is not there, or Multus is not on the node.',
  NoRoute: 'A peer is not reached over the interface that network.interface names, but over another one or not at all.',
  MTUMismatch: 'The interface of a pod, or the path to a peer, does not have the MTU that network.mtu asks for.',
  BadTask: 'The agent could not read its task.',
  Interrupted: 'The pod was told to stop before the tool ended.',
  // Said by the operator, from what it sees of pods and objects.
  InvalidSpec: 'The specification was refused; nothing was started.',
  NotAllowed: 'The specification asks for rights that the policy does not grant.',
  NameConflict: 'An object of the needed name exists and belongs to something else.',
  BackendMissing: 'The backend that the specification names is not installed, or the operator has no rights on it.',
  PendingTimeout: 'Not all pods ran within timeouts.pending.',
  HalfPlaced: 'Not all pods found a node in time beside other benchmarks; the run gave its nodes back and was queued again.',
  RunningTimeout: 'The run did not end within timeouts.running.',
  ImagePullFailed: 'An image could not be pulled.',
  ConfigError: 'A container could not be created from its specification.',
  Unschedulable: 'No node fits the pod.',
  PodFailed: 'A pod failed without a readable result of its agent.',
  PodEvicted: 'A pod was evicted.',
  PodDeleted: 'A pod was deleted by somebody else.',
  JobStopped: 'The Volcano Job or JobSet that held the pods was aborted or deleted by somebody else.',
  NodeLost: 'The node of a pod is gone or unreachable.',
  ResultMissing: 'A pod ended without a result.',
  ResultCorrupt: 'A result was cut or changed on its way; it is not counted.',
  QuotaExceeded: 'The namespace has no quota left for a pod.',
  Cancelled: 'Cancelled by spec.cancel.',
  BudgetExceeded: 'More members failed than failureBudget allows.',
} as const;

export type Reason = keyof typeof reasons;
