#include "app/later_calls.h"

#include "identity/authenticate.h"

namespace weir::app {

base::Result<Call> call_as(Lake& lake, identity::TokenCache& tokens, const identity::Credentials& credentials,
                           Facts facts) {
  WEIR_TRY(auto state, lake.governance.current());
  facts.access_key_id = credentials.access_key_id;
  identity::PresentedKey key{credentials.access_key_id, std::string_view(credentials.token)};
  WEIR_TRY(auto who, identity::authenticate(key, state->directory, lake.keys, tokens, facts.now));
  return Call(lake, std::move(state), std::move(who.principal), std::move(facts));
}

Facts LaterCalls::facts(std::string service, std::string operation) const {
  auto facts = facts_;
  facts.service = std::move(service);
  facts.operation = std::move(operation);
  facts.request_id = base::quick_uuid();
  facts.now = lake_->clock.now();
  return facts;
}

base::Result<Call> LaterCalls::call(std::string service, std::string operation) const {
  return as_caller(facts(std::move(service), std::move(operation)));
}

base::Result<Call> LaterCalls::again() const {
  auto facts = facts_;
  facts.now = lake_->clock.now();
  return as_caller(std::move(facts));
}

base::Result<Call> LaterCalls::as_caller(Facts facts) const {
  WEIR_TRY(auto state, lake_->governance.current());
  WEIR_TRY(auto caller, identity::authenticate_again(*caller_, facts.access_key_id, state->directory, facts.now));
  return Call(*lake_, std::move(state), std::move(caller), std::move(facts));
}

base::Result<Call> LaterCalls::call_as(identity::TokenCache& tokens, const identity::Credentials& credentials,
                                       std::string service, std::string operation) const {
  return app::call_as(*lake_, tokens, credentials, facts(std::move(service), std::move(operation)));
}

}  // namespace weir::app
