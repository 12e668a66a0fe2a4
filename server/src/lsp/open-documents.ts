import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';

/** The documents that the editor holds, saved or not. They win over what is on disk. */
export class OpenDocuments {
  readonly #documents = new Map<string, TextDocument>();

  open(document: {
    readonly uri: string;
    readonly languageId: string;
    readonly version: number;
    readonly text: string;
  }): void {
    const { uri, languageId, version, text } = document;
    this.#documents.set(uri, TextDocument.create(uri, languageId, version, text));
  }

  /** Applies edits in their order; a document that is not open is left alone. */
  change(uri: string, changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    const document = this.#documents.get(uri);
    if (document !== undefined) this.#documents.set(uri, TextDocument.update(document, [...changes], version));
  }

  close(uri: string): void {
    this.#documents.delete(uri);
  }

  text(uri: string): string | undefined {
    return this.#documents.get(uri)?.getText();
  }

  version(uri: string): number | undefined {
    return this.#documents.get(uri)?.version;
  }

  /** The id of the language that the editor takes a document for. */
  language(uri: string): string | undefined {
    return this.#documents.get(uri)?.languageId;
  }

  uris(): readonly string[] {
    return [...this.#documents.keys()];
  }
}
