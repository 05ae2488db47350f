import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
} from 'n8n-workflow';

/** A credential as n8n's database has it: runs and processes share it, and a refresh changes it. */
export class StoredCredential {
	/** Times that a refresh was stored. */
	writes = 0;
	private data: ICredentialDataDecryptedObject;

	/** @param latency milliseconds that the database takes to read or write */
	constructor(
		data: ICredentialDataDecryptedObject,
		private readonly latency = 0,
	) {
		this.data = structuredClone(data);
	}

	async read(): Promise<ICredentialDataDecryptedObject> {
		await this.wait();
		return structuredClone(this.data);
	}

	async write(data: ICredentialDataDecryptedObject): Promise<void> {
		await this.wait();
		this.writes++;
		this.data = structuredClone(data);
	}

	/** Changes fields as the user does in the editor. */
	edit(fields: ICredentialDataDecryptedObject): void {
		Object.assign(this.data, structuredClone(fields));
	}

	private async wait(): Promise<void> {
		if (this.latency > 0) await new Promise((resolve) => setTimeout(resolve, this.latency));
	}
}

/** The credential of a node: its type, and what is stored, or the data of one that nobody shares. */
export interface UsedCredential {
	type: ICredentialType;
	data?: ICredentialDataDecryptedObject;
	stored?: StoredCredential;
}

/**
 * Does what n8n's own helper does (CredentialsHelper of n8n 2.41): reads the stored credential for
 * every request, applies the type's defaults and `authenticate`, and on `preAuthentication` asks
 * for a token if there is none, if it has expired, or in a credential test, and stores it. (A test
 * asks for one only if n8n knows its No Operation node by the full name, which it does or does not,
 * depending on how nodes are loaded. Here it does, which is the harder case.)
 */
export function credentialsHelper(credentials: readonly UsedCredential[]) {
	const used = credentials.map(({ type, data = {}, stored }) => ({
		type,
		stored: stored ?? new StoredCredential(data),
	}));
	const of = (name: string) => used.find(({ type }) => type.name === name);
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		async authenticate(
			data: ICredentialDataDecryptedObject,
			name: string,
			options: IHttpRequestOptions,
		) {
			const authenticate = of(name)?.type.authenticate;
			return typeof authenticate === 'function' ? await authenticate(data, options) : options;
		},
		async preAuthentication(
			helpers: IHttpRequestHelper,
			data: ICredentialDataDecryptedObject,
			name: string,
			node: INode,
			expired: boolean,
		) {
			const { type, stored } = of(name)!;
			const expirable = type.properties.find(
				(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
			);
			if (expirable === undefined || typeof type.preAuthentication !== 'function') return undefined;
			const isTest = node.parameters?.temp === '' && node.type === 'n8n-nodes-base.noOp';
			if (data[expirable.name] !== '' && !expired && !isTest) return undefined;
			const output = await type.preAuthentication.call(helpers, data);
			if (output[expirable.name] === undefined || !node.credentials) return undefined;
			await stored.write({ ...(await stored.read()), ...output } as ICredentialDataDecryptedObject);
			return Object.assign(data, output);
		},
		runPreAuthentication: async () => undefined,
		async getDecrypted(_additional: unknown, _details: unknown, name: string) {
			const credential = of(name);
			return { ...defaultsOf(credential?.type), ...(await credential?.stored.read()) };
		},
		getCredentialsProperties: (name: string) => of(name)?.type.properties ?? [],
		updateCredentials: async (
			_details: unknown,
			name: string,
			data: ICredentialDataDecryptedObject,
		) => await of(name)?.stored.write(data),
		updateCredentialsOauthTokenData: async () => undefined,
	};
}

const defaultsOf = (type: ICredentialType | undefined) =>
	Object.fromEntries((type?.properties ?? []).map(({ name, default: value }) => [name, value]));
