/** Where Slack and people reach us over the web (product.md section 12). */
export const PATHS = { events: '/slack/events', install: '/slack/install', redirect: '/slack/oauth_redirect' } as const;
