import {
  GetClusterCredentialsCommand,
  GetClusterCredentialsWithIAMCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import { GetCredentialsCommand, RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import type { AwsLogin, AwsRequest, TemporaryLogin } from './aws-login.ts';

/**
 * Asks AWS for a user and a password of the database. Who is asking is found where all of AWS's own programs find it.
 * Rejects with the SDK's errors.
 */
export async function temporaryLogin({ request, ...asker }: AwsLogin): Promise<TemporaryLogin> {
  return request.call === 'GetCredentials' ? serverlessLogin(asker, request) : clusterLogin(asker, request);
}

type Asker = Omit<AwsLogin, 'request'>;

async function serverlessLogin(
  asker: Asker,
  { workgroup, customDomain }: Extract<AwsRequest, { call: 'GetCredentials' }>,
): Promise<TemporaryLogin> {
  const client = new RedshiftServerlessClient(settingsOf(asker));
  const where = workgroup === undefined ? { customDomainName: customDomain } : { workgroupName: workgroup };
  const { dbUser, dbPassword, expiration } = await client.send(
    new GetCredentialsCommand({ dbName: asker.database, ...where }),
  );
  return loginOf(dbUser, dbPassword, expiration);
}

async function clusterLogin(
  asker: Asker,
  request: Exclude<AwsRequest, { call: 'GetCredentials' }>,
): Promise<TemporaryLogin> {
  const client = new RedshiftClient(settingsOf(asker));
  const where = { ClusterIdentifier: request.cluster, DbName: asker.database };
  const answer =
    request.call === 'GetClusterCredentials'
      ? await client.send(
          new GetClusterCredentialsCommand({
            ...where,
            DbUser: request.user,
            DbGroups: [...request.groups],
            AutoCreate: request.createsUser,
          }),
        )
      : await client.send(new GetClusterCredentialsWithIAMCommand({ ...where, DurationSeconds: LIFE_SECONDS }));
  return loginOf(answer.DbUser, answer.DbPassword, answer.Expiration);
}

/** What dbt's driver asks for, which is also what the other calls give. */
const LIFE_SECONDS = 900;

const settingsOf = ({ region, profile, keys }: Asker): object => ({
  ...(region === undefined ? {} : { region }),
  ...(profile === undefined ? {} : { profile }),
  ...(keys === undefined ? {} : { credentials: keys }),
});

function loginOf(user: string | undefined, password: string | undefined, expires: Date | undefined): TemporaryLogin {
  if (user === undefined || password === undefined) throw new Error('AWS answered without a user and a password');
  return { user, password, expires: expires?.getTime() ?? 0 };
}
