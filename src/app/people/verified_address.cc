#include "app/people/verified_address.h"

#include "app/people/identity_credentials.h"
#include "people/console.h"
#include "people/identity_pool_records.h"
#include "people/person_records.h"

namespace weir::app {
namespace {

// Somebody who came by an identity pool.
struct Comer {
  people::Identity identity;
  people::Person person;
};

const identity::SignIn* sign_in_of(const Call& call) {
  const auto* session = call.caller().session ? &call.caller().session->session : nullptr;
  return session && session->sign_in && session->sign_in->provider == kIdentityPools ? &*session->sign_in : nullptr;
}

base::Result<std::optional<Comer>> comer_of(store::Transaction& tx, const std::string& subject) {
  WEIR_TRY(auto identity, people::IdentityPoolRecords(tx).find_identity(subject));
  if (!identity) return std::optional<Comer>();
  WEIR_TRY(auto person, people::PersonRecords(tx).find(identity->user_pool, identity->username));
  if (!person || person->sub != identity->sub) return std::optional<Comer>();
  return std::optional(Comer{std::move(*identity), std::move(*person)});
}

base::Result<bool> is_of_console(store::Transaction& tx, const std::string& account, const people::Identity& identity) {
  WEIR_TRY(auto console, people::ConsoleRecords(tx).find(account));
  return console && console->identity_pool == identity.identity_pool && console->user_pool == identity.user_pool;
}

base::Result<std::string> address_that_counts(const Call& call, const std::string& subject) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto comer, comer_of(*tx, subject));
  if (!comer || !comer->person.enabled) return std::string();
  WEIR_TRY(bool own, is_of_console(*tx, call.caller().account(), comer->identity));
  return own ? comer->person.verified_email() : std::string();
}

base::Result<std::string> any_address(const Call& call, const std::string& subject) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto comer, comer_of(*tx, subject));
  return comer ? comer->person.attribute("email") : std::string();
}

}  // namespace

std::string verified_address(const Call& call) {
  const auto* sign_in = sign_in_of(call);
  if (!sign_in) return {};
  auto found = address_that_counts(call, sign_in->subject);
  return found.ok() ? *found : std::string();
}

std::string claimed_address(const Call& call, const identity::Maker& maker) {
  if (maker.provider != kIdentityPools) return {};
  auto found = any_address(call, maker.id);
  return found.ok() ? *found : std::string();
}

}  // namespace weir::app
