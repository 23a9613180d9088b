// The tokens of people: what an id token and an access token say, and what an access token opens.
//
// Invariants:
//  1. An access token counts while its sign-in is there, the person is enabled, and it was not outlived: ending a
//     sign-in ends its tokens for every operation here.
//  2. Keys come from the pool that the token names and from nowhere else; only RS256.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "app/people/pool_access.h"
#include "people/group.h"
#include "people/person.h"
#include "people/sign_in.h"

namespace weir::app {

struct Tokens {
  std::string access;
  std::string id;
  std::optional<base::Secret> refresh;
  int64_t access_seconds = 0;
};

// A new sign-in of a person who has proved everything, and its refresh token.
struct BegunSignIn {
  people::SignIn sign_in;
  people::RefreshToken refresh;
};
base::Result<BegunSignIn> begin_sign_in(Lake& lake, const ClientOfPool& by, const people::Person& person,
                                        base::Instant now);

// `groups`: those the person is in.
base::Result<Tokens> sign_tokens(Lake& lake, const ClientOfPool& by, const people::Person& person,
                                 const std::vector<people::Group>& groups, const people::SignIn& sign_in,
                                 base::Instant now);

base::Result<std::vector<people::Group>> groups_of(store::Transaction& tx, const people::Person& person);

// Whose access token it is. unauthenticated otherwise.
struct TokenHolder {
  people::UserPool pool;
  people::PoolClient client;
  people::Person person;
  people::SignIn sign_in;
};
base::Result<TokenHolder> holder_of(Call& call, const std::string& access_token);

// The same person with the same door, in the transaction that changes something about it.
base::Result<people::Person> same_person(store::Transaction& tx, const people::Person& as_seen);

}  // namespace weir::app
