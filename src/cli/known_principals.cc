#include "cli/known_principals.h"

#include "names/arn.h"

namespace weir::cli {
namespace {

using base::Json;

// "Role" of arn:aws:iam::A:role/path/name, and the name; an empty noun for anything else.
struct Entry {
  std::string noun;
  std::string name;
};

Entry entry_of(const std::string& principal) {
  auto arn = names::Arn::parse(principal);
  if (!arn || arn->service != "iam") return {};
  auto name = arn->resource.substr(arn->resource.rfind('/') + 1);
  if (arn->resource.starts_with("role/")) return {"Role", name};
  if (arn->resource.starts_with("user/")) return {"User", name};
  return {};
}

}  // namespace

base::Result<bool> KnownPrincipals::ask(const std::string& principal) {
  auto entry = entry_of(principal);
  if (entry.noun.empty()) return true;
  Json request;
  request.set(entry.noun + "Name", entry.name);
  auto answer = api_.call("iam", "Get" + entry.noun, request);
  if (!answer && answer.error().kind == base::Kind::not_found) return false;
  if (!answer) return std::move(answer).error();
  const auto* found = answer->find(entry.noun);
  return found && found->text("Arn") == principal;  // the path is part of who it is
}

base::Result<bool> KnownPrincipals::exists(const std::string& principal) {
  auto found = known_.find(principal);
  if (found != known_.end()) return found->second;
  WEIR_TRY(auto there, ask(principal));
  known_[principal] = there;
  return there;
}

}  // namespace weir::cli
