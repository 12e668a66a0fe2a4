import { err, ok, type Result } from '../../base/result.ts';
import type { WarehouseFailure } from '../warehouse.ts';
import type { AwsLogin, TemporaryLogin } from './aws-login.ts';
import type { PostgresProfile } from './profile.ts';

/** A login that ends so soon is not used for another connection. */
const MARGIN_MS = 60_000;

/** The logins that AWS gives to the connections of one target. */
export class AwsLogins {
  #current: Promise<TemporaryLogin> | undefined;
  readonly #passwords: string[] = [];

  /** All passwords it was given. */
  get passwords(): readonly string[] {
    return this.#passwords;
  }

  /**
   * Fills in the user and the password that AWS gives for a profile. One login serves all connections until shortly
   * before it ends; a profile that has its own is given back as it is.
   */
  async logIn(profile: PostgresProfile): Promise<Result<PostgresProfile, WarehouseFailure>> {
    const { login } = profile;
    if (login === undefined) return ok(profile);
    try {
      const { user, password } = await this.#valid(login);
      return ok({ ...profile, connection: { ...profile.connection, user, password } });
    } catch (error) {
      this.#current = undefined;
      return err(refusal(error, login));
    }
  }

  async #valid(login: AwsLogin): Promise<TemporaryLogin> {
    const current = this.#current;
    const isValid = current !== undefined && (await current).expires - Date.now() >= MARGIN_MS;
    // Another connection may have asked meanwhile.
    if (!isValid && this.#current === current) this.#current = this.#ask(login);
    return this.#current ?? this.#ask(login);
  }

  async #ask(login: AwsLogin): Promise<TemporaryLogin> {
    // The SDK is loaded by those who log in through it.
    const { temporaryLogin } = await import('./temporary-login.ts');
    const given = await temporaryLogin(login);
    this.#passwords.push(given.password);
    return given;
  }
}

/** Why AWS gave no login, and what to do about it. */
function refusal(error: unknown, { request, profile, region }: AwsLogin): WarehouseFailure {
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  const asker = profile === undefined ? '' : ` with the AWS profile '${profile}'`;
  return {
    kind: 'connection',
    message: `${advice(name, message)}\nAsked for: ${request.call}${asker}${inRegion(region)}.`,
  };
}

const inRegion = (region: string | undefined): string => (region === undefined ? '' : ` in ${region}`);

function advice(name: string, message: string): string {
  if (name === 'CredentialsProviderError') {
    return `AWS knows of nobody who is asking: ${message} Name \`iam_profile\` in the profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.`;
  }
  if (/Region is missing/.test(message)) return NO_REGION;
  return `AWS gives no login for Redshift: ${name}: ${message}`;
}

const NO_REGION = 'The region is not known. Name `region` in the profile, or set AWS_REGION.';
