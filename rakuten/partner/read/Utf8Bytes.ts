import type { TextEncoding } from './EncodingDetector';

/**
 * Turns the bytes of a text into those of the same text in UTF-8, piece by piece, cut anywhere, so
 * that one CSV reader, which works on bytes, reads every encoding. UTF-8 passes as it is.
 */
export class Utf8Bytes {
	private readonly decoder: InstanceType<typeof TextDecoder> | undefined;

	constructor(private readonly encoding: TextEncoding) {
		const isReadHere = encoding === 'utf-8' || encoding === 'windows-1252';
		this.decoder = isReadHere ? undefined : new TextDecoder(encoding);
	}

	write(chunk: Uint8Array): Uint8Array {
		if (this.encoding === 'utf-8') return chunk;
		if (this.decoder) return Buffer.from(this.decoder.decode(chunk, { stream: true }));
		return fromWindows1252(chunk);
	}

	/** What is left of a text that ends within a character. */
	end(): Uint8Array {
		return Buffer.from(this.decoder?.decode() ?? '');
	}
}

/**
 * Bytes 128 to 159, where Windows-1252 differs from Latin-1 (WHATWG's table). Written out because
 * TextDecoder took it for Latin-1 in several releases of Node.
 */
const upper = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function fromWindows1252(chunk: Uint8Array): Uint8Array {
	const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
	const isPlain = !/[\x80-\xff]/.test(text);
	if (isPlain) return chunk;
	return Buffer.from(text.replace(/[\x80-\x9f]/g, (byte) => upper[byte.charCodeAt(0) - 0x80]));
}
