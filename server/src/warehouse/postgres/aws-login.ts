/** What AWS is asked for a temporary user and password of a Redshift database, and as whom. */
export interface AwsLogin {
  /** `undefined` leaves it to AWS's own settings. */
  readonly region: string | undefined;
  /** The section of AWS's own settings that says who is asking. */
  readonly profile: string | undefined;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  readonly database: string;
  readonly request: AwsRequest;
}

/** The call that gives the login, by the names of the AWS API. */
export type AwsRequest =
  | {
      readonly call: 'GetClusterCredentials';
      readonly cluster: string;
      readonly user: string;
      readonly groups: readonly string[];
      readonly createsUser: boolean;
    }
  | { readonly call: 'GetClusterCredentialsWithIAM'; readonly cluster: string }
  | {
      readonly call: 'GetCredentials';
      readonly workgroup: string | undefined;
      readonly customDomain: string | undefined;
    };

/** A user and a password that are good until a moment. */
export interface TemporaryLogin {
  readonly user: string;
  readonly password: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}
