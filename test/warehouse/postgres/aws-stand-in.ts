import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import type { Credentials } from '../../../server/src/warehouse/warehouse.ts';

/** A request as AWS sees it: the call, its parameters, and who signed it for which region. */
export interface AwsRequest {
  readonly call: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly accessKey: string;
  readonly region: string;
}

/**
 * A stand-in for the AWS API of Redshift on loopback: it takes the calls that give temporary logins, in the forms that
 * the SDK sends them, makes a user in a PostgreSQL server, and answers with its name and password. It looks at no
 * signature and knows no policies, clusters or workgroups.
 */
export interface AwsStandIn {
  readonly url: string;
  readonly requests: readonly AwsRequest[];
  /** The passwords it has given out. */
  readonly passwords: readonly string[];
  /** How long its logins are good from now on. */
  giveFor(seconds: number): void;
  /** Refuses every call from now on, as AWS refuses what no policy allows. */
  refuse(): void;
  stop(): Promise<void>;
}

export async function startAws(postgres: Credentials): Promise<AwsStandIn> {
  const requests: AwsRequest[] = [];
  const passwords: string[] = [];
  let [isRefusing, seconds] = [false, 900];

  async function give(user: string): Promise<Login> {
    const password = `given-${passwords.length}-canary-of-aws`;
    passwords.push(password);
    await makeUser(postgres, user, password);
    return { user, password, expires: new Date(Date.now() + seconds * 1000) };
  }

  const server = createServer((request, response) => {
    void (async () => {
      const asked = await read(request);
      requests.push(asked);
      const form = FORMS[asked.call] ?? serverlessForm;
      response.setHeader('content-type', form.type);
      response.statusCode = isRefusing ? 400 : 200;
      const user = asked.call === 'GetClusterCredentials' ? `IAM:${String(asked.parameters['DbUser'])}` : 'IAMR:loader';
      response.end(isRefusing ? form.refusal(asked.call) : form.answer(asked.call, await give(user)));
    })();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    passwords,
    giveFor: value => (seconds = value),
    refuse: () => (isRefusing = true),
    stop: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

interface Login {
  readonly user: string;
  readonly password: string;
  readonly expires: Date;
}

async function makeUser(postgres: Credentials, user: string, password: string): Promise<void> {
  const { host, port, dbname } = postgres;
  const client = new Client({
    host: String(host),
    port: Number(port),
    database: String(dbname),
    user: String(postgres['user']),
    password: String(postgres['password']),
  });
  await client.connect();
  await client.query(`drop role if exists "${user}"`);
  await client.query(`create role "${user}" login password '${password}'`);
  await client.end();
}

async function read(request: IncomingMessage): Promise<AwsRequest> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  const [, accessKey = '', region = ''] =
    /Credential=(\w+)\/\d+\/([\w-]+)\/redshift/.exec(request.headers.authorization ?? '') ?? [];
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const parameters = JSON.parse(body) as AwsRequest['parameters'];
    return { call: target.replace(/^.*\./, ''), parameters, accessKey, region };
  }
  const { Action: call = '', Version: _, ...parameters } = Object.fromEntries(new URLSearchParams(body));
  return { call, parameters, accessKey, region };
}

interface Form {
  readonly type: string;
  readonly answer: (call: string, login: Login) => string;
  readonly refusal: (call: string) => string;
}

const DENIED = 'User: arn:aws:iam::1:user/ada is not authorized to perform this';

const clusterForm: Form = {
  type: 'text/xml',
  answer: (call, { user, password, expires }) =>
    `<${call}Response xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><${call}Result>
      <DbUser>${user}</DbUser><DbPassword>${password}</DbPassword><Expiration>${expires.toISOString()}</Expiration>
    </${call}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${call}Response>`,
  refusal: () =>
    `<ErrorResponse xmlns="http://redshift.amazonaws.com/doc/2012-12-01/"><Error><Type>Sender</Type>
      <Code>AccessDenied</Code><Message>${DENIED}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
};

const serverlessForm: Form = {
  type: 'application/x-amz-json-1.1',
  answer: (_, { user, password, expires }) =>
    JSON.stringify({ dbUser: user, dbPassword: password, expiration: expires.getTime() / 1000 }),
  refusal: () => JSON.stringify({ __type: 'AccessDeniedException', message: DENIED }),
};

const FORMS: Readonly<Record<string, Form>> = {
  GetClusterCredentials: clusterForm,
  GetClusterCredentialsWithIAM: clusterForm,
};
