// A function as it is kept: what runs when it is invoked, and as whom.
//
// INVARIANT: a built-in function has a role and no URL; a webhook has a URL and a secret and no role.
//
// Threads: values and pure functions.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/record.h"
#include "base/result.h"

namespace weir::functions {

inline constexpr int64_t kTimeoutSecondsDefault = 15, kTimeoutSecondsMax = 900;
inline constexpr size_t kEnvironmentBytesMax = 4096;  // names and values together, as AWS
inline constexpr size_t kFunctionsMax = 500;          // of an account

// The functions of AWS's data sharing sample.
enum class BuiltIn {
  get_table_details,
  share_catalog_item,
  send_approval_notification,
  activity_approver,
};
std::string_view to_string(BuiltIn which);  // "GetTableDetails"
std::optional<BuiltIn> parse_built_in(std::string_view text);
base::Json to_json(BuiltIn which);
base::Status from_json(const base::Json& json, BuiltIn& which);

using Environment = std::map<std::string, std::string>;

struct Function {
  std::string account;
  std::string name;
  std::string url = {};                        // of a webhook
  std::optional<BuiltIn> built_in = {};        // else
  std::string role = {};                       // of a built-in function
  int64_t timeout_s = kTimeoutSecondsDefault;  // of a webhook, for its whole answer
  std::string sealed_secret = {};              // of a webhook
  std::string sealed_environment = {};         // JSON
  std::vector<std::string> environment_names = {};
  base::Instant created{};
  base::Instant changed{};
};
WEIR_RECORD(Function, FIELD("Account", &Function::account), FIELD("Name", &Function::name),
            FIELD("Url", &Function::url), FIELD("BuiltIn", &Function::built_in), FIELD("Role", &Function::role),
            FIELD("TimeoutSeconds", &Function::timeout_s), FIELD("Secret", &Function::sealed_secret),
            FIELD("Environment", &Function::sealed_environment),
            FIELD("EnvironmentNames", &Function::environment_names), FIELD("Created", &Function::created),
            FIELD("Changed", &Function::changed))

// Letters, digits and _, beginning with a letter; kEnvironmentBytesMax. Kind::invalid about "environment" otherwise.
base::Status check_environment(const Environment& environment);

// Where the URL leads, without what its query says.
std::string url_without_query(std::string_view url);

}  // namespace weir::functions
