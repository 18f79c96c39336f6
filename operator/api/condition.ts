/** As metav1.Condition. Accepted, Complete, Failed, Suspended, Passed are ours; Reconciling and Stalled are kstatus'. */
export interface Condition {
  type: 'Accepted' | 'Complete' | 'Failed' | 'Suspended' | 'Passed' | 'Reconciling' | 'Stalled';
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  observedGeneration: number;
  lastTransitionTime: string;
}
