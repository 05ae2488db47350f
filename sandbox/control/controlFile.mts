import type { Readable } from 'node:stream';

/** What a control gives to be downloaded, where others answer with JSON. */
export class ControlFile {
	readonly name: string;
	readonly type: string;
	readonly content: Readable;

	constructor(name: string, type: string, content: Readable) {
		this.name = name;
		this.type = type;
		this.content = content;
	}
}
