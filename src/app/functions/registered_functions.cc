#include "app/functions/registered_functions.h"

#include "app/executions/machine_role.h"
#include "functions/function_records.h"
#include "identity/key_ring.h"
#include "identity/sealed_secrets.h"
#include "notifications/webhook_signature.h"
#include "notifications/webhook_url.h"

namespace weir::app {

using functions::Environment;
using functions::Function;
using functions::FunctionName;
using functions::FunctionRecords;

namespace {

base::Error wrong(std::string says) { return base::invalid(std::move(says), "function"); }

FunctionName name_of(const Lake& lake, const Function& function) {
  return {lake.region, function.account, function.name, {}};
}

// What a seal is for: of this function and nothing else.
std::string secret_purpose(const Function& function) {
  return "function-secret/" + function.account + "/" + function.name;
}
std::string environment_purpose(const Function& function) {
  return "function-environment/" + function.account + "/" + function.name;
}

base::Status check_url(const std::string& url) {
  auto read = notifications::parse_webhook_url(url);
  if (!read.ok())
    return wrong(
        "Url is an absolute http or https URL of at most 2048 printable ASCII characters, without a fragment.");
  if (!read->userinfo.empty()) return wrong("Url holds no user and no password: invocations are signed.");
  return {};
}

base::Status check_webhook(const Registration& wanted) {
  WEIR_CHECK_OK(check_url(wanted.url));
  if (!wanted.role.empty()) return wrong("Role is of built-in functions: a webhook acts as nobody here.");
  if (!wanted.environment.empty()) return wrong("Environment is of built-in functions.");
  auto timeout = wanted.timeout_s.value_or(functions::kTimeoutSecondsDefault);
  if (timeout < 1 || timeout > functions::kTimeoutSecondsMax) return wrong("TimeoutSeconds is 1 to 900.");
  return {};
}

base::Status check_built_in(const Registration& wanted) {
  if (wanted.role.empty()) return wrong("A built-in function needs a Role to act as.");
  if (wanted.timeout_s) return wrong("TimeoutSeconds is of functions with a Url.");
  if (wanted.rotate_secret) return wrong("RotateSecret is of functions with a Url.");
  return functions::check_environment(wanted.environment);
}

base::Status check(const Registration& wanted) {
  if (wanted.url.empty() == !wanted.built_in) return wrong("A function has either a Url or a BuiltIn.");
  return wanted.built_in ? check_built_in(wanted) : check_webhook(wanted);
}

// Of a URL the trail hears where it leads: its path and query may open doors.
void say_what(Call& call, const Registration& wanted) {
  call.about("name", wanted.name);
  if (wanted.built_in) call.about("builtIn", functions::to_string(*wanted.built_in));
  if (!wanted.role.empty()) call.about("role", wanted.role);
  auto url = notifications::parse_webhook_url(wanted.url);
  if (url.ok()) call.about("url", url->origin);
}

base::Result<bool> is_same(const Lake& lake, const Function& there, const Registration& wanted) {
  WEIR_TRY(auto environment, environment_of(lake, there));
  return there.url == wanted.url && there.built_in == wanted.built_in && there.role == wanted.role &&
         there.timeout_s == wanted.timeout_s.value_or(functions::kTimeoutSecondsDefault) &&
         environment == wanted.environment;
}

void seal_environment(Lake& lake, Function& function, const Environment& environment) {
  auto json = base::Json::object();
  function.environment_names.clear();
  function.sealed_environment.clear();
  for (const auto& [name, value] : environment) {
    function.environment_names.push_back(name);
    json.set(name, value);
  }
  if (environment.empty()) return;
  function.sealed_environment =
      identity::seal_secret(lake.keys, environment_purpose(function), base::Secret(json.dump()), lake.randomness);
}

// The function as it is wanted, out of the one that is there; a secret that had to be made.
std::optional<base::Secret> change(Call& call, Function& function, const Registration& wanted) {
  auto& lake = call.lake();
  function.url = wanted.url;
  function.built_in = wanted.built_in;
  function.role = wanted.role;
  function.timeout_s = wanted.timeout_s.value_or(functions::kTimeoutSecondsDefault);
  function.changed = call.now();
  seal_environment(lake, function, wanted.environment);
  if (wanted.built_in) function.sealed_secret.clear();
  if (wanted.built_in || !(function.sealed_secret.empty() || wanted.rotate_secret)) return std::nullopt;
  auto secret = notifications::fresh_webhook_secret(lake.randomness);
  function.sealed_secret = identity::seal_secret(lake.keys, secret_purpose(function), secret, lake.randomness);
  return secret;
}

base::Status check_count(FunctionRecords& records, const std::string& account) {
  WEIR_TRY(auto all, records.all(account));
  if (all.size() < functions::kFunctionsMax) return {};
  return base::fail(base::Kind::limit_exceeded, "An account has 500 functions at most.", "functions");
}

// The name of a function that `action` is about, authorised. Kind::denied for those of other accounts.
base::Result<FunctionName> authorized_name(Call& call, const std::string& action, const std::string& text) {
  WEIR_TRY(auto name, functions::parse_function_name(text, call.lake().region, call.caller().account()));
  call.about("functionArn", name.arn());
  WEIR_CHECK_OK(call.authorize(Ask{.action = action, .resource = name.arn(), .owner = name.account}));
  if (name.region != call.lake().region || !name.is_latest()) return no_such_function(name);
  return name;
}

base::Result<Function> existing(store::Transaction& tx, const FunctionName& name) {
  WEIR_TRY(auto found, FunctionRecords(tx).find(name.account, name.name));
  if (!found) return no_such_function(name);
  return std::move(*found);
}

}  // namespace

base::Error no_such_function(const FunctionName& name) {
  return base::not_found("Function not found: " + name.named_arn(), "function");
}

base::Result<base::Secret> secret_of(const Lake& lake, const Function& function) {
  return identity::open_secret(lake.keys, secret_purpose(function), function.sealed_secret);
}

base::Result<Environment> environment_of(const Lake& lake, const Function& function) {
  Environment out;
  if (function.sealed_environment.empty()) return out;
  WEIR_TRY(auto text, identity::open_secret(lake.keys, environment_purpose(function), function.sealed_environment));
  WEIR_TRY(auto json, base::parse_json(text.reveal()));
  for (const auto& name : function.environment_names) out.emplace(name, json.text(name));
  return out;
}

base::Result<bool> seal_anew(Function& function, const identity::KeyRing& ring, base::Randomness& randomness) {
  WEIR_TRY(bool secret, identity::seal_text_anew(ring, secret_purpose(function), function.sealed_secret, randomness));
  WEIR_TRY(bool environment,
           identity::seal_text_anew(ring, environment_purpose(function), function.sealed_environment, randomness));
  return secret || environment;
}

base::Result<Registered> register_function(Call& call, const Registration& wanted) {
  WEIR_CHECK_OK(functions::check_function_name(wanted.name));
  FunctionName name{call.lake().region, call.caller().account(), wanted.name, {}};
  say_what(call, wanted);
  WEIR_CHECK_OK(call.authorize(Ask{.action = "weir:RegisterFunction", .resource = name.arn()}));
  WEIR_CHECK_OK(check(wanted));
  if (wanted.built_in) WEIR_CHECK_OK(check_service_role(call, kLambdaService, wanted.role, name.arn()));
  Registered out{name.arn(), {}};
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    FunctionRecords records(tx);
    WEIR_TRY(auto there, records.find(name.account, name.name));
    out.secret.reset();
    if (there) {
      WEIR_TRY(bool same, is_same(call.lake(), *there, wanted));
      if (same && !wanted.rotate_secret) return {};
    } else {
      WEIR_CHECK_OK(check_count(records, name.account));
    }
    auto function = there.value_or(Function{.account = name.account, .name = name.name, .created = call.now()});
    out.secret = change(call, function, wanted);
    return records.put(function);
  }));
  return out;
}

base::Result<ShownFunction> describe_function(Call& call, const std::string& name) {
  WEIR_TRY(auto found, authorized_name(call, "weir:DescribeFunction", name));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto function, existing(*tx, found));
  return ShownFunction{found.arn(), std::move(function)};
}

base::Result<std::vector<ShownFunction>> list_functions(Call& call) {
  WEIR_CHECK_OK(call.authorize(Ask{.action = "weir:ListFunctions"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto all, FunctionRecords(*tx).all(call.caller().account()));
  std::vector<ShownFunction> out;
  for (auto& function : all) {
    auto arn = name_of(call.lake(), function).arn();
    out.push_back({std::move(arn), std::move(function)});
  }
  return out;
}

base::Status deregister_function(Call& call, const std::string& name) {
  WEIR_TRY(auto found, authorized_name(call, "weir:DeregisterFunction", name));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto function, existing(tx, found));
    return FunctionRecords(tx).erase(function);
  });
}

}  // namespace weir::app
