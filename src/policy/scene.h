// For tests and benchmarks of this folder: callers with known names, and policies from short texts.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "policy/evaluate.h"

namespace weir::policy {

inline constexpr std::string_view kHome = "111111111111";
inline constexpr std::string_view kAway = "222222222222";

inline Caller user_caller(std::string_view account = kHome, std::string_view name = "ana") {
  Caller out;
  out.kind = PrincipalKind::user;
  out.account = account;
  out.arn = std::string("arn:aws:iam::").append(account).append(":user/").append(name);
  out.unique_id = std::string("AIDA0000000000000").append(name == "ana" ? "ANA" : "BOB");
  out.user_id = out.unique_id;
  return out;
}

inline Caller session_caller(std::string_view account = kHome, std::string_view role = "engine") {
  Caller out;
  out.kind = PrincipalKind::role_session;
  out.account = account;
  out.role_arn = std::string("arn:aws:iam::").append(account).append(":role/").append(role);
  out.arn = std::string("arn:aws:sts::").append(account).append(":assumed-role/").append(role).append("/s1");
  out.unique_id = "AROA0000000000000ENGINE";
  out.user_id = out.unique_id + ":s1";
  return out;
}

inline Caller federated_caller() {
  Caller out;
  out.kind = PrincipalKind::federated_user;
  out.account = kHome;
  out.arn = "arn:aws:sts::111111111111:federated-user/fed";
  out.user_arn = "arn:aws:iam::111111111111:user/ana";
  out.unique_id = "AIDA0000000000000ANA";
  return out;
}

inline Caller root_caller() {
  Caller out;
  out.kind = PrincipalKind::root;
  out.account = kHome;
  out.arn = "arn:aws:iam::111111111111:root";
  return out;
}

inline Caller service_caller(std::string_view service = "lakeformation.amazonaws.com") {
  Caller out;
  out.kind = PrincipalKind::service;
  out.service = service;
  out.arn = service;
  return out;
}

// 'single quotes' become double ones, so that documents read well in C++.
inline std::string with_double_quotes(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c == '\'') c = '"';
  return out;
}

// A document of the given statements, comma separated.
inline std::string document(std::string_view statements, std::string_view version = "2012-10-17") {
  return with_double_quotes(
      std::string("{'Version':'").append(version).append("','Statement':[").append(statements).append("]}"));
}

inline NamedPolicy policy_of(PolicyKind kind, std::string_view statements, std::string name = "p") {
  auto parsed = parse_policy(document(statements), kind);
  CHECK_TRUE(parsed.ok(), (parsed.ok() ? "" : parsed.error().says.c_str()));
  return {std::move(name), *parsed};
}
inline NamedPolicy identity_policy(std::string_view statements) { return policy_of(PolicyKind::identity, statements); }

}  // namespace weir::policy
