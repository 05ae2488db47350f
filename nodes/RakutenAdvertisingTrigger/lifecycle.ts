import { sleep } from 'n8n-workflow';
import type { IHookFunctions } from 'n8n-workflow';

import { refuseNonPublic } from '../../rakuten/postback/conflict';
import { isPathKey, newKey } from '../../rakuten/postback/key';
import { readOwnUrl } from '../../rakuten/postback/ownUrl';
import type { Postback } from '../../rakuten/postback/ownUrl';
import { Registration } from '../../rakuten/postback/Registration';
import { RakutenProblem } from '../../rakuten/problem';
import { developerConnection } from '../../services/developer/developerApi';
import { activationPatience } from '../../services/patience';
import { outcomeOf } from '../../rakuten/outcome';
import { readPostback, removePostback, writePostback } from '../../services/developer/postbackApi';
import { nodeFields } from '../kit/fields/readFields';
import { log } from '../kit/log';
import { nodeError } from '../kit/nodeError';
import { keepRegistration, keptRegistration } from '../webhook/keptRegistration';
import { joinRunning } from '../webhook/joinRunning';
import { oneAtATime } from '../webhook/oneAtATime';
import { allowNonPublicAddress, ifAnotherExists, key, options, registration } from './fields';
import { ownFolder } from './webhooks';

/** Whether nothing has to be registered: all is in force already. */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	if (isTest(context)) return true;
	if (isByHand(context)) return false;
	const outcome = await outcomeOf(withRegistration(context, async (own) => await own.isInForce()));
	if (outcome.ok) return outcome.value;
	const mode = context.getActivationMode();
	if ((mode === 'init' || mode === 'leadershipChange') && keptRegistration(context).key) {
		// n8n stops to listen when this throws: postbacks would be lost for an outage of the API.
		log(
			context,
			'warn',
			`Rakuten could not be asked for the postback of "${context.getNode().name}" (${messageOf(outcome.cause)}): it is assumed to be registered as before.`,
		);
		return true;
	}
	throw await activationError(context, outcome.cause);
}

/** Registers, or, where that is done by hand, looks whether the URL can be used at all. */
export async function register(context: IHookFunctions): Promise<boolean> {
	if (isTest(context)) return true;
	const task = isByHand(context)
		? checkByHand(context)
		: withRegistration(context, async (own) => await own.register());
	const outcome = await outcomeOf(task);
	if (!outcome.ok) throw await activationError(context, outcome.cause);
	return true;
}

/** Takes the registration back. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	if (isTest(context) || isByHand(context)) return true;
	const outcome = await joinRunning(ownAddress(context), async () => {
		await withRegistration(context, async (own) => await own.unregister());
	});
	// A trigger that never was registered has nothing to take back, and nothing to complain about.
	if (!outcome.ok && keptRegistration(context).key)
		throw await activationError(context, outcome.cause);
	return true;
}

/**
 * Whether this is the editor listening for a test event, which registers nothing. When n8n begins
 * to listen, the activation mode shows this; when it ends, only the workflow not being active does.
 */
const isTest = (context: IHookFunctions) =>
	context.getActivationMode() === 'manual' || !context.getWorkflow().active;

const isByHand = (context: IHookFunctions) => nodeFields(context)(registration) === 'manual';

async function checkByHand(context: IHookFunctions): Promise<void> {
	if (!isPathKey(nodeFields(context)(key))) {
		throw new RakutenProblem(
			'keyUnusable',
			"The 'Key' can't be part of the URL",
			'Use 16 to 128 letters, digits, hyphens and underscores, and give Rakuten the URL that is then shown.',
		);
	}
	if (!allowsNonPublic(context)) refuseNonPublic(ownAddress(context));
	log(
		context,
		'info',
		`"${context.getNode().name}" registers nothing at Rakuten: register its URL by hand.`,
	);
}

async function withRegistration<T>(
	context: IHookFunctions,
	use: (registration: Registration) => Promise<T>,
): Promise<T> {
	const connected = await outcomeOf(developerConnection(context, activationPatience));
	const connection = () => {
		if (!connected.ok) throw connected.cause;
		return connected.value;
	};
	// Where the credential can't be used any more, what to restore still has to be named.
	const siteId = connected.ok
		? connected.value.siteId
		: (keptRegistration(context).siteId ?? connection().siteId);
	const address = ownAddress(context);
	/** URLs that the log may hold whole: what is registered, and what it has replaced. */
	const others = new Set<string>();
	const noteOthers = (postback: Postback | undefined) => {
		if (!postback) return;
		others.add(postback.url);
		noteOthers(readOwnUrl(postback.url)?.before);
	};
	noteOthers(keptRegistration(context).previous);
	const registration = new Registration(
		{
			siteId,
			address,
			n8nUrl: n8nUrlOf(context, address),
			policy: nodeFields(context)(ifAnotherExists),
			allowNonPublicAddress: allowsNonPublic(context),
		},
		{
			read: async () => {
				const postback = await readPostback(context, connection());
				noteOthers(postback);
				return postback;
			},
			write: async (postback) => await writePostback(context, connection(), postback),
			remove: async () => await removePostback(context, connection()),
			kept: () => keptRegistration(context),
			keep: (kept) => keepRegistration(context, kept),
			newKey,
			pause: async (seconds) => await sleep(seconds * 1000),
			log: {
				debug: (text) => log(context, 'debug', text, others),
				info: (text) => log(context, 'info', text, others),
				warn: (text) => log(context, 'warn', text, others),
				error: (text) => log(context, 'error', text, others),
			},
		},
	);
	return await oneAtATime(siteId, async () => await use(registration));
}

const allowsNonPublic = (context: IHookFunctions) =>
	nodeFields(context)(allowNonPublicAddress, options);

const ownAddress = (context: IHookFunctions) => context.getNodeWebhookUrl('default') ?? '';

/** The beginning of all webhook addresses of this n8n: ours up to what is the node's own. */
function n8nUrlOf(context: IHookFunctions, address: string): string {
	const own = ownFolder(context);
	const end = address.lastIndexOf(`/${own}/`);
	return end < 0 ? address : address.slice(0, end + 1);
}

const activationError = async (context: IHookFunctions, cause: unknown) =>
	await nodeError(context, cause, { isMessageAlone: true });

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
