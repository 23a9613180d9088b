#include "policy/document.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/text.h"

namespace weir::policy {

using base::Json;
using base::Result;
using base::Status;

namespace {

constexpr size_t kDepthMax = 32;
// Above every quota; keeps a hostile text from being parsed at all.
constexpr size_t kBytesMax = 256 * 1024;

base::Error malformed(std::string says, std::string log = {}) {
  auto error = base::fail(base::Kind::malformed_policy, std::move(says), "policy");
  error.log = std::move(log);
  return error;
}

// Control characters but tab, line feed and carriage return; outside bucket policies also everything
// above U+00FF, which in UTF-8 starts with a byte of 0xC4 or more.
bool is_allowed_character(char c, PolicyKind kind) {
  auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return kind == PolicyKind::resource || byte < 0xc4;
}

bool has_allowed_characters(std::string_view text, PolicyKind kind) {
  return std::all_of(text.begin(), text.end(), [kind](char c) { return is_allowed_character(c, kind); });
}

Status check_strings(const Json& value, PolicyKind kind) {
  if (auto* text = value.as_string(); text && !has_allowed_characters(*text, kind))
    return malformed("Syntax errors in policy. Invalid character.");
  if (auto* items = value.as_array())
    for (auto& item : *items) WEIR_CHECK_OK(check_strings(item, kind));
  if (!value.as_object()) return {};
  std::unordered_set<std::string_view> seen;
  for (auto& [name, member] : *value.as_object()) {
    if (!has_allowed_characters(name, kind)) return malformed("Syntax errors in policy. Invalid character.");
    if (!seen.insert(name).second) return malformed("Syntax errors in policy. Duplicate key: " + name.substr(0, 64));
    WEIR_CHECK_OK(check_strings(member, kind));
  }
  return {};
}

Result<Json> read_json(std::string_view text, PolicyKind kind) {
  if (text.size() > kBytesMax) return base::fail(base::Kind::limit_exceeded, "The policy is too long.", "policy");
  if (!has_allowed_characters(text, kind)) return malformed("Syntax errors in policy. Invalid character.");
  auto json = base::parse_json(text, kDepthMax);
  if (!json.ok() || !json->as_object()) {
    bool bucket = kind == PolicyKind::resource;
    return malformed(bucket ? "Policies must be valid JSON and the first byte must be '{'" : "Syntax errors in policy.",
                     json.ok() ? "" : json.error().says);
  }
  WEIR_CHECK_OK(check_strings(*json, kind));
  return json;
}

Result<Variables> read_version(const Json& document) {
  auto* version = document.find("Version");
  if (!version) return Variables::literal;
  auto* text = version->as_string();
  if (text && *text == "2012-10-17") return Variables::replaced;
  if (text && *text == "2008-10-17") return Variables::literal;
  return malformed("The policy must contain a valid version string");
}

Status check_top(const Json& document, PolicyKind kind) {
  for (auto& [name, value] : *document.as_object()) {
    if (name == "Version" || name == "Statement") continue;
    if (name != "Id") return malformed("Syntax errors in policy. Unknown field: " + name.substr(0, 64));
    if (!names_principals(kind)) return malformed("Has prohibited field Id");
    if (!value.as_string()) return malformed("Syntax errors in policy. Wrong type of value for Id");
  }
  return {};
}

Result<std::vector<Statement>> read_statements(const Json& document, const Reading& reading) {
  auto* element = document.find("Statement");
  if (!element) return malformed("Missing required field Statement");
  std::vector<Statement> out;
  if (!element->as_array()) {
    WEIR_TRY(auto only, Statement::compile(*element, reading));
    out.push_back(std::move(only));
    return out;
  }
  if (element->as_array()->empty()) return malformed("Syntax errors in policy. Statement is empty.");
  for (auto& item : *element->as_array()) {
    WEIR_TRY(auto statement, Statement::compile(item, reading));
    out.push_back(std::move(statement));
  }
  return out;
}

Status check_sids(const std::vector<Statement>& statements) {
  std::set<std::string_view> seen;
  for (auto& statement : statements) {
    if (!statement.sid().empty() && !seen.insert(statement.sid()).second)
      return malformed("Statement IDs (SID) in a single policy must be unique.");
  }
  return {};
}

Result<std::vector<Statement>> read_document(std::string_view text, PolicyKind kind, bool lenient) {
  WEIR_TRY(auto document, read_json(text, kind));
  WEIR_CHECK_OK(check_top(document, kind));
  WEIR_TRY(auto variables, read_version(document));
  WEIR_TRY(auto statements, read_statements(document, Reading{kind, variables, lenient}));
  WEIR_CHECK_OK(check_sids(statements));
  return statements;
}

}  // namespace

class PolicyBuilder {
 public:
  static PolicyPtr build(std::string_view text, PolicyKind kind, std::vector<Statement> statements) {
    auto out = std::shared_ptr<Policy>(new Policy());
    out->text_ = text;
    out->kind_ = kind;
    out->counted_size_ = count_without_white_space(text);
    out->statements_ = std::move(statements);
    for (uint32_t i = 0; i < out->statements_.size(); ++i) out->by_action_.add(i, out->statements_[i]);
    return out;
  }

