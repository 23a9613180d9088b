// Amplify's own client (v6) from the first sign-in to the last: what it says at each step, one line each.
// usage: node tests/amplify_sign_in.mjs '{"config": {userPoolId, ...}, "username", "temporary", "password"}'
import { Amplify } from '@aws-amplify/core';
import {
  confirmSignIn, fetchAuthSession, fetchUserAttributes, getCurrentUser, signIn, signOut, updatePassword,
} from '@aws-amplify/auth';
import { cognitoCredentialsProvider, cognitoUserPoolsTokenProvider } from '@aws-amplify/auth/cognito';

const { config, username, temporary, password } = JSON.parse(process.argv[2]);
const auth = { Cognito: config };
const kept = new Map();
cognitoUserPoolsTokenProvider.setAuthConfig(auth);
cognitoUserPoolsTokenProvider.setKeyValueStorage({
  setItem: async (key, value) => void kept.set(key, value),
  getItem: async (key) => kept.get(key) ?? null,
  removeItem: async (key) => void kept.delete(key),
  clear: async () => kept.clear(),
});
Amplify.configure({ Auth: auth }, {
  Auth: { tokenProvider: cognitoUserPoolsTokenProvider, credentialsProvider: cognitoCredentialsProvider },
});

const say = (what) => console.log(JSON.stringify(what));
const refusal = (doing) => doing.then(() => 'allowed', (error) => `${error.name}: ${error.message}`);

say(await refusal(signIn({ username, password: 'Wr0ng!password' })));
say((await signIn({ username, password: temporary })).nextStep.signInStep);
say((await confirmSignIn({ challengeResponse: password })).nextStep.signInStep);
const first = await fetchAuthSession();
say({ username: (await getCurrentUser()).username, identity: first.identityId, credentials: first.credentials });
const second = await fetchAuthSession({ forceRefresh: true });
say(first.tokens.accessToken.payload.jti !== second.tokens.accessToken.payload.jti);
say(await fetchUserAttributes());
await updatePassword({ oldPassword: password, newPassword: `${password}2` });
await signOut({ global: true });
say(await refusal(getCurrentUser()));
