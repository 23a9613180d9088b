#include "policy/statement.h"

#include <algorithm>

#include "base/text.h"

namespace weir::policy {

using base::Json;
using base::Result;
using base::Status;

namespace {

base::Error malformed(std::string says) { return base::fail(base::Kind::malformed_policy, std::move(says), "policy"); }

base::Error no_vendor() {
  return malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
}

constexpr std::string_view kFields[] = {"Sid",         "Effect",    "Action",       "NotAction", "Resource",
                                        "NotResource", "Principal", "NotPrincipal", "Condition"};

Status only_known_fields(const Json::Object& element) {
  for (auto& [name, value] : element) {
    if (std::find(std::begin(kFields), std::end(kFields), name) == std::end(kFields))
      return malformed("Syntax errors in policy. Unknown field: " + name.substr(0, 64));
  }
  return {};
}

// A text or a list of texts.
Result<std::vector<std::string>> texts(const Json& value, std::string_view field) {
  auto wrong = [&] { return malformed("Syntax errors in policy. Wrong type of value for " + std::string(field)); };
  if (auto* one = value.as_string()) return std::vector<std::string>{*one};
  if (!value.as_array()) return wrong();
  std::vector<std::string> out;
  for (auto& item : *value.as_array()) {
    if (!item.as_string()) return wrong();
    out.push_back(*item.as_string());
  }
  return out;
}

// Exactly one of a field and its inverse, or neither.
struct OneOf {
  const Json* value = nullptr;
  bool inverted = false;
};
Result<OneOf> one_of(const Json& element, std::string_view field, std::string_view inverse) {
  auto* plain = element.find(field);
  auto* inverted = element.find(inverse);
  if (plain && inverted) {
    auto says = std::string("Statement must not contain both ");
    return malformed(says.append(field).append(" and ").append(inverse).append("."));
  }
  return OneOf{plain ? plain : inverted, inverted != nullptr};
}

bool is_vendor(std::string_view service) {
  return !service.empty() && std::all_of(service.begin(), service.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_action_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<Statement::ActionPattern> compile_action(std::string_view text) {
  auto lower = base::to_lower(text);
  Statement::ActionPattern out;
  if (lower == "*" || lower == "*:*") {
    out.service = "*";
    WEIR_TRY(out.whole, Pattern::compile("*", Wildcards::live, Variables::literal));
    return out;
  }
  auto colon = lower.find(':');
  if (colon == std::string::npos) return no_vendor();
  out.service = lower.substr(0, colon);
  if (!is_vendor(out.service)) return malformed("Vendor " + out.service.substr(0, 64) + " is not valid");
  if (!is_action_name(std::string_view(lower).substr(colon + 1)))
    return malformed("Syntax errors in policy. Invalid action: " + std::string(text.substr(0, 128)));
  WEIR_TRY(out.whole, Pattern::compile(lower, Wildcards::live, Variables::literal));
  if (out.whole.is_exact()) out.exact = lower;
  return out;
}

Result<ArnPattern> compile_resource(const std::string& text, Variables variables) {
  WEIR_TRY(auto pattern, ArnPattern::compile(text, variables));
  if (!pattern.has_resource()) return malformed("Resource " + text.substr(0, 256) + " must be in ARN format or \"*\".");
  if (pattern.has_variables_before_resource())
    return malformed("Syntax errors in policy. Policy variables are allowed in the resource portion of an ARN only.");
  return pattern;
}

bool is_alphanumeric(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (base::ascii_lower(c) >= 'a' && base::ascii_lower(c) <= 'z');
  });
}

Status no_prohibited(const Json& element, std::initializer_list<std::string_view> fields) {
  for (auto field : fields)
    if (element.find(field)) return malformed("Has prohibited field " + std::string(field));
  return {};
}

}  // namespace

std::string_view to_string(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::identity: return "identity-based policy";
    case PolicyKind::trust: return "trust policy";
    case PolicyKind::resource: return "resource-based policy";
    case PolicyKind::session: return "session policy";
    case PolicyKind::scp: return "service control policy";
    case PolicyKind::boundary: return "permissions boundary";
  }
  return "policy";
}

bool names_principals(PolicyKind kind) { return kind == PolicyKind::trust || kind == PolicyKind::resource; }

Question::Question(std::string_view asked, std::string_view on, const Context& facts)
    : action(base::to_lower(asked)), resource(on), resource_parts(ArnParts::of(on)), context(&facts) {}

Status Statement::read_effect(const Json& element) {
  auto text = element.text("Effect");
  if (text != "Allow" && text != "Deny") return malformed("Syntax errors in policy. Effect must be Allow or Deny.");
  effect_ = text == "Allow" ? Effect::allow : Effect::deny;
  return {};
}

Status Statement::read_sid(const Json& element, PolicyKind kind) {
  auto* sid = element.find("Sid");
  if (!sid) return {};
  if (!sid->as_string()) return malformed("Syntax errors in policy. Wrong type of value for Sid");
  sid_ = *sid->as_string();
  // Bucket policies have always taken spaces and dashes here.
  if (kind != PolicyKind::resource && !is_alphanumeric(sid_))
    return malformed(
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular "
        "expression [0-9A-Za-z]*");
  return {};
}