  static PolicyPtr build_unreadable(std::string_view text, PolicyKind kind) {
    auto out = std::shared_ptr<Policy>(new Policy(*build(text, kind, {Statement::deny_everything(kind)})));
    out->unreadable_ = true;
    return out;
  }

  static PolicyPtr bind(const Policy& policy, const Bindings& bindings) {
    auto out = std::shared_ptr<Policy>(new Policy(policy));
    out->bindings_ = bindings;
    for (auto& statement : out->statements_) bind(statement, bindings);
    return out;
  }

 private:
  static void bind(Statement& statement, const Bindings& bindings) {
    if (!statement.principal()) return;
    for (auto& pattern : statement.principal()->patterns()) {
      auto found = bindings.find(pattern.value());
      if (pattern.resolvable() && found != bindings.end()) pattern.bind(found->second);
    }
  }
};

size_t size_limit(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::identity: return 10240;  // the inline policies of a role together
    case PolicyKind::trust: return 4096;
    case PolicyKind::resource: return 20480;
    case PolicyKind::session: return kBytesMax;  // what counts is the packed token, which its sealer measures
    case PolicyKind::scp: return 5120;
    case PolicyKind::boundary: return 6144;
  }
  return 0;
}

size_t count_without_white_space(std::string_view text) {
  auto white =
      std::count_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return base::utf8_length(text) - static_cast<size_t>(white);
}

namespace {

std::string quota_name(PolicyKind kind) { return kind == PolicyKind::trust ? "ACLSizePerRole" : "PolicySize"; }

}  // namespace

Result<PolicyPtr> parse_policy(std::string_view text, PolicyKind kind) {
  WEIR_TRY(auto statements, read_document(text, kind, false));
  auto policy = PolicyBuilder::build(text, kind, std::move(statements));
  if (policy->counted_size() > size_limit(kind))
    return base::fail(base::Kind::limit_exceeded,
                      "Cannot exceed quota for " + quota_name(kind) + ": " + std::to_string(size_limit(kind)),
                      "policy");
  return policy;
}

PolicyPtr load_policy(std::string_view text, PolicyKind kind) {
  auto statements = read_document(text, kind, true);
  if (!statements.ok()) return PolicyBuilder::build_unreadable(text, kind);
  return PolicyBuilder::build(text, kind, std::move(*statements));
}

std::vector<std::string> principal_arns(const Policy& policy) {
  std::vector<std::string> out;
  for (auto& statement : policy.statements()) {
    if (!statement.principal()) continue;
    for (auto& pattern : statement.principal()->patterns()) {
      if (pattern.resolvable() && std::find(out.begin(), out.end(), pattern.value()) == out.end())
        out.push_back(pattern.value());
    }
  }
  return out;
}

Result<PolicyPtr> bind_principals(const PolicyPtr& policy, const PrincipalResolver& resolver) {
  Bindings bindings;
  for (auto& arn : principal_arns(*policy)) {
    auto id = resolver(arn);
    if (!id || id->empty()) return malformed("Invalid principal in policy: \"AWS\":\"" + arn.substr(0, 256) + "\"");
    bindings.emplace(arn, std::move(*id));
  }
  return PolicyBuilder::bind(*policy, bindings);
}

PolicyPtr with_bindings(const PolicyPtr& policy, const Bindings& bindings) {
  return PolicyBuilder::bind(*policy, bindings);
}

namespace {

using Gone = std::map<std::string_view, std::string_view>;

void replace_texts(Json& value, const Gone& gone) {
  if (auto* text = value.as_string()) {
    if (auto found = gone.find(*text); found != gone.end()) value = Json(found->second);
  } else if (auto* items = value.as_array()) {
    for (auto& item : *items) replace_texts(item, gone);
  } else if (auto* members = value.as_object()) {
    for (auto& [name, member] : *members) replace_texts(member, gone);
  }
}

void replace_principals(Json& statement, const Gone& gone) {
  for (std::string_view field : {"Principal", "NotPrincipal"})
    if (auto* element = statement.find(field)) replace_texts(*element, gone);
}

}  // namespace

std::string published_text(const Policy& policy,
                           const std::function<bool(std::string_view, std::string_view)>& still_there) {
  Gone gone;
  for (auto& [arn, id] : policy.bindings())
    if (!still_there(arn, id)) gone.emplace(arn, id);
  if (gone.empty()) return policy.text();
  auto document = base::parse_json(policy.text(), kDepthMax);
  auto* statements = document.ok() ? document->find("Statement") : nullptr;
  if (!statements) return policy.text();
  if (!statements->as_array()) {
    replace_principals(*statements, gone);
  } else {
    for (auto& statement : *statements->as_array()) replace_principals(statement, gone);
  }
  return document->dump();
}

}  // namespace weir::policy
