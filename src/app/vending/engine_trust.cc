#include "app/vending/engine_trust.h"

#include <algorithm>

#include "base/text.h"

namespace weir::app {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Only a tag passed in the session counts: a tag of the role itself says nothing about who assumed it.
const std::string* session_tag(const identity::Principal& caller) {
  if (!caller.session) return nullptr;
  for (const auto& tag : caller.session->session.tags)
    if (base::equal_ignoring_case(tag.key, kAuthorizedCallerTag)) return &tag.value;
  return nullptr;
}

}  // namespace

EngineTrust engine_trust(const identity::Principal& caller, const permissions::DataLakeSettings& owner) {
  EngineTrust out;
  auto* tag = session_tag(caller);
  if (!owner.allow_external_data_filtering) {
    out.why_not = "the data lake settings do not allow external engines (AllowExternalDataFiltering)";
  } else if (!contains(owner.external_data_filtering_allow_list, caller.account())) {
    out.why_not = "account " + caller.account() + " is not in ExternalDataFilteringAllowList";
  } else if (!tag) {
    out.why_not = "the session has no tag " + std::string(kAuthorizedCallerTag);
  } else if (!contains(owner.authorized_session_tag_values, *tag)) {
    out.why_not = "the session tag " + std::string(kAuthorizedCallerTag) + " has a value that is not authorised";
  } else {
    out.trusted = true;
    return out;
  }
  if (owner.allow_full_table_external_data_access) {
    out.trusted = true;
    out.only_full_access = true;
  }
  return out;
}

std::optional<Refusal> trust_gate(const Call& call, std::string_view owner_account, Engine engine) {
  if (engine == Engine::own) return std::nullopt;
  auto trust = engine_trust(call.caller(), call.state().permissions(owner_account).settings());
  if (trust.trusted) return std::nullopt;
  return Refusal{"trusted engine", base::denied("Access is not allowed: " + trust.why_not + ".", "access")};
}

std::optional<Refusal> full_access_gate(const Call& call, std::string_view owner_account,
                                        const permissions::TableView& view, Engine engine) {
  if (engine == Engine::own) return std::nullopt;
  auto trust = engine_trust(call.caller(), call.state().permissions(owner_account).settings());
  if (!trust.only_full_access || view.shows_everything()) return std::nullopt;
  return Refusal{"full table access",
                 base::denied("Access is not allowed: " + trust.why_not +
                                  ", and without it only callers with access to the full table are let in.",
                              "access")};
}

}  // namespace weir::app
