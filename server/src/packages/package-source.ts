import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { dataOfPlain } from '../dbt/manifest/plain-data.ts';
import { chooseVersion, readHubPackage, type HubPackage } from '../dbt/packages/hub-package.ts';
import type { LockEntry } from '../dbt/packages/package-lock.ts';
import type { GitRequirement, HubRequirement, Requirement } from '../dbt/packages/package-listing.ts';
import type { LocalSpec, PackageSpec, TarballSpec } from '../dbt/packages/package-spec.ts';
import type { RenderText } from '../dbt/project/render-data.ts';
import { unpack } from '../host/archive.ts';
import type { HostFailure } from '../host/failure.ts';
import { copyFolder, exists, isInside, linkFolder, namesIn } from '../host/files.ts';
import { checkOut } from '../host/git.ts';
import type { WebClient } from '../host/http.ts';
import { packageProject } from './wanted-packages.ts';

/** A package that was chosen: which version of what, and how to get it. */
export interface PinnedPackage {
  readonly kind: Requirement['kind'];
  /** What to call it to a person: `dbt-labs/dbt_utils`, an address, a path. */
  readonly label: string;
  /** `1.3.0`, a commit; `undefined` for what has no version. */
  readonly version: string | undefined;
  /** The newest version of the registry that could be installed. */
  readonly latest: string | undefined;
  /** The name of its project, and of its folder. */
  readonly project: string;
  readonly packages: readonly PackageSpec[];
  readonly lock: LockEntry;
  /** Puts it at a place where there is nothing yet. */
  readonly putAt: (place: string) => Promise<Result<void, string>>;
}

/** Where packages come from. */
export interface SourceSettings {
  readonly root: string;
  readonly web: WebClient;
  /** Ends in a slash. */
  readonly hubUrl: string;
  /** The version of dbt that packages have to work with; `undefined` when that is not to be checked. */
  readonly dbtVersion: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly render: RenderText;
  /** A folder for downloads that is there and empty, and removed by its owner. */
  readonly downloads: string;
  readonly onWarning: (message: string) => void;
}

/** Finds and fetches packages, each of them once. Lives for one installation. */
export class PackageSource {
  readonly #settings: SourceSettings;
  readonly #hub = new Map<string, Promise<Result<HubPackage, string>>>();
  readonly #pinned = new Map<string, Promise<Result<PinnedPackage, string>>>();
  #nDownloads = 0;

  constructor(settings: SourceSettings) {
    this.#settings = settings;
  }

  /** The package that satisfies a requirement. The failure is a sentence for a person. */
  pinned(requirement: Requirement): Promise<Result<PinnedPackage, string>> {
    switch (requirement.kind) {
      case 'hub':
        return this.#hubPackage(requirement);
      case 'git':
        return this.#gitPackage(requirement);
      case 'local':
        return Promise.resolve(this.#localPackage(requirement));
      case 'tarball':
        return this.#once(`tarball ${requirement.tarball}`, () => this.#tarballPackage(requirement));
    }
  }

  async #hubPackage(requirement: HubRequirement): Promise<Result<PinnedPackage, string>> {
    const { package: name } = requirement;
    const hub = await this.#fromHub(name);
    if (!hub.ok) return hub;
    const chosen = chooseVersion(requirement, hub.value, this.#settings.dbtVersion);
    if (!chosen.ok) return chosen;
    const { version, latest } = chosen.value;
    const facts = hub.value.versions.get(version);
    if (facts === undefined) return err(`${name} has no version ${version}`);
    if (!isProjectName(facts.project)) {
      return err(`${name} calls its project '${facts.project}', which is no name`);
    }
    if (!facts.packages.ok) return facts.packages;
    return ok({
      kind: 'hub',
      label: name,
      version,
      latest,
      project: facts.project,
      packages: facts.packages.value,
      lock: { package: name, version, name: facts.project },
      putAt: place => this.#putArchive(`${name} ${version}`, facts.tarball, place),
    });
  }

  #fromHub(name: string): Promise<Result<HubPackage, string>> {
    const known = this.#hub.get(name) ?? this.#askHub(name);
    this.#hub.set(name, known);
    return known;
  }