Status Statement::read_actions(const Json& element, const Reading& reading) {
  WEIR_TRY(auto field, one_of(element, "Action", "NotAction"));
  if (!field.value) return malformed("Policy statement must contain actions.");
  WEIR_TRY(auto listed, texts(*field.value, field.inverted ? "NotAction" : "Action"));
  if (listed.empty()) return malformed("Policy statement must contain actions.");
  not_action_ = field.inverted;
  for (auto& text : listed) {
    WEIR_TRY(auto action, compile_action(text));
    if (reading.kind == PolicyKind::trust && (not_action_ || action.service != "sts"))
      return malformed("AssumeRole policy may only specify STS AssumeRole actions.");
    actions_.push_back(std::move(action));
  }
  return {};
}

Status Statement::read_resources(const Json& element, const Reading& reading) {
  if (reading.kind == PolicyKind::trust) return no_prohibited(element, {"Resource", "NotResource"});
  WEIR_TRY(auto field, one_of(element, "Resource", "NotResource"));
  if (!field.value) return malformed("Policy statement must contain resources.");
  WEIR_TRY(auto listed, texts(*field.value, field.inverted ? "NotResource" : "Resource"));
  if (listed.empty()) return malformed("Policy statement must contain resources.");
  not_resource_ = field.inverted;
  names_resource_ = true;
  for (auto& text : listed) {
    WEIR_TRY(auto resource, compile_resource(text, reading.variables));
    resources_.push_back(std::move(resource));
  }
  return {};
}

Status Statement::read_principal(const Json& element, const Reading& reading) {
  if (!names_principals(reading.kind)) return no_prohibited(element, {"Principal", "NotPrincipal"});
  if (reading.kind == PolicyKind::trust) WEIR_CHECK_OK(no_prohibited(element, {"NotPrincipal"}));
  WEIR_TRY(auto field, one_of(element, "Principal", "NotPrincipal"));
  if (!field.value) return malformed("Missing required field Principal");
  WEIR_TRY(principal_, PrincipalRule::parse(*field.value, field.inverted));
  for (auto& pattern : principal_->patterns()) {
    if (reading.kind == PolicyKind::trust && pattern.form() == PrincipalPattern::Form::canonical)
      return malformed("Invalid principal in policy: \"CanonicalUser\":\"" + pattern.value() + "\"");
  }
  return {};
}

Status Statement::read_conditions(const Json& element, const Reading& reading) {
  auto* block = element.find("Condition");
  if (!block) return {};
  WEIR_TRY(conditions_, compile_conditions(*block, reading.variables, reading.lenient));
  return {};
}

Result<Statement> Statement::compile(const Json& element, const Reading& reading) {
  if (!element.as_object()) return malformed("Syntax errors in policy. A statement is an object.");
  WEIR_CHECK_OK(only_known_fields(*element.as_object()));
  Statement out;
  out.kind_ = reading.kind;
  WEIR_CHECK_OK(out.read_effect(element));
  WEIR_CHECK_OK(out.read_sid(element, reading.kind));
  WEIR_CHECK_OK(out.read_principal(element, reading));
  WEIR_CHECK_OK(out.read_actions(element, reading));
  WEIR_CHECK_OK(out.read_resources(element, reading));
  WEIR_CHECK_OK(out.read_conditions(element, reading));
  return out;
}

Statement Statement::deny_everything(PolicyKind kind) {
  Statement out;
  out.kind_ = kind;
  out.effect_ = Effect::deny;
  out.not_action_ = true;  // everything but nothing
  out.not_resource_ = true;
  out.names_resource_ = true;
  if (names_principals(kind)) {
    auto everyone = PrincipalRule::parse(Json("*"), false);
    CHECK_TRUE(everyone.ok(), "\"*\" is a principal");
    out.principal_ = std::move(*everyone);
  }
  return out;
}

bool Statement::matches_action(const Question& question) const {
  bool listed = std::any_of(actions_.begin(), actions_.end(),
                            [&](auto& action) { return action.whole.match_plain(question.action); });
  return listed != not_action_;
}

bool Statement::matches_resource(const Question& question) const {
  // Without a Resource element the statement is about the one resource it is attached to; in a policy
  // that is attached to a principal that makes no sense.
  if (!names_resource_) return kind_ == PolicyKind::trust || effect_ == Effect::deny;
  bool unclear = false;
  for (auto& pattern : resources_) {
    auto match = pattern.match(question.resource, question.resource_parts, *question.context);
    if (match == Match::yes) return !not_resource_;
    unclear |= match == Match::unclear;
  }
  if (!not_resource_) return false;
  return effect_ == Effect::deny || (!unclear && question.resource_parts.valid);
}

const Condition* Statement::failed_condition(const Context& context) const {
  for (auto& condition : conditions_)
    if (!condition.holds(context, effect_)) return &condition;
  return nullptr;
}

bool Statement::matches(const Question& question) const {
  // The index has looked at the action already, so the resource is the likelier to differ.
  return matches_resource(question) && matches_action(question) && matches_conditions(*question.context);
}

PrincipalMatch Statement::match_principal(const Caller& caller) const {
  bool deny = effect_ == Effect::deny;
  if (!principal_) return deny ? PrincipalMatch::anyone : PrincipalMatch::none;
  auto match = principal_->match(caller, deny);
  // "*" in a trust policy means AWS principals: not services, not holders of assertions, not strangers.
  bool too_wide = kind_ == PolicyKind::trust && match == PrincipalMatch::anyone && !caller.authenticated_by_aws();
  return too_wide && !deny ? PrincipalMatch::none : match;
}

}  // namespace weir::policy
