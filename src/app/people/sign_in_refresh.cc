#include "app/people/sign_in_refresh.h"

#include "app/people/client_proof.h"
#include "app/people/people_sign_in.h"
#include "app/people/person_secrets.h"
#include "app/people/sign_in_attempts.h"
#include "app/people/sign_in_faults.h"
#include "people/person_records.h"

namespace weir::app {
namespace {

using people::RefreshToken;
using people::SignIn;
using people::SignInRecords;
using people::Standing;

base::Error invalid_refresh(std::string log) { return not_signed_in("Invalid Refresh Token", std::move(log)); }

base::Error reused() {
  return base::fail(base::Kind::precondition_failed, "Refresh token has been invalidated by rotation.", "reuse");
}

// What a token is worth, read and changed in one transaction.
struct Renewal {
  SignIn sign_in;
  people::Person person;
  std::vector<people::Group> groups;
  std::optional<RefreshToken> next;
  bool reused = false;
};

// By whom, with what.
struct Shown {
  const ClientOfPool& by;
  const RefreshToken& token;
  base::Secret key;
  base::Instant now;
};

base::Result<SignIn> sign_in_of(store::Transaction& tx, const Shown& shown) {
  const auto& by = shown.by;
  WEIR_TRY(auto found, SignInRecords(tx).find(by.pool.id, shown.token.sub, shown.token.id));
  if (!found || found->client != by.client.id) return invalid_refresh("no such sign-in of this client");
  if (found->until <= shown.now) return not_signed_in("Refresh Token has expired");
  return std::move(*found);
}

base::Result<people::Person> person_behind(store::Transaction& tx, const SignIn& sign_in) {
  WEIR_TRY(auto person, people::PersonRecords(tx).find(sign_in.pool, sign_in.username));
  bool stands = person && person->sub == sign_in.sub && person->status == people::Status::confirmed;
  if (!stands) return invalid_refresh("the person is not there any more, or has to set a password");
  if (!person->enabled) return not_signed_in("User is disabled.");
  return std::move(*person);
}

// The token that was shown becomes the former one; a former one that is shown in its grace leaves that as it is.
void rotate(Lake& lake, const Shown& shown, Standing standing, Renewal& renewal) {
  auto& sign_in = renewal.sign_in;
  renewal.next = people::fresh_refresh_token(sign_in.sub, sign_in.id, shown.key, lake.randomness);
  if (standing == Standing::current) {
    sign_in.former_hash = sign_in.secret_hash;
    sign_in.former_until = shown.now + base::Seconds(shown.by.client.rotation_grace_s);
  }
  sign_in.secret_hash = renewal.next->hash();
}

base::Status renew_in(store::Transaction& tx, Lake& lake, const Shown& shown, Renewal& out) {
  out = {};
  WEIR_TRY(out.sign_in, sign_in_of(tx, shown));
  auto standing = people::standing_of(out.sign_in, shown.token, shown.key, shown.now);
  if (standing == Standing::foreign) return invalid_refresh("the secret is another");
  if (standing == Standing::reused) {
    // Somebody has a copy: nobody goes on with either.
    out.reused = true;
    return SignInRecords(tx).erase(out.sign_in);
  }
  WEIR_TRY(out.person, person_behind(tx, out.sign_in));
  WEIR_TRY(out.groups, groups_of(tx, out.person));
  if (!shown.by.client.rotates) return {};
  rotate(lake, shown, standing, out);
  return SignInRecords(tx).put(out.sign_in);
}

base::Result<Tokens> renewed(Call& call, const ClientOfPool& by, const RefreshToken& token) {
  Renewal renewal;
  auto& lake = call.lake();
  WEIR_TRY(auto key, refresh_key(lake, by.pool));
  Shown shown{by, token, std::move(key), call.now()};
  auto done = store::write(lake.store, [&](store::Transaction& tx) { return renew_in(tx, lake, shown, renewal); });
  if (!done.ok()) return noted(call, by.pool, std::move(done).error());
  if (renewal.reused) return noted(call, by.pool, reused());
  WEIR_CHECK_OK(record_own_act(call, by.pool, renewal.person.username, renewal.person.sub));
  WEIR_TRY(auto tokens, sign_tokens(lake, by, renewal.person, renewal.groups, renewal.sign_in, call.now()));
  if (renewal.next) tokens.refresh = renewal.next->text();
  return tokens;
}

// The hash is over the username, or over the sub that clients know by then.
base::Status check_hash(Call& call, const ClientOfPool& by, const RefreshToken& token, const std::string& hash) {
  if (by.client.sealed_secret.empty()) return {};
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto sign_in, SignInRecords(*tx).find(by.pool.id, token.sub, token.id));
  if (!sign_in) return invalid_refresh("no such sign-in");
  return check_secret_hash(call.lake(), by, {sign_in->username, sign_in->sub}, hash);
}

}  // namespace

base::Result<Tokens> renew(Call& call, const ClientOfPool& by, const std::string& text,
                           const std::string& secret_hash) {
  auto token = people::read_refresh_token(text);
  if (!token) return noted(call, by.pool, invalid_refresh("not a refresh token"));
  WEIR_CHECK_OK(check_hash(call, by, *token, secret_hash));
  return renewed(call, by, *token);
}

base::Result<Tokens> refresh_tokens(Call& call, const RefreshRequest& request) {
  WEIR_TRY(auto by, find_client(call, request.client));
  if (!by.client.allows(people::Flow::refresh)) return wrong_parameter("Refresh flow not enabled for this client");
  WEIR_CHECK_OK(check_client_secret(call.lake(), by, request.client_secret));
  auto token = people::read_refresh_token(request.token);
  if (!token) return noted(call, by.pool, invalid_refresh("not a refresh token"));
  return renewed(call, by, *token);
}

base::Status revoke_token(Call& call, const RefreshRequest& request) {
  WEIR_TRY(auto by, find_client(call, request.client));
  WEIR_CHECK_OK(check_client_secret(call.lake(), by, request.client_secret));
  auto token = people::read_refresh_token(request.token);
  if (!token) {
    if (std::count(request.token.begin(), request.token.end(), '.') != 2) return {};
    return base::fail(base::Kind::unsupported, "Only refresh tokens can be revoked.", "token type");
  }
  WEIR_TRY(auto key, refresh_key(call.lake(), by.pool));
  std::optional<SignIn> ended;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(ended, SignInRecords(tx).find(by.pool.id, token->sub, token->id));
    bool own = ended && ended->client == by.client.id &&
               people::standing_of(*ended, *token, key, call.now()) != Standing::foreign;
    if (!own) return ended.reset(), base::Status();
    return SignInRecords(tx).erase(*ended);
  }));
  return ended ? record_own_act(call, by.pool, ended->username, ended->sub) : base::Status();
}

}  // namespace weir::app
