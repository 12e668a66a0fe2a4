/** Why the world outside did not do what was asked, as a sentence for a person. */
export interface HostFailure {
  readonly kind: 'offline' | 'refused' | 'not-found' | 'invalid' | 'missing-program' | 'cancelled';
  readonly message: string;
}
