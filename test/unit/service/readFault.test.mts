import fc from 'fast-check';

import { readFault } from '../../../rakuten/service/readFault';

describe('readFault', () => {
	it.each([
		['', { words: '', form: 'empty' }],
		['  \n', { words: '', form: 'empty' }],
		['\uFEFF{"message":"No records found"}', { words: 'No records found', form: 'json' }],
		[
			'{"message":"limit must be between 1 and 200","error":"REQUEST_PARAM_INVALID"}',
			{ words: 'limit must be between 1 and 200; REQUEST_PARAM_INVALID', form: 'json' },
		],
		[
			'{"error":"invalid_request","error_description":"The access token is missing"}',
			{ words: 'The access token is missing; invalid_request', form: 'json' },
		],
		[
			'{"fault":{"code":900901,"message":"Invalid Credentials","description":"Access failure"}}',
			{ words: 'Invalid Credentials; Access failure', code: 900901, form: 'json' },
		],
		['{"errors":["one","two","one"]}', { words: 'one; two', form: 'json' }],
		['{"errors":[{"message":"one"}]}', { words: 'one', form: 'json' }],
		[
			'"You cannot consume this service"',
			{ words: 'You cannot consume this service', form: 'json' },
		],
		[
			'The number of requests allowed per minute\nhas been exceeded',
			{ words: 'The number of requests allowed per minute has been exceeded', form: 'text' },
		],
		['{"message": cut', { words: '{"message": cut', form: 'text' }],
		[
			'<!DOCTYPE html>\n<html><head><title>Down &amp; out</title></head></html>',
			{ words: 'Down & out', form: 'html' },
		],
		['<html lang="en"><body>no title', { words: '', form: 'html' }],
	])('§1.1 reads %j', (body, fault) => {
		expect(readFault(body)).toEqual({ code: undefined, ...fault });
	});

	it.each(['ams', 'amt'])('§10.20 reads the older gateway with the prefix %s', (prefix) => {
		const body = `<${prefix}:fault xmlns:${prefix}="http://wso2.org/apimanager/security"><${prefix}:code>900904</${prefix}:code><${prefix}:message>Access Token Inactive</${prefix}:message><${prefix}:description>Access failure &lt;x&gt;</${prefix}:description></${prefix}:fault>`;
		expect(readFault(body)).toEqual({
			words: 'Access Token Inactive; Access failure <x>',
			code: 900904,
			form: 'xml',
		});
	});

	it('reads XML without a prefix and other names', () => {
		expect(readFault('<Errors><ErrorText>Invalid key</ErrorText></Errors>')).toMatchObject({
			words: 'Invalid key',
			form: 'xml',
		});
		expect(
			readFault('<?xml version="1.0"?><XMLFault><faultstring>no</faultstring></XMLFault>').words,
		).toBe('no');
	});

	it('never throws, and says one line', () => {
		const pieces = fc.constantFrom(
			'{',
			'}',
			'[',
			'"',
			'<',
			'>',
			'message',
			':',
			'code',
			'\n',
			'&',
			' ',
		);
		fc.assert(
			fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), (parts) => {
				expect(readFault(parts.join('')).words).not.toMatch(/[\n\r]/);
			}),
		);
	});
});
