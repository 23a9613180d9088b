// Whether a caller is an engine that the owner of a table trusts to filter (lakeformation.md 5.1, 5.3 step 3):
// the owner's switch is on, the caller's account is on its list, and the session carries an authorised tag.
// Or the owner lets full-table readers in without a tag.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"

namespace weir::app {

inline constexpr std::string_view kAuthorizedCallerTag = "LakeFormationAuthorizedCaller";

struct EngineTrust {
  bool trusted = false;
  bool only_full_access = false;  // let in by the full-table switch: no tag, no filtering
  std::string why_not;
};

// Who filters: an engine elsewhere, which needs to be trusted, or this program's own, which is, as AWS's are.
enum class Engine { elsewhere, own };

EngineTrust engine_trust(const identity::Principal& caller, const permissions::DataLakeSettings& owner);

// The gate before Lake Formation's: is the caller an engine that may ask at all?
std::optional<Refusal> trust_gate(const Call& call, std::string_view owner_account, Engine engine);
// The gate after it: without a session tag only access to the full table will do.
std::optional<Refusal> full_access_gate(const Call& call, std::string_view owner_account,
                                        const permissions::TableView& view, Engine engine);

}  // namespace weir::app
