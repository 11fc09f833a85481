import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** What a TLS server needs to show. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority that nobody trusts who is not told to. */
export class Authority {
  readonly #own: Certificate;
  /** Its certificate, as PEM. */
  readonly file: string;

  private constructor(own: Certificate, file: string) {
    this.#own = own;
    this.file = file;
  }

  static async make(folder: string, name: string): Promise<Authority> {
    const made = await generate([{ name: 'commonName', value: name }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    });
    const file = join(folder, `${name}.pem`);
    writeFileSync(file, made.cert);
    return new Authority({ key: made.private, cert: made.cert }, file);
  }

  /** For a server with these names; a name of digits is an address. */
  async certify(names: readonly string[], notAfterDate?: Date): Promise<Certificate> {
    const altNames = names.map((name) =>
      /^[\d.]+$/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
    );
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'server of a test' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      ca: this.#own,
      ...(notAfterDate && { notBeforeDate: new Date(notAfterDate.getTime() - 86_400_000), notAfterDate }),
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames },
      ],
    });
    return { key, cert };
  }
}
