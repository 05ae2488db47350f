import type { IBinaryData, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { MediarailsCsv } from '../../nodes/MediarailsCsv/MediarailsCsv.node';
import { readBinary, runNode, storeBinary } from './harness.mts';
import type { NodeRun, NodeRunSettings } from './harness.mts';

export interface MediarailsRun extends NodeRun {
	/** What the first item of Import-Ready holds: the summary, if a file was asked for. */
	summary: Record<string, unknown>;
}

/** Runs Mediarails CSV on items, for the brand Acme unless told otherwise. */
export async function runMediarails(
	inputItems: INodeExecutionData[],
	parameters: INodeParameters = {},
	settings: Partial<NodeRunSettings> = {},
): Promise<MediarailsRun> {
	const run = await runNode({
		node: new MediarailsCsv(),
		parameters: {
			brand: 'Acme',
			network: 'LinkShare',
			binaryField: '',
			joinDateFormat: 'detect',
			output: 'csv',
			...parameters,
		},
		inputItems,
		...settings,
	});
	return { ...run, summary: run.outputs[0]?.[0]?.json ?? {} };
}

/** An item with files in n8n's store, by field. */
export async function itemWith(
	files: Record<string, string | Uint8Array>,
	json: INodeExecutionData['json'] = {},
): Promise<INodeExecutionData> {
	const binary: Record<string, IBinaryData> = {};
	for (const [field, content] of Object.entries(files)) {
		binary[field] = await storeBinary(content, `${field}.csv`);
	}
	return { json, binary };
}

/** The text of the file that an item of an output has. */
export async function fileText(item: INodeExecutionData, field = 'data'): Promise<string> {
	return (await readBinary(item.binary![field])).toString('utf8');
}
