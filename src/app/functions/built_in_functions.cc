#include "app/functions/built_in_functions.h"

#include "app/approvals/approval_notification.h"
#include "app/functions/legacy_link.h"
#include "app/functions/registered_functions.h"
#include "app/operations.h"
#include "app/requests/strict_flags.h"
#include "workflow/values.h"

namespace weir::app {
namespace {

using base::Json;

constexpr char kOwnerKey[] = "data_owner", kPiiKey[] = "pii_flag";

const Json kNothing;

const Json& member(const Json& value, std::string_view name) {
  auto* found = value.find(name);
  return found ? *found : kNothing;
}

bool is_text(const Json& value, std::string_view text) { return value.as_string() && *value.as_string() == text; }

// What is not there is not sent.
Json& set_given(Json& input, std::string name, const Json& value) {
  if (!value.is_null()) input.set(std::move(name), value);
  return input;
}

bool has_pii(const Json& parameters) { return parameters.text(kPiiKey) == "true"; }

bool any_column_has_pii(const Json& columns) {
  for (const auto& column : *columns.as_array())
    if (has_pii(member(column, "Parameters"))) return true;
  return false;
}

// Whether a column of the table is flagged, as a JSON boolean.
base::Result<Invoked> pii_of_table(const BuiltInCall& call, const Json& database, const Json& table) {
  auto input = Json::object();
  set_given(input, "DatabaseName", database);
  set_given(input, "Name", table);
  WEIR_TRY(auto details, perform_as(call.role, call.lake, "glue", "GetTable", input));
  if (details.failure) return details;
  auto columns = property(details.payload, {"Table", "StorageDescriptor", "Columns"});
  if (columns.failure) return columns;
  bool flagged = columns.payload.as_array() && any_column_has_pii(columns.payload);
  return Invoked{.payload = flagged};
}

base::Result<Invoked> get_table_details(const BuiltInCall& call) {
  const auto& event = call.invocation.payload;
  const auto &database = member(event, "database"), &table = member(event, "table");
  auto input = Json::object();
  set_given(input, "Name", database);
  WEIR_TRY(auto details, perform_as(call.role, call.lake, "glue", "GetDatabase", input));
  if (details.failure) return details;
  const auto& parameters = member(member(details.payload, "Database"), "Parameters");
  auto* owner = parameters.find(kOwnerKey);
  if (!owner) return function_error("Error", "Missing data_owner parameter in database");
  Invoked pii{.payload = has_pii(parameters)};
  if (!is_text(table, "*")) {
    WEIR_TRY(pii, pii_of_table(call, database, table));
    if (pii.failure) return pii;
  }
  if (asks_for_strict_flags(call.environment)) {
    const auto& account = call.invocation.function.account;
    WEIR_TRY(pii, strict_pii(call.lake, account, input.text("Name"), table.as_string() ? *table.as_string() : ""));
    if (pii.failure) return pii;
  }
  return Invoked{.payload = Json::object().set("has_pii", pii.payload).set("data_owner", *owner)};
}

base::Result<Invoked> share_catalog_item(const BuiltInCall& call) {
  const auto& event = call.invocation.payload;
  auto account = property(event, {"target", "account_id"});
  if (account.failure) return account;
  auto table = property(event, {"source", "table"});
  if (table.failure) return table;
  auto database = property(event, {"source", "database"}).payload;
  auto resource = Json::object(), principal = Json::object();
  set_given(resource, "DatabaseName", database);
  if (is_text(table.payload, "*")) {
    resource.set("TableWildcard", Json::object());
  } else {
    set_given(resource, "Name", table.payload);
  }
  set_given(principal, "DataLakePrincipalIdentifier", account.payload);
  auto permissions = Json::array().push("SELECT").push("DESCRIBE");
  auto input = Json::object()
                   .set("Permissions", permissions)
                   .set("PermissionsWithGrantOption", permissions)
                   .set("Principal", principal)
                   .set("Resource", Json::object().set("Table", resource));
  return perform_as(call.role, call.lake, "lakeformation", "GrantPermissions", input);
}

}  // namespace

// The one role that a built-in function assumes is the producer's, under the name the sample gives the session.
MachineRole::Holder holder_of(const functions::Function& function, const std::string& arn, base::Instant now) {
  auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  return {.account = function.account,
          .machine_arn = arn,
          .role_arn = function.role,
          .session_name = session_name_of(function.name),
          .service = kLambdaService,
          .further_session_name = "ProducerWorkflowRole-AssumedRole-" + std::to_string(millis)};
}

base::Result<Invoked> perform_as(const MachineRole& role, const Lake& lake, const std::string& service,
                                 const std::string& operation, const Json& input,
                                 const std::optional<std::string>& further) {
  CHECK_TRUE(lake.operations, "a program that invokes functions serves the operations they call");
  auto call = role.call(service, operation, further);
  if (!call.ok()) {
    if (call.error().kind == base::Kind::internal) return std::move(call).error();
    return function_error("AccessDenied", call.error().says);
  }
  WEIR_TRY(auto done, lake.operations->perform(*call, service, operation, input.dump()));
  if (!done.accepted) return function_error(done.code, done.message);
  if (done.answer.empty()) return Invoked{.payload = Json::object()};
  WEIR_TRY(auto answer, workflow::parse_payload(done.answer));
  return Invoked{.payload = std::move(answer)};
}

Invoked property(const Json& value, const std::vector<std::string>& path) {
  const auto* at = &value;
  for (const auto& name : path) {
    if (at->is_null()) return function_error("TypeError", "Cannot read property '" + name + "' of undefined");
    at = &member(*at, name);
  }
  return {.payload = *at};
}

base::Result<Invoked> invoke_built_in(const BuiltInCall& call) {
  using functions::BuiltIn;
  switch (*call.invocation.function.built_in) {
    case BuiltIn::get_table_details: return get_table_details(call);
    case BuiltIn::share_catalog_item: return share_catalog_item(call);
    case BuiltIn::send_approval_notification: return send_approval_notification(call);
    case BuiltIn::activity_approver: return approve_activity(call);
  }
  return base::internal("a built-in function of no kind");
}

}  // namespace weir::app