  async #askHub(name: string): Promise<Result<HubPackage, string>> {
    const { web, hubUrl, onWarning } = this.#settings;
    const answer = await web.json(`${hubUrl}api/v1/${name.split('/').map(encodeURIComponent).join('/')}.json`);
    if (!answer.ok) {
      const isUnknown = answer.failure.kind === 'not-found';
      return err(isUnknown ? `Package ${name} was not found in the package index` : webFailure(answer.failure));
    }
    const hub = readHubPackage(dataOfPlain(answer.value), name);
    if (hub.ok && hub.value.movedTo !== undefined) {
      onWarning(`The package ${name} has moved to ${hub.value.movedTo}; use that name in packages.yml.`);
    }
    return hub;
  }

  #gitPackage(requirement: GitRequirement): Promise<Result<PinnedPackage, string>> {
    const { git, revisions, unrendered, subdirectory, warnsUnpinned } = requirement;
    const wanted = [...new Set(revisions)];
    const [revision = 'HEAD'] = wanted;
    if (wanted.length > 1) {
      return Promise.resolve(
        err(`git dependencies should contain exactly one version. ${unrendered} contains: ${wanted.join(', ')}`),
      );
    }
    return this.#once(`git ${git} ${revision} ${subdirectory ?? ''}`, async () => {
      if (warnsUnpinned && UNPINNED.has(revision)) this.#settings.onWarning(unpinned(unrendered, revision));
      const folder = this.#newDownload();
      const { environment, signal } = this.#settings;
      const commit = await checkOut({ repository: git, revision, folder, environment, signal });
      if (!commit.ok) return err(gitFailure(unrendered, revision, commit.failure));
      const content = path.join(folder, subdirectory ?? '');
      if (!isInside(content, folder)) return err(`${unrendered} has no folder '${subdirectory ?? ''}' at ${revision}`);
      const lock = { git: unrendered, revision: commit.value, ...(subdirectory === undefined ? {} : { subdirectory }) };
      return this.#fromFolder(content, { kind: 'git', label: labelOf(requirement), version: commit.value, lock });
    });
  }

  #localPackage({ local }: LocalSpec): Result<PinnedPackage, string> {
    const folder = path.resolve(this.#settings.root, local);
    const read = this.#fromFolder(folder, { kind: 'local', label: local, version: undefined, lock: { local } });
    if (!read.ok) return read;
    const putAt = (place: string): Promise<Result<void, string>> => {
      linkFolder(folder, place);
      return Promise.resolve(ok(undefined));
    };
    return ok({ ...read.value, putAt });
  }

  async #tarballPackage({ tarball, unrendered, name }: TarballSpec): Promise<Result<PinnedPackage, string>> {
    if (!isProjectName(name)) return err(`'${name}' is no name for the package ${unrendered}`);
    const folder = await this.#unpacked(unrendered, tarball);
    if (!folder.ok) return folder;
    const lock = { tarball: unrendered };
    const read = this.#fromFolder(folder.value, { kind: 'tarball', label: unrendered, version: undefined, lock });
    return read.ok ? ok({ ...read.value, project: name, lock: { ...lock, name } }) : read;
  }

  /** A package whose content lies in a folder. */
  #fromFolder(
    folder: string,
    facts: Pick<PinnedPackage, 'kind' | 'label' | 'version' | 'lock'>,
  ): Result<PinnedPackage, string> {
    const read = packageProject(folder, this.#settings.render);
    if (!read.ok) return err(`${facts.label}: ${read.failure}`);
    const { name, packages } = read.value;
    const putAt = (place: string): Promise<Result<void, string>> => {
      copyFolder(folder, place);
      return Promise.resolve(ok(undefined));
    };
    return ok({ ...facts, latest: undefined, project: name, packages, lock: { ...facts.lock, name }, putAt });
  }

  async #putArchive(label: string, url: string, place: string): Promise<Result<void, string>> {
    const folder = await this.#unpacked(label, url);
    if (!folder.ok) return folder;
    copyFolder(folder.value, place);
    return ok(undefined);
  }

  /** The folder that an archive holds: its only one, as archives of repositories have it. */
  async #unpacked(label: string, url: string): Promise<Result<string, string>> {
    if (!/^https?:\/\//i.test(url)) return err(`${label}: '${url}' is no address on the web`);
    const folder = this.#newDownload();
    const file = `${folder}.tar.gz`;
    const downloaded = await this.#settings.web.download(url, file);
    if (!downloaded.ok) return err(`${label} could not be downloaded: ${webFailure(downloaded.failure)}`);
    const unpacked = await unpack(file, folder);
    if (!unpacked.ok) return err(`${label} is no archive that can be unpacked: ${unpacked.failure.message}`);
    const [only, ...others] = namesIn(folder);
    const content = path.join(folder, only ?? '');
    if (others.length === 0 && exists(path.join(content, 'dbt_project.yml'))) return ok(content);
    return err(
      `Incorrect structure for package extracted from ${label}. The extracted package needs to follow the structure NAME/<package_contents>, with a dbt_project.yml in it.`,
    );
  }

  #newDownload(): string {
    return path.join(this.#settings.downloads, String(this.#nDownloads++));
  }

  #once(key: string, make: () => Promise<Result<PinnedPackage, string>>): Promise<Result<PinnedPackage, string>> {
    const known = this.#pinned.get(key) ?? make();
    this.#pinned.set(key, known);
    return known;
  }
}

/** The name becomes a folder's: it must lead nowhere else. */
const isProjectName = (name: string): boolean => /^[^\d\W]\w*$/.test(name);

const UNPINNED: ReadonlySet<string> = new Set(['HEAD', 'main', 'master']);

function unpinned(address: string, revision: string): string {
  const how = revision === 'HEAD' ? 'not pinned, using HEAD (default branch)' : `pinned to the "${revision}" branch`;
  return `The git package "${address}" is ${how}. This can introduce breaking changes into your project without warning! Pin it with a revision, or say \`warn-unpinned: false\`.`;
}

const labelOf = ({ unrendered, subdirectory }: GitRequirement): string =>
  subdirectory === undefined ? unrendered : `${unrendered}/${subdirectory}`;

function gitFailure(address: string, revision: string, { kind, message }: HostFailure): string {
  return kind === 'refused' ? `Error checking out spec='${revision}' for repo ${address}\n${message}` : message;
}

const OFFLINE_HINT =
  'Packages come from the network; everything else works without it. Behind a proxy set HTTPS_PROXY, for a mirror of the registry DBT_PACKAGE_HUB_URL.';

const webFailure = ({ kind, message }: HostFailure): string =>
  kind === 'offline' ? `${message}. ${OFFLINE_HINT}` : message;
