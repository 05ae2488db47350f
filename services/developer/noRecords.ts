import { ServiceProblem } from '../problem';

/** How Rakuten says that there is nothing to show (OpenAPI file, and seen). */
export const nothing =
	/\bno (?:records?|results?|data|transactions?|events?)(?: were| was)? (?:found|available)|postback not found|RESOURCE_NOT_FOUND/i;

/** A 404 in these words; any other is a wrong address. */
export const saysNone = (cause: unknown): boolean =>
	cause instanceof ServiceProblem && cause.problemName === 'notFound' && nothing.test(cause.said);
